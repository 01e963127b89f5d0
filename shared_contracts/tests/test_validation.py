"""A field that does not hold what its schema says is refused while writing, by its name."""

import pickle
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from decimal import Decimal
from enum import StrEnum
from typing import Any
from uuid import UUID

import pytest

from shared_contracts.events.catalog.v1 import Option, Price, PriceChanged, ProductCreated, ProductUpdated, Variant
from shared_contracts.events.codec import EventError, InvalidEvent
from shared_contracts.events.golden import example
from shared_contracts.events.inventory.v1 import InventoryAdjusted, InventoryReleased, InventoryUpdated
from shared_contracts.events.orders.v1 import OrderCreated, OrderLinesCancelled, SealedPerson

WRONG: list[tuple[Any, str, Any, str]] = [
    (PriceChanged, "product_id", "019aa000-0000-7000-8000-000000000100", "product_id: wants UUID, got str"),
    (PriceChanged, "product_id", None, "product_id: wants UUID, got NoneType"),
    (PriceChanged, "sku", 7, "sku: wants str, got int"),
    (PriceChanged, "sku", b"SHIRT", "sku: wants str, got bytes"),
    (PriceChanged, "sku", "SHIRT\x00", "sku: text holds a NUL, which no database stores"),
    (PriceChanged, "sku", "\ud83d", "sku: text holds a lone surrogate, which is no character"),
    (PriceChanged, "currency", "EURO", "currency: 'EURO' is no currency: three capital letters (ISO 4217)"),
    (PriceChanged, "currency", "eur", "currency: 'eur' is no currency: three capital letters (ISO 4217)"),
    (PriceChanged, "currency", "", "currency: '' is no currency: three capital letters (ISO 4217)"),
    (PriceChanged, "currency", "EU\n", "currency: 'EU\\n' is no currency: three capital letters (ISO 4217)"),
    (PriceChanged, "currency", None, "currency: wants str, got NoneType"),
    (PriceChanged, "amount", 9.99, "amount: wants Decimal, got float"),
    (PriceChanged, "amount", 10, "amount: wants Decimal, got int"),
    (PriceChanged, "amount", "9.99", "amount: wants Decimal, got str"),
    (PriceChanged, "amount", Decimal("9.99999"), "amount: has more than 4 decimals"),
    (PriceChanged, "amount", Decimal("1." + "0" * 29 + "1"), "amount: has more than 4 decimals"),
    (PriceChanged, "amount", Decimal("1E-999999"), "amount: has more than 4 decimals"),
    (PriceChanged, "amount", Decimal(10**14), "amount: has more than 14 digits before the point"),
    (PriceChanged, "amount", Decimal("-1E+999999"), "amount: has more than 14 digits before the point"),
    (PriceChanged, "amount", Decimal("NaN"), "amount: NaN is no amount"),
    (PriceChanged, "amount", Decimal("-Infinity"), "amount: -Infinity is no amount"),
    (PriceChanged, "changed_at", datetime(2026, 3, 2), "changed_at: is naive: a time needs its zone"),  # noqa: DTZ001
    (PriceChanged, "changed_at", "2026-03-02T08:00:00Z", "changed_at: wants datetime, got str"),
    (PriceChanged, "changed_at", 1_772_438_400, "changed_at: wants datetime, got int"),
    (PriceChanged, "prices", [], "prices: wants tuple, got list"),
    (PriceChanged, "prices", None, "prices: wants tuple, got NoneType"),
    (PriceChanged, "prices", ({"currency": "EUR"},), "prices[0]: wants Price, got dict"),
    (InventoryUpdated, "available", True, "available: wants int, got bool"),
    (InventoryUpdated, "available", 1.0, "available: wants int, got float"),
    (InventoryUpdated, "available", Decimal(1), "available: wants int, got Decimal"),
    (InventoryUpdated, "available", 2**63, "available: does not fit into 64 bits"),
    (InventoryUpdated, "available", -(2**63) - 1, "available: does not fit into 64 bits"),
    (
        InventoryAdjusted,
        "reason",
        "Lost Goods",
        "reason: 'Lost Goods' is no code: lower case letters, digits and _, at most 64",
    ),
    (InventoryAdjusted, "reason", None, "reason: wants str, got NoneType"),
    (InventoryReleased, "reason", "", "reason: may not be empty"),
    (InventoryReleased, "final", 1, "final: wants bool, got int"),
    (InventoryReleased, "final", None, "final: wants bool, got NoneType"),
    (InventoryReleased, "kind", "promise", "kind: 'promise' is none of hold, lease"),
    (InventoryReleased, "kind", None, "kind: wants str, got NoneType"),
    (OrderCreated, "customer", "Ada", "customer: wants SealedPerson, got str"),
    (ProductCreated, "status", "deleted", "status: 'deleted' is none of draft, active, archived"),
    (ProductCreated, "category_ids", ("shirts",), "category_ids[0]: wants UUID, got str"),
]


@pytest.mark.parametrize(("kind", "name", "value", "message"), WRONG)
def test_a_wrong_value_is_refused_by_its_name(kind: Any, name: str, value: Any, message: str) -> None:
    event = replace(example(kind), **{name: value})

    with pytest.raises(InvalidEvent) as refused:
        event.to_bytes()

    assert str(refused.value) == message
    assert message.startswith(refused.value.path)


