"""The batch jobs, as an operator calls them."""

import json
from collections.abc import Callable
from datetime import timedelta
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.db.models import F

from inventory_site import tasks
from inventory_site.domain.models import Lease, Location, LowStockAlert, Movement
from inventory_site.domain.operations.hold_stock import hold_stock
from inventory_site.domain.operations.lease_stock import lease_stock
from inventory_site.domain.operations.set_minimums import add_minimum
from inventory_site.domain.planning import Wanted
from inventory_site.tests.factories import line, location, numbers, promise, stocked, variant

News = Callable[[], list[Any]]

pytestmark = pytest.mark.django_db


def run(*words: str) -> str:
    """What a command prints."""
    out = StringIO()
    call_command(*words, stdout=out)
    return out.getvalue()


def run_json(*words: str) -> Any:
    return json.loads(run(*words, "--json"))


class TestImportStock:
    """import_stock FILE."""

    @pytest.fixture
    def table(self, tmp_path: Path) -> Callable[[str], str]:
        def write(text: str) -> str:
            file = tmp_path / "stock.csv"
            file.write_text(text, encoding="utf-8")
            return str(file)

        return write

    def test_a_delivery_is_booked_once_however_often_the_file_is_read(
        self, table: Callable[[str], str], news: News
    ) -> None:
        mug = variant("MUG")
        location("BER")
        file = table("sku,location,delta,reference\nMUG,BER,5,D-1\n")

        first = run_json("import_stock", file)
        news()
        again = run_json("import_stock", file)

        assert first == {
            "dry_run": False,
            "booked": 1,
            "lines": [{"line": 2, "sku": "MUG", "location": "BER", "outcome": "booked", "delta": 5, "why": ""}],
        }
        assert again == first
        assert numbers(mug) == (5, 0, 0, 0, 5)
        assert news() == []
        movement = Movement.objects.get()
        assert (movement.reason, movement.reference, movement.actor) == ("received", "D-1", "system:import_stock")

    def test_bad_lines_are_named_and_stop_no_others(self, table: Callable[[str], str]) -> None:
        mug = stocked(5, sku="MUG")
        file = table(
            "sku,location,delta,reason\nMUG,BER,-2,lost\nJUG,BER,1,\nMUG,MARS,1,\nMUG,BER,x,\nMUG,BER,-9,lost\nMUG,BER,1,because\n"
        )

        with pytest.raises(SystemExit) as ended:
            run("import_stock", file)

        assert ended.value.code == 1
        assert numbers(mug) == (3, 0, 0, 0, 3)
        with pytest.raises(SystemExit):
            assert run("import_stock", file).splitlines() == [
                "line 3, JUG at BER: no variant has the SKU JUG",
                "line 4, MUG at MARS: There is no location MARS.",
                "line 5, MUG at BER: delta is no whole number: 'x'",
                "line 6, MUG at BER: Only 3 on hand at BER.",
                (
                    "line 7, MUG at BER: no reason is called 'because'; there are received, counted, found, lost, "
                    "damaged, supplier_return, transfer, correction"
                ),
                "1 booked, 5 refused",
            ]

    def test_a_dry_run_judges_and_changes_nothing(self, table: Callable[[str], str], news: News) -> None:
        mug = stocked(5, sku="MUG")
        news()

        told = run_json("import_stock", table("sku,location,counted,expected\nMUG,BER,7,5\n"), "--dry-run")

        assert (told["booked"], told["lines"][0]["delta"]) == (1, 2)
        assert numbers(mug) == (5, 0, 0, 0, 5)
        assert news() == []

    def test_a_count_without_an_expected_number_is_taken_at_its_word(self, table: Callable[[str], str]) -> None:
        mug = stocked(5, sku="MUG")

        assert run("import_stock", table("sku,location,counted\nMUG,BER,7\n")) == "1 booked\n"

        assert numbers(mug) == (7, 0, 0, 0, 7)

    def test_two_variants_with_one_sku_are_not_guessed_at(self, table: Callable[[str], str]) -> None:
        stocked(5, sku="MUG")
        stocked(5, sku="MUG")

        with pytest.raises(SystemExit):
            run("import_stock", table("sku,location,delta\nMUG,BER,7\n"))

        assert Movement.objects.count() == 2

    @pytest.mark.parametrize(
        ("text", "why"),
        [
            ("sku,location\nMUG,BER\n", "either delta or counted"),
            ("sku,location,delta,counted\n", "either delta or counted"),
            ("sku,location,delta,colour\n", "no column is called colour"),
        ],
    )
    def test_a_file_of_something_else_is_refused_as_a_whole(
        self, table: Callable[[str], str], text: str, why: str
    ) -> None:
        with pytest.raises(CommandError, match=why):
            run("import_stock", table(text))

    def test_a_file_that_is_not_there_is_one_sentence(self) -> None:
        with pytest.raises(CommandError, match="No such file"):
            run("import_stock", "nowhere.csv")


