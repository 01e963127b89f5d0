"""The product page and the list of products, as staff use them."""

from decimal import Decimal
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from catalog_site.domain.models import AttributeOption, Price, Product, Variant
from catalog_site.domain.money import amount_text
from catalog_site.domain.operations.set_prices import PriceWish, set_prices
from catalog_site.tests import factories as make
from catalog_site.tests.kinds import Client, QueryLog, Staff, Told
from shared_contracts.events.catalog import v1
from site_kit.messaging.models import LoggedEvent

LIST = reverse("admin:catalog_product_changelist")
ADD = reverse("admin:catalog_product_add")


@pytest.fixture
def editor(staff: Staff) -> Client:
    """The browser of a catalog editor."""
    return staff("catalog_editor")


def page_of(product: Product) -> Any:
    """The address of a product's page."""
    return reverse("admin:catalog_product_change", args=[product.pk])


def row(number: Any, variant: Any = None, **typed: Any) -> Any:
    """A row of the variants' table as a browser sends it."""
    fields: dict[str, Any] = {
        "sku": "",
        "name": "",
        "barcode": "",
        "weight_g": "",
        "active": "on",
        "position": str(number),
    }
    if variant:
        fields |= {"id": str(variant.pk), "sku": variant.sku, "active": "on" if variant.active else ""}
        fields |= {
            f"price_{price.currency.lower()}": amount_text(price.currency, price.amount)
            for price in variant.prices.all()
        }
        fields["options"] = [str(option.pk) for option in variant.options.all()]
    fields |= typed
    return {f"variants-{number}-{name}": value for name, value in fields.items() if value != ""}


def typed(product: Product | None = None, rows: tuple[dict[str, Any], ...] = (), **fields: Any) -> dict[str, Any]:
    """The whole page as a browser sends it."""
    known = product.variants.count() if product else 0
    data: dict[str, Any] = {
        "name": product.name if product else "",
        "slug": product.slug if product else "",
        "brand": product.brand if product else "",
        "status": product.status if product else "draft",
        "description": product.description if product else "",
        "seen_revision": product.revision if product else "",
        "variants-TOTAL_FORMS": str(len(rows)),
        "variants-INITIAL_FORMS": str(known),
        "variants-MIN_NUM_FORMS": "0",
        "variants-MAX_NUM_FORMS": "200",
    }
    for each in rows:
        data |= each
    return data | fields


def test_a_product_is_made_with_its_variants_on_one_page(told: Told, editor: Client, colours: None) -> None:
    shelf = make.category("bowls")
    red, blue = AttributeOption.objects.filter(attribute__code="colour").order_by("position")

    response = editor.post(
        ADD,
        typed(
            rows=(
                row(0, sku="BLUE", options=[str(blue.pk)], price_eur="21.50", position="1"),
                row(1, sku="RED", options=[str(red.pk)], price_eur="19.90", price_usd="24", position="0"),
            ),
            name="Walnut Bowl",
            brand="Holt",
            status="active",
            shelves=[str(shelf.pk)],
            picture_alt="A bowl",
            new_picture=SimpleUploadedFile("bowl.png", make.picture()),
        ),
    )

    assert (response.status_code, response["Location"]) == (302, LIST), errors(response)
    product = Product.objects.get()
    assert (product.slug, product.status, product.picture_alt) == ("walnut-bowl", "active", "A bowl")
    assert [variant.sku for variant in product.variants.order_by("position")] == ["RED", "BLUE"]
    assert list(product.categories.all()) == [shelf]
    assert product.picture
    events = told()
    assert [type(event) for event in events] == [v1.ProductCreated, v1.ProductUpdated]
    assert LoggedEvent.objects.filter(type=v1.ProductCreated.TYPE).get().actor.startswith("staff:")


def errors(response: Any) -> Any:
    """What a form complains of."""
    if response.context is None:
        return response.content
    return [response.context["errors"], [form.errors for form in response.context["inline_admin_formsets"][0].formset]]


def test_a_page_saved_as_it_was_changes_nothing(told: Told, editor: Client, colours: None) -> None:
    product = make.active_product(variants=(make.variant_draft("RED", options=make.options(colour="red")),))
    set_prices(wishes=[PriceWish(make.variant_of(product).id, "JPY", Decimal(900))])
    product.refresh_from_db()
    said = told()

    response = editor.post(page_of(product), typed(product, rows=(row(0, make.variant_of(product)),)))

    assert response.status_code == 302, errors(response)
    assert told() == said
    assert Price.objects.filter(currency="JPY").exists()  # it has no column, and stays


