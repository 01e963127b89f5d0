"""What is generated is what the schemas say, and a difference is seen."""

import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from shared_contracts.events.schemas import EVENTS_FOLDER
from shared_contracts.tests.contracts_copy import Copy, field
from shared_contracts.tooling.check import check
from shared_contracts.tooling.generate import generate


def test_nothing_drifted() -> None:
    assert generate(write=False) == []


def test_the_contracts_hold() -> None:
    assert check() == []


def test_a_schema_that_moved_on_shows_in_class_and_bytes(copy: Copy) -> None:
    copy.change("catalog/PriceChanged", lambda s: s["fields"].append(REMARK))
    copy.change_examples("catalog/PriceChanged", lambda e: e["full"].update(remark="For the season"))

    assert copy.generate(write=False) == ["catalog/v1.py", "catalog/PriceChanged.golden.hex"]
    assert copy.check() == [
        "catalog/v1.py is not what its schema says; run contracts generate",
        "catalog/PriceChanged.golden.hex is not what its schema says; run contracts generate",
    ]

    assert copy.generate() == ["catalog/v1.py", "catalog/PriceChanged.golden.hex"]
    assert copy.generate() == []
    assert copy.check() == []


def test_looking_for_drift_touches_nothing(copy: Copy) -> None:
    module = copy.events / "catalog" / "v1.py"
    module.write_text("# edited by hand\n", encoding="utf-8")

    assert copy.generate(write=False) == ["catalog/v1.py"]
    assert module.read_text(encoding="utf-8") == "# edited by hand\n"


@pytest.mark.parametrize("name", ["v1.py", "PriceChanged.golden.hex"])
def test_a_generated_file_that_is_gone_comes_back(copy: Copy, name: str) -> None:
    (copy.events / "catalog" / name).unlink()

    assert copy.generate() == [f"catalog/{name}"]
    assert (copy.events / "catalog" / name).read_bytes() == (EVENTS_FOLDER / "catalog" / name).read_bytes()


@pytest.mark.parametrize(
    ("edit", "problem"),
    [
        (lambda e: e.pop("minimal"), "must hold minimal and full"),
        (lambda e: e["full"].pop("sku"), "full must hold exactly its fields; look at sku"),
        (lambda e: e["minimal"].update(sku="S"), "minimal must hold exactly its fields; look at sku"),
        (lambda e: e["full"].update(imagined=1), "full must hold exactly its fields; look at imagined"),
        (lambda e: e["full"].update(amount=9.99), "full: amount: wants a string"),
        (lambda e: e["full"].update(amount="9,99"), "full: amount: '9,99' cannot be read: "),
        (lambda e: e["full"].update(product_id="P1"), "full: product_id: 'P1' cannot be read: "),
        (lambda e: e["full"].update(changed_at="2026-03-02T08:00:00"), "full: changed_at: "),
        (lambda e: e["full"]["prices"][0].update(sku="S"), "full: prices[0].sku: is no field of this record"),
        (lambda e: e["full"]["prices"][0].pop("amount"), "full: prices[0].amount: is required"),
        (lambda e: e["full"].update(prices="none"), "full: prices: wants a list"),
        (lambda e: e["full"].update(prices=["none"]), "full: prices[0]: wants an object"),
        (lambda e: e["full"].update(amount="9.99999"), "full: "),
    ],
)
def test_an_example_that_does_not_fit_is_named(copy: Copy, edit: Any, problem: str) -> None:
    copy.change_examples("catalog/PriceChanged", edit)

    [found] = copy.check()

    assert found.startswith(f"catalog/PriceChanged.examples.json: {problem}")


def test_an_event_without_examples_is_named(copy: Copy) -> None:
    (copy.events / "catalog" / "PriceChanged.examples.json").unlink()

    assert copy.check() == ["catalog/PriceChanged.examples.json: cannot be read (FileNotFoundError)"]


def test_a_topic_nobody_listed_is_named(copy: Copy) -> None:
    copy.change("catalog/PriceChanged", lambda s: s.update(topic="catalog.price"))
    copy.generate()

    assert copy.check() == ["firstviscount.catalog.v1.PriceChanged: topic catalog.price stands in no list of topics"]


def test_events_of_one_topic_with_two_keys_are_named(copy: Copy) -> None:
    copy.change("catalog/ProductOutOfStock", lambda s: s.update(key="variant_id"))
    copy.generate()

    assert copy.check() == [
        "firstviscount.catalog.v1.ProductOutOfStock: its key variant_id is not the key of its topic, product_id"
    ]


@pytest.mark.parametrize("count", [1, 4, 6])
def test_a_generated_module_runs_and_keeps_to_the_line(copy: Copy, count: int) -> None:
    copy.change("catalog/PriceChanged", lambda s: field(s, "sku").update(one_of=["", *WORDS[:count]]))
    copy.change_examples("catalog/PriceChanged", lambda e: e["full"].update(sku=WORDS[0]))
    copy.generate()
    module = copy.events / "catalog" / "v1.py"
    command = [sys.executable, "-W", "error", str(module)]

    subprocess.run(command, check=True, cwd=ROOT, env={"PYTHONPATH": str(ROOT)})  # noqa: S603 - our own file

    text = module.read_text(encoding="utf-8")
    assert max(len(line) for line in text.splitlines()) <= 120
    assert all(f'"{word}"' in text for word in WORDS[:count])


REMARK = {"name": "remark", "type": "string", "default": "", "doc": "A remark."}
WORDS = [f"{season}_sale" for season in ("spring", "summer", "autumn", "winter", "advent", "carnival")]
ROOT = Path(__file__).parents[2]