def test_a_fault_deep_inside_names_the_whole_way() -> None:
    product = example(ProductUpdated)
    red, blue = product.variants
    broken = replace(blue, prices=(Price(currency="EUR", amount=0.1),))  # type: ignore[arg-type]

    with pytest.raises(InvalidEvent) as refused:
        replace(product, variants=(red, broken)).to_bytes()

    assert refused.value.path == "variants[1].prices[0].amount"
    assert str(refused.value) == "variants[1].prices[0].amount: wants Decimal, got float"


def test_a_nested_record_of_another_kind_is_refused() -> None:
    stranger = Option(axis="colour", value="red")

    with pytest.raises(InvalidEvent, match=r"^variants\[0\]: wants Variant, got Option$"):
        ProductCreated(product_id=PRODUCT, variants=(stranger,), changed_at=NOW).to_bytes()  # type: ignore[arg-type]


def test_bytes_must_be_bytes() -> None:
    sealed = SealedPerson(key_id=PRODUCT, schema_fp="0", nonce=bytearray(12), ciphertext=b"")  # type: ignore[arg-type]

    with pytest.raises(InvalidEvent, match=r"^customer\.nonce: wants bytes, got bytearray$"):
        replace(example(OrderCreated), customer=sealed).to_bytes()


@pytest.mark.parametrize(
    ("amount", "unscaled"),
    [
        ("0", 0),
        ("-0", 0),
        ("0E+999999", 0),
        ("9.99", 99_900),
        ("9.990000000", 99_900),
        ("-0.0001", -1),
        ("1E+13", 10**17),
        ("99999999999999.9999", 10**18 - 1),
        ("-99999999999999.9999", 1 - 10**18),
    ],
)
def test_an_exact_amount_is_taken_however_it_is_written(amount: str, unscaled: int) -> None:
    event = replace(example(PriceChanged), amount=Decimal(amount))

    again = PriceChanged.from_bytes(event.to_bytes())

    assert again.amount == Decimal(unscaled).scaleb(-4)


@pytest.mark.parametrize(("moment", "hours"), [(datetime(1, 1, 1, 3), 4), (datetime(9999, 12, 31, 22), -4)])  # noqa: DTZ001
def test_a_time_outside_the_calendar_in_utc_is_refused(moment: datetime, hours: int) -> None:
    away = moment.replace(tzinfo=timezone(timedelta(hours=hours)))

    with pytest.raises(InvalidEvent, match=r"^changed_at: lies outside the years 1 to 9999 in UTC$"):
        replace(example(PriceChanged), changed_at=away).to_bytes()


def test_a_time_of_another_zone_arrives_as_the_same_moment_in_utc() -> None:
    vienna = datetime(2026, 7, 1, 10, 0, 0, 123456, tzinfo=timezone(timedelta(hours=2)))

    again = PriceChanged.from_bytes(replace(example(PriceChanged), changed_at=vienna).to_bytes())

    assert again.changed_at == vienna
    assert again.changed_at.tzinfo is UTC
    assert again.changed_at.hour == 8


def test_a_word_of_a_string_enum_is_a_string() -> None:
    class Status(StrEnum):
        ACTIVE = "active"

    written = ProductCreated(product_id=PRODUCT, status=Status.ACTIVE, name=Status.ACTIVE, changed_at=NOW).to_bytes()

    assert ProductCreated.from_bytes(written).status == "active"
    assert type(ProductCreated.from_bytes(written).name) is str


def test_an_optional_code_may_be_empty() -> None:
    written = replace(example(OrderLinesCancelled), reason="").to_bytes()

    assert OrderLinesCancelled.from_bytes(written).reason == ""


def test_the_message_does_not_repeat_what_may_be_personal() -> None:
    with pytest.raises(InvalidEvent) as refused:
        replace(example(OrderCreated), customer="Ada Lovelace, 12 St James's Square").to_bytes()  # type: ignore[arg-type]

    assert "Ada" not in str(refused.value)


def test_required_fields_have_to_be_given() -> None:
    with pytest.raises(TypeError, match="product_id"):
        ProductCreated(changed_at=NOW)  # type: ignore[call-arg]


def test_a_variant_needs_no_more_than_its_id() -> None:
    assert Variant(variant_id=PRODUCT) == Variant(variant_id=PRODUCT, sku="", active=True, prices=(), weight_g=None)


def test_an_event_cannot_be_changed() -> None:
    with pytest.raises(AttributeError):
        example(PriceChanged).sku = "OTHER"  # type: ignore[misc]


def test_the_error_crosses_a_process_border() -> None:
    error = pickle.loads(pickle.dumps(InvalidEvent("prices[0].amount", "wants Decimal, got float")))  # noqa: S301

    assert (error.path, error.why) == ("prices[0].amount", "wants Decimal, got float")
    assert isinstance(error, EventError)
    assert isinstance(error, ValueError)


PRODUCT = UUID("019aa000-0000-7000-8000-000000000100")
NOW = datetime(2026, 3, 2, 8, tzinfo=UTC)