def test_a_price_is_changed_and_a_variant_removed(told: Told, editor: Client, colours: None) -> None:
    product = make.active_product(
        variants=(
            make.variant_draft("RED", options=make.options(colour="red")),
            make.variant_draft("BLUE", options=make.options(colour="blue")),
        )
    )
    red, blue = Variant.objects.order_by("position")

    response = editor.post(
        page_of(product), typed(product, rows=(row(0, red, price_eur="12.00"), row(1, blue, DELETE="on")))
    )

    assert response.status_code == 302, errors(response)
    assert [(variant.sku, str(variant.prices.get().amount)) for variant in Variant.objects.all()] == [
        ("RED", "12.0000")
    ]
    assert [type(event) for event in told()[1:]] == [v1.ProductUpdated, v1.PriceChanged]


def test_a_refusal_comes_back_with_what_was_typed_and_nothing_changed(told: Told, editor: Client) -> None:
    make.product("Other", variants=(make.variant_draft("TAKEN"),))
    product = make.active_product("Bowl")
    said = told()

    response = editor.post(
        page_of(product),
        typed(product, rows=(row(0, make.variant_of(product), sku="TAKEN"),), name="Basin"),
    )

    page = response.content.decode()
    assert response.status_code == 200
    assert "Another variant has this SKU: TAKEN." in page
    assert 'value="Basin"' in page
    assert 'value="TAKEN"' in page
    assert Product.objects.get(pk=product.pk).name == "Bowl"
    assert told() == said


def test_who_looked_too_long_ago_is_told_so(told: Told, editor: Client) -> None:
    product = make.product("Bowl")
    form = typed(product, rows=(row(0, make.variant_of(product)),), name="Late")
    editor.post(page_of(product), typed(product, rows=(row(0, make.variant_of(product)),), name="First"))
    said = told()

    response = editor.post(page_of(product), form)

    assert "Somebody changed this product meanwhile." in response.content.decode()
    assert Product.objects.get().name == "First"
    assert told() == said


@pytest.mark.parametrize(
    ("fields", "complaint"),
    [
        ({"price_eur": "-1"}, "greater than or equal to 0"),
        ({"price_eur": "1.999"}, "2 decimal places"),
        ({"price_eur": "0"}, "A price is more than zero."),
        ({"barcode": "123"}, "GTIN"),
        ({"sku": "a b"}, "A SKU is 1 to 64 letters"),
    ],
)
def test_nonsense_in_a_row_is_refused(editor: Client, fields: Any, complaint: str) -> None:
    product = make.product()

    response = editor.post(page_of(product), typed(product, rows=(row(0, make.variant_of(product), **fields),)))

    assert response.status_code == 200
    assert complaint in response.content.decode()
    assert Product.objects.get().revision == 1


def test_a_picture_is_removed_or_refused(editor: Client) -> None:
    product = make.product()
    rows = (row(0, make.variant_of(product)),)
    editor.post(page_of(product), typed(product, rows=rows, new_picture=SimpleUploadedFile("b.png", make.picture())))
    product.refresh_from_db()
    assert product.picture

    refused = editor.post(
        page_of(product), typed(product, rows=rows, new_picture=SimpleUploadedFile("b.png", b"<svg/>"))
    )
    assert "A picture is a JPEG, PNG or WebP file." in refused.content.decode()
    editor.post(page_of(product), typed(product, rows=rows, remove_picture="on"))

    assert Product.objects.get().picture == ""


def test_the_page_costs_few_queries_however_many_variants(editor: Client, colours: None, query_log: QueryLog) -> None:
    product = make.product(
        variants=tuple(
            make.variant_draft(options=make.options(colour=colour, size=size), prices=(make.eur("1"), make.usd("2")))
            for colour in ("red", "blue")
            for size in ("s", "m")
        )
    )
    page = page_of(product)
    editor.get(page)

    with query_log() as queries:
        response = editor.get(page)

    assert "Colour: Red" in response.content.decode()
    assert len(queries) <= 15, list(queries)


