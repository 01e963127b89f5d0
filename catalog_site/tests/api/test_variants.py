"""Variants and prices over HTTP."""

from typing import Any
from uuid import uuid4

import pytest

from catalog_site.domain.models import Price, Product, Variant
from catalog_site.tests import factories as make
from catalog_site.tests.api.answers import code
from catalog_site.tests.kinds import Api, Told
from shared_contracts.events.catalog import v1


@pytest.fixture
def bowl(colours: None) -> Product:
    """An active product with one red variant."""
    return make.active_product("Bowl", variants=(make.variant_draft("RED", options=make.options(colour="red")),))


@pytest.fixture
def red(bowl: Product) -> Any:
    """Its variant's address."""
    return f"/api/v1/variants/{make.variant_of(bowl).id}"


BLUE = {
    "sku": "BLUE",
    "barcode": "4006381333931",
    "weight_g": 400,
    "options": [{"axis": "colour", "value": "blue"}],
    "prices": [{"currency": "EUR", "amount": "12"}],
}


def test_a_variant_is_added_once_however_often_it_is_asked_for(told: Told, editor: Api, bowl: Product) -> None:
    address = "/api/v1/products/bowl/variants"

    first = editor.post(address, BLUE, HTTP_IDEMPOTENCY_KEY="blue")
    again = editor.post(address, BLUE, HTTP_IDEMPOTENCY_KEY="blue")

    assert (first.status_code, again.json()) == (201, first.json())
    assert (first.json()["sku"], first.json()["weight_g"]) == ("BLUE", 400)
    assert editor.get(first["Location"]).json() == first.json()
    assert [type(event) for event in told()[1:]] == [v1.ProductUpdated]


def test_a_variant_is_public_while_it_is_on_sale(api: Api, editor: Api, bowl: Product, red: str) -> None:
    off = editor.post("/api/v1/products/bowl/variants", {**BLUE, "active": False})["Location"]

    assert api.get(red).json()["product_id"] == str(bowl.id)
    assert code(api.get(off)) == (404, "variant_not_found")
    assert editor.get(off).status_code == 200
    assert code(api.get(f"/api/v1/variants/{uuid4()}")) == (404, "variant_not_found")


def test_a_variant_changes_by_the_tag_of_its_product(told: Told, editor: Api, red: str) -> None:
    seen = editor.get(red)["ETag"]

    changed = editor.patch(red, {"sku": "ROOD"}, HTTP_IF_MATCH=seen)

    assert (changed.status_code, changed.json()["sku"]) == (200, "ROOD")
    assert code(editor.patch(red, {"sku": "ROUGE"}, HTTP_IF_MATCH=seen)) == (412, "precondition_failed")
    assert code(editor.patch(red, {"sku": "ROUGE"})) == (428, "precondition_required")
    assert code(editor.patch(red, {"product_id": str(uuid4())}, HTTP_IF_MATCH="*")) == (400, "validation_failed")
    assert [event.variants[0].sku for event in told()[1:]] == ["ROOD"]


def test_the_last_variant_of_an_active_product_stays_and_another_goes(editor: Api, bowl: Product, red: str) -> None:
    blue = editor.post("/api/v1/products/bowl/variants", BLUE)["Location"]

    assert editor.delete(blue, HTTP_IF_MATCH="*").status_code == 204
    assert code(editor.delete(red, HTTP_IF_MATCH="*")) == (409, "not_publishable")
    assert [variant.sku for variant in Variant.objects.all()] == ["RED"]


def test_a_price_is_set_and_taken_away(told: Told, editor: Api, red: str) -> None:
    set_ = editor.put(f"{red}/prices/USD", {"amount": "24.5"}, HTTP_IF_MATCH="*")
    gone = editor.delete(f"{red}/prices/EUR", HTTP_IF_MATCH=set_["ETag"])

    assert set_.json()["prices"] == [{"currency": "EUR", "amount": "10.00"}, {"currency": "USD", "amount": "24.50"}]
    assert gone.status_code == 204
    assert [(event.currency, event.amount) for event in told()[1:]] == [("USD", 24.5), ("EUR", None)]
    assert code(editor.delete(f"{red}/prices/USD", HTTP_IF_MATCH="*")) == (409, "not_publishable")
    assert list(Price.objects.values_list("currency", flat=True)) == ["USD"]


@pytest.mark.parametrize(
    ("currency", "amount", "status", "problem"),
    [
        ("EUR", "1.999", 422, "invalid_amount"),
        ("EUR", "-1", 422, "invalid_amount"),
        ("EUR", "1.99999", 400, "validation_failed"),
        ("EUR", "NaN", 400, "validation_failed"),
        ("ZZZ", "1", 422, "unknown_currency"),
    ],
)
def test_what_cannot_be_charged_is_refused(
    editor: Api, red: str, currency: str, amount: str, status: int, problem: str
) -> None:
    assert code(editor.put(f"{red}/prices/{currency}", {"amount": amount}, HTTP_IF_MATCH="*")) == (status, problem)
    assert Price.objects.get().amount == 10


@pytest.mark.parametrize("tail", ["", "/prices/EUR"])
def test_strangers_change_nothing(api: Api, reader: Api, red: str, tail: str) -> None:
    assert code(api.delete(f"{red}{tail}")) == (401, "not_authenticated")
    assert code(reader.delete(f"{red}{tail}")) == (403, "insufficient_scope")
    assert Variant.objects.count() == Price.objects.count() == 1