class TestSweepLeases:
    """sweep_leases, and the worker's own sweep."""

    @pytest.fixture
    def mug(self) -> Any:
        """A variant with one overdue lease of two units."""
        mug = stocked(5)
        lease_stock(lines=[Wanted(mug, 2)], ttl_s=60, client="shop")
        hour = timedelta(hours=1)
        Lease.objects.update(created_at=F("created_at") - hour, expires_at=F("expires_at") - hour)
        return mug

    def test_a_dry_run_counts(self, mug: Any) -> None:
        assert run_json("sweep_leases", "--dry-run") == {"leases": 1, "dry_run": True}
        assert numbers(mug) == (5, 2, 0, 0, 3)

    def test_overdue_leases_are_ended(self, mug: Any) -> None:
        assert run("sweep_leases") == "1 leases ended.\n"
        assert run_json("sweep_leases") == {"leases": 0, "dry_run": False}
        assert numbers(mug) == (5, 0, 0, 0, 5)

    def test_the_worker_ends_them_too(self, mug: Any) -> None:
        tasks.sweep_leases()

        assert numbers(mug) == (5, 0, 0, 0, 5)


def test_the_worker_mends_alerts_that_are_out_of_step(news: News) -> None:
    add_minimum(variant_id=stocked(1), minimum=2)
    LowStockAlert.objects.all().delete()
    news()

    tasks.judge_minimums()
    tasks.judge_minimums()

    assert [event.state for event in news()] == ["opened"]


class TestVerifyStock:
    """verify_stock."""

    def test_numbers_that_follow_from_the_ledger_prove_themselves(self) -> None:
        mug = stocked({"BER": 2, "MUC": 5})
        hold_stock(promises=[promise(line(mug, 3))])

        assert run("verify_stock").endswith("2 stock items, 14 checks, 0 differences.\n")

    def test_a_number_that_does_not_follow_is_named(self) -> None:
        mug = stocked(5, sku="MUG")
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            cursor.execute("ALTER TABLE inventory_stockitem DISABLE TRIGGER numbers_change_by_movements_only")
            cursor.execute("UPDATE inventory_stockitem SET on_hand = 7")
            cursor.execute("ALTER TABLE inventory_stockitem ENABLE TRIGGER numbers_change_by_movements_only")
        out = StringIO()

        with pytest.raises(SystemExit) as ended:
            call_command("verify_stock", "--json", stdout=out)

        told = json.loads(out.getvalue())
        assert ended.value.code == 1
        assert told["stock_items"] == 1
        assert told["differences"] == [
            {"check": check, "variant_id": str(mug), "sku": "MUG", "location": "BER", "expected": 5, "found": 7}
            for check in (
                "on_hand is the sum of its movements",
                "received + adjusted + restocked = on hand + dispatched + deducted",
                "on_hand is what the last movement left",
            )
        ]


class TestLoadSampleStore:
    """load_sample_store."""

    def test_every_known_variant_is_stocked_alike_on_every_machine(self) -> None:
        for number in range(20):
            variant(f"SKU-{number}")

        told = run_json("load_sample_store", "--expect", "20")

        assert told == {"variants": 20, "dry_run": False}
        assert list(Location.objects.values_list("code", flat=True)) == ["MAIN", "NORTH", "SHOP"]
        units = {(m.stock_item.variant.sku, m.stock_item.location.code): m.on_hand for m in Movement.objects.all()}
        assert (units["SKU-1", "MAIN"], units["SKU-1", "NORTH"], units["SKU-1", "SHOP"]) == (4, 32, 6)

    def test_it_may_be_loaded_twice_and_goes_on_where_it_stopped(self, news: News) -> None:
        variant("SKU-1")
        run("load_sample_store")
        variant("SKU-3")
        news()

        assert run("load_sample_store") == "1 variants stocked.\n"

        assert {event.sku for event in news()} == {"SKU-3"}

    def test_a_dry_run_stocks_nothing(self) -> None:
        variant("SKU-1")

        assert run_json("load_sample_store", "--dry-run") == {"variants": 1, "dry_run": True}

        assert not Movement.objects.exists()
        assert not Location.objects.exists()

    def test_patience_ends(self) -> None:
        with pytest.raises(CommandError, match="told of 0 variants within 0 s, not of 1"):
            run("load_sample_store", "--expect", "1", "--wait-s", "0")
