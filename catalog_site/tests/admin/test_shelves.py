"""Categories, attributes and variants in the back office, and the start page."""

from typing import Any

import pytest
from django.urls import reverse

from catalog_site.domain.models import Attribute, AttributeOption, Category
from catalog_site.tests import factories as make
from catalog_site.tests.kinds import Client, QueryLog, Staff
from site_kit.messaging.models import LoggedEvent


@pytest.fixture
def editor(staff: Staff) -> Client:
    """The browser of a catalog editor."""
    return staff("catalog_editor")


def address(noun: str, *args: Any) -> Any:
    """The address of a window, or of one row's page in it."""
    return reverse(f"admin:catalog_{noun}_{'change' if args else 'changelist'}", args=args)


def test_a_category_is_made_and_moved(editor: Client) -> None:
    home = make.category("home")

    editor.post(
        reverse("admin:catalog_category_add"),
        {"name": "Kitchen", "slug": "kitchen", "parent": str(home.pk), "position": "1"},
    )
    kitchen = Category.objects.get(slug="kitchen")
    editor.post(
        address("category", kitchen.pk),
        {"name": "Cooking", "slug": "kitchen", "parent": "", "position": "1", "seen_revision": "1"},
    )

    kitchen.refresh_from_db()
    assert (kitchen.name, kitchen.depth, kitchen.revision) == ("Cooking", 1, 2)
    assert LoggedEvent.objects.filter(aggregate_id=str(kitchen.pk), actor__startswith="staff:").count() == 2


def test_a_category_below_itself_is_refused_with_what_was_typed(editor: Client) -> None:
    home = make.category("home")
    kitchen = make.category("kitchen", home)

    response = editor.post(
        address("category", home.pk),
        {"name": "Round", "slug": "home", "parent": str(kitchen.pk), "position": "0", "seen_revision": "1"},
    )

    assert "A category cannot hang below itself." in response.content.decode()
    assert 'value="Round"' in response.content.decode()
    assert Category.objects.get(pk=home.pk).name == "Home"


def test_a_category_with_products_stays(editor: Client) -> None:
    home = make.category("home")
    make.product(category_ids=(home.id,))

    editor.post(reverse("admin:catalog_category_delete", args=[home.pk]), {"post": "yes"})

    assert Category.objects.exists()


def options(*rows: Any, known: Any = 0) -> Any:
    """The table of options as a browser sends it."""
    data = {
        "options-TOTAL_FORMS": str(len(rows)),
        "options-INITIAL_FORMS": str(known),
        "options-MIN_NUM_FORMS": "0",
        "options-MAX_NUM_FORMS": "1000",
    }
    for number, row in enumerate(rows):
        data |= {f"options-{number}-{name}": str(value) for name, value in row.items()}
    return data


def test_an_axis_is_made_with_its_options_and_edited(editor: Client) -> None:
    editor.post(
        reverse("admin:catalog_attribute_add"),
        {
            "code": "fit",
            "name": "Fit",
            "position": "0",
            **options({"code": "slim", "name": "Slim", "position": 0}, {"code": "wide", "name": "Wide", "position": 1}),
        },
    )
    fit = Attribute.objects.get(code="fit")
    slim, wide = fit.options.order_by("position")
    editor.post(
        address("attribute", fit.pk),
        {
            "name": "Cut",
            "position": "0",
            **options(
                {"id": slim.pk, "name": "Slim cut", "position": 0},
                {"id": wide.pk, "name": "Wide", "position": 1, "DELETE": "on"},
                known=2,
            ),
        },
    )

    fit.refresh_from_db()
    assert (fit.code, fit.name) == ("fit", "Cut")
    assert [(option.code, option.name) for option in AttributeOption.objects.all()] == [("slim", "Slim cut")]


def test_an_option_in_use_stays(editor: Client, colours: None) -> None:
    make.product(variants=(make.variant_draft(options=make.options(colour="red")),))
    colour = Attribute.objects.get(code="colour")
    red, blue = colour.options.order_by("position")

    response = editor.post(
        address("attribute", colour.pk),
        {
            "name": "Colour",
            "position": "0",
            **options(
                {"id": red.pk, "name": "Red", "position": 0, "DELETE": "on"},
                {"id": blue.pk, "name": "Blue", "position": 1},
                known=2,
            ),
        },
    )

    assert "Variants still have this option." in response.content.decode()
    assert colour.options.count() == 2


def test_options_are_found_while_one_types(editor: Client, colours: None) -> None:
    query = {"app_label": "catalog", "model_name": "variant", "field_name": "options", "term": "red"}

    found = editor.get(reverse("admin:autocomplete"), query).json()["results"]

    assert [option["text"] for option in found] == ["Colour: Red"]


def test_a_variant_is_found_by_what_is_printed_on_the_box(editor: Client) -> None:
    make.product("Bowl", variants=(make.variant_draft("BOWL-1", barcode="96385074"),))
    make.product("Cup", variants=(make.variant_draft("CUP-1"),))

    for term in ("bowl-1", "96385074"):
        found = editor.get(address("variant"), {"q": term}).context["cl"].result_list
        assert [variant.sku for variant in found] == ["BOWL-1"]
    assert editor.get(reverse("admin:catalog_variant_add")).status_code == 403


def test_the_start_page_counts_and_leads_to_what_it_counts(editor: Client, query_log: QueryLog) -> None:
    make.product("Draft")
    make.product("Bare", variants=(make.variant_draft(prices=()),))
    sold = make.active_product("Sold")
    make.stock(make.variant_of(sold).id, available=1)
    make.active_product("Sold out")
    editor.get("/admin/")

    with query_log() as queries:
        cards = editor.get("/admin/").context["cards"]

    numbers = {card.label: card.number for card in cards}
    assert numbers == {"Drafts": 2, "Without price": 1, "Active, without stock": 1, "Changed today": 4}
    for card in cards:
        assert editor.get(card.link).context["cl"].result_count == card.number
    assert len(queries) <= 15, list(queries)


def test_an_operator_sees_the_bridge_on_the_start_page(staff: Staff) -> None:
    cards = staff("platform_operator").get("/admin/").context["cards"]

    assert [card.label for card in cards] == [
        "Drafts",
        "Without price",
        "Active, without stock",
        "Changed today",
        "Oldest event not sent",
        "Parked keys",
        "Waiting keys",
    ]


@pytest.mark.parametrize("noun", ["product", "variant", "category", "attribute"])
def test_every_list_costs_few_queries_and_counts_nothing_in_vain(
    editor: Client, colours: None, query_log: QueryLog, noun: str
) -> None:
    shelf = make.category("home")
    for number in range(12):
        make.active_product(f"Bowl {number}", category_ids=(shelf.id,))
    editor.get(address(noun))

    with query_log() as queries:
        response = editor.get(address(noun))

    assert response.status_code == 200
    assert len(queries) <= 15, list(queries)