def test_actions_publish_what_may_and_say_why_not(told: Told, editor: Client) -> None:
    good, bad = make.product("Good"), make.product("Bad", variants=())

    response = editor.post(LIST, {"action": "publish", "_selected_action": [str(good.pk), str(bad.pk)]}, follow=True)

    said = [str(message) for message in response.context["messages"]]
    assert sorted(said) == ["1 now active.", "Bad: An active product needs an active variant."]
    assert set(Product.objects.values_list("name", "status")) == {("Good", "active"), ("Bad", "draft")}
    editor.post(LIST, {"action": "archive", "_selected_action": [str(good.pk)]})
    editor.post(LIST, {"action": "back_to_draft", "_selected_action": [str(good.pk)]})
    assert [event.status for event in told()[2:]] == ["active", "archived", "draft"]


def test_prices_change_by_percent_after_a_question(told: Told, editor: Client) -> None:
    products = [make.product("Bowl"), make.product("Cup")]
    chosen = {"action": "change_prices", "_selected_action": [str(product.pk) for product in products]}

    question = editor.post(LIST, chosen)
    assert "2 products are chosen." in question.content.decode()
    assert len(told()) == 2
    nonsense = editor.post(LIST, {**chosen, "percent": "-95", "currency": ""})
    assert "greater than or equal to -90" in nonsense.content.decode()
    done = editor.post(LIST, {**chosen, "percent": "10", "currency": "EUR"}, follow=True)

    assert [str(message) for message in done.context["messages"]] == ["2 prices changed by 10 %."]
    assert set(Price.objects.values_list("amount", flat=True)) == {11}
    assert [type(event) for event in told()[2:]] == [v1.PriceChanged] * 2


def test_a_product_is_deleted_unless_customers_see_it(told: Told, editor: Client) -> None:
    draft, active = make.product("Draft"), make.active_product("Active")

    editor.post(reverse("admin:catalog_product_delete", args=[draft.pk]), {"post": "yes"})
    refused = editor.post(reverse("admin:catalog_product_delete", args=[active.pk]), {"post": "yes"}, follow=True)

    assert "Archive the product before you delete it." in refused.content.decode()
    assert [product.name for product in Product.objects.all()] == ["Active"]
    assert [type(event) for event in told()[2:]] == [v1.ProductDeleted]


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("", {"Draft", "Bare", "Active", "Sold"}),
        ("status__exact=draft", {"Draft", "Bare"}),
        ("lacks=price", {"Bare"}),
        ("lacks=stock", {"Active"}),
        ("lacks=picture", {"Draft", "Bare", "Active", "Sold"}),
        ("changed=today", {"Draft", "Bare", "Active", "Sold"}),
        ("changed=week", {"Draft", "Bare", "Active", "Sold"}),
        ("q=active", {"Active"}),
        ("q=zebra-1", {"Active"}),
    ],
)
def test_the_list_is_narrowed(editor: Client, query: str, names: set[str]) -> None:
    make.product("Draft")
    make.product("Bare", variants=(make.variant_draft(prices=()),))
    make.active_product("Active", variants=(make.variant_draft("ZEBRA-1"),))
    sold = make.active_product("Sold")
    make.stock(make.variant_of(sold).id, available=3)

    response = editor.get(f"{LIST}?{query}")

    assert {product.name for product in response.context["cl"].result_list} == names


def test_the_list_is_narrowed_to_a_shelf_and_what_hangs_below(editor: Client) -> None:
    home = make.category("home")
    kitchen = make.category("kitchen", home)
    make.product("Bowl", category_ids=(kitchen.id, home.id))
    make.product("Rope")

    response = editor.get(f"{LIST}?category={home.id}")

    assert [product.name for product in response.context["cl"].result_list] == ["Bowl"]


def test_an_auditor_sees_everything_and_changes_nothing(told: Told, staff: Staff) -> None:
    product = make.product()
    auditor = staff("auditor")
    said = told()

    page = auditor.get(page_of(product))
    posted = auditor.post(page_of(product), typed(product, rows=(row(0, make.variant_of(product)),), name="Mine"))

    assert page.status_code == 200
    assert 'name="name"' not in page.content.decode()
    assert posted.status_code == 403
    assert auditor.get(ADD).status_code == 403
    auditor.post(LIST, {"action": "publish", "_selected_action": [str(product.pk)]})
    assert Product.objects.get().status == "draft"
    assert told() == said


def test_the_page_leads_to_what_was_told_of_the_product(editor: Client) -> None:
    product = make.product()
    page = editor.get(page_of(product)).content.decode()

    log = editor.get(f"{reverse('admin:messaging_loggedevent_changelist')}?q={product.pk}")

    assert f"{reverse('admin:messaging_loggedevent_changelist')}?q={product.pk}" in page
    assert [event.aggregate_id for event in log.context["cl"].result_list] == [str(product.pk)]
