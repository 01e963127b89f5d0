"""Products go out as a table and come back from it."""

import csv
import json
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from catalog_site.domain.models import Price, Product, Variant
from catalog_site.domain.operations.delete_product import delete_product
from catalog_site.domain.queries import product_state
from catalog_site.management.cells import defused, plain
from catalog_site.tests import factories as make
from catalog_site.tests.kinds import Told
from shared_contracts.events.catalog import v1

pytestmark = pytest.mark.django_db


@pytest.fixture
def table(tmp_path: Path) -> Any:
    """Writes a CSV file of the rows given and returns its path."""

    def written(*lines: Any) -> Any:
        path = tmp_path / "products.csv"
        path.write_text("\r\n".join(lines) + "\r\n", encoding="utf-8")
        return path

    return written


def ran(*arguments: Any) -> Any:
    """What a command printed."""
    out = StringIO()
    call_command(*arguments, stdout=out)
    return out.getvalue()


def refused(*arguments: Any) -> Any:
    """What `import_products --json` says of a file in which something is wrong; it ends with 1."""
    out = StringIO()
    with pytest.raises(SystemExit) as ended:
        call_command("import_products", *arguments, "--json", stdout=out)
    assert ended.value.code == 1
    return json.loads(out.getvalue())


def test_what_goes_out_comes_back_the_same(told: Told, colours: None, tmp_path: Path) -> None:
    shelf = make.category("bowls")
    bowl = make.active_product(
        "Bowl",
        brand="Holt",
        description='Says "hi",\nand more.',
        category_ids=(shelf.id,),
        variants=(
            make.variant_draft(
                "RED",
                barcode="96385074",
                weight_g=300,
                options=make.options(colour="red"),
                prices=(make.eur("10"), make.usd("12.5")),
            ),
            make.variant_draft("BLUE", active=False, options=make.options(colour="blue"), prices=()),
        ),
    )
    bare = make.product("Bare", variants=())
    path = tmp_path / "products.csv"
    ran("export_products", str(path))
    said, before = told(), product_state(bowl.id)

    assert json.loads(ran("import_products", str(path), "--json")) == {
        "dry_run": False,
        "unchanged": 2,
        "refusals": [],
    }
    assert told() == said
    for product in (bare, bowl):
        Product.objects.filter(id=product.id).update(status="draft")
        delete_product(product_id=product.id)
    ran("import_products", str(path))

    after = product_state(Product.objects.get(slug="bowl").id)
    assert [(v.sku, v.barcode, v.weight_g, v.active, v.options, v.prices) for v in after.variants] == [
        (v.sku, v.barcode, v.weight_g, v.active, v.options, v.prices) for v in before.variants
    ]
    assert (after.name, after.brand, after.status, after.description, after.category_ids) == (
        before.name,
        before.brand,
        before.status,
        before.description,
        before.category_ids,
    )
    assert Product.objects.filter(slug="bare").exists()


def test_no_cell_can_run_in_a_spreadsheet(tmp_path: Path) -> None:
    make.product("=HYPERLINK(1)", brand="'quoted", description="-2+3", variants=(make.variant_draft("A"),))

    [row] = list(csv.DictReader(StringIO(ran("export_products"))))

    assert (row["name"], row["brand"], row["description"]) == ("'=HYPERLINK(1)", "''quoted", "'-2+3")
    for text in ("=1", "+1", "-1", "@a", "\ta", "'a", "''=", "a", ""):
        assert plain(defused(text)) == text


def test_the_export_can_be_narrowed() -> None:
    make.product("Draft")
    make.active_product("Active")

    rows = list(csv.DictReader(StringIO(ran("export_products", "--status", "active"))))

    assert [row["slug"] for row in rows] == ["active"]


def test_columns_that_are_not_there_stay_as_they_are(table: Any) -> None:
    make.active_product("Bowl", brand="Holt", variants=(make.variant_draft("BOWL"),))

    ran("import_products", str(table("slug,sku,price EUR", "bowl,BOWL,12.00")))

    product = Product.objects.get()
    assert (product.name, product.brand, product.status, product.revision) == ("Bowl", "Holt", "active", 2)
    assert Price.objects.get().amount == 12


def test_a_refusal_names_its_line_and_stops_no_other(told: Told, colours: None, table: Any) -> None:
    make.product("Taken", variants=(make.variant_draft("TAKEN"),))
    path = table(
        "slug,name,status,categories,sku,active,options,weight_g,price EUR",
        "good,Good,active,,GOOD,yes,,,10",
        "taken-sku,Other,draft,,TAKEN,yes,,,10",
        "no-price,No price,active,,NOPRICE,yes,,,",
        "fine-coins,Fine,draft,,FINE,yes,,,1.999",
        "where,Where,draft,nowhere,WHERE,yes,,,1",
        "odd,Odd,gone,,ODD,yes,,,1",
        "perhaps,Perhaps,draft,,PERHAPS,perhaps,,,1",
        "heavy,Heavy,draft,,HEAVY,yes,,lots,1",
        "option,Option,draft,,OPTION,yes,colour,,1",
        "nameless,,draft,,NAMELESS,yes,,,1",
    )

    report = refused(str(path))

    assert report["created"] == 1
    assert [(one["line"], one["slug"], one["why"]) for one in report["refusals"]] == [
        (3, "taken-sku", "Another variant has this SKU: TAKEN."),
        (4, "no-price", "Without a price: NOPRICE."),
        (5, "fine-coins", "EUR has 2 decimals."),
        (6, "where", "There is no category nowhere."),
        (7, "odd", "line 7: status is draft, active or archived, not gone"),
        (8, "perhaps", "line 8: active is yes or no, not 'perhaps'"),
        (9, "heavy", "line 9: a number or an option cannot be read"),
        (10, "option", "line 10: a number or an option cannot be read"),
        (11, "nameless", "line 11: name is empty"),
    ]
    assert set(Product.objects.values_list("slug", flat=True)) == {"taken", "good"}
    assert [type(event) for event in told()[1:]] == [v1.ProductCreated]


def test_a_dry_run_says_the_same_and_changes_nothing(told: Told, table: Any) -> None:
    make.product("Taken", variants=(make.variant_draft("TAKEN"),))
    said = told()

    report = refused(
        str(table("slug,name,sku,price EUR", "good,Good,GOOD,1", "bad,Bad,TAKEN,1", "taken,New name,TAKEN,10")),
        "--dry-run",
    )

    assert (report["created"], report["changed"], len(report["refusals"])) == (1, 1, 1)
    assert [product.name for product in Product.objects.all()] == ["Taken"]
    assert Variant.objects.count() == 1
    assert told() == said


@pytest.mark.parametrize(
    ("lines", "complaint"),
    [
        (("name", "Bowl"), "the column slug is missing"),
        (("slug,colour", "bowl,red"), "unknown column: colour"),
        (("slug,name", ",Bowl"), "line 2: slug is empty"),
    ],
)
def test_a_table_that_is_none_is_refused_whole(table: Any, lines: tuple[str, ...], complaint: str) -> None:
    with pytest.raises(CommandError, match=complaint):
        ran("import_products", str(table(*lines)))

    assert not Product.objects.exists()
