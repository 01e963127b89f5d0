"""Prices are set, taken away, and moved by percent."""

from decimal import Decimal
from typing import Any
from uuid import uuid4

import pytest

from catalog_site.domain import errors
from catalog_site.domain.models import ListPrice, Price, Product
from catalog_site.domain.money import CURRENCY_DECIMALS, Money, changed_by_percent
from catalog_site.domain.operations.change_prices_by_percent import change_prices_by_percent
from catalog_site.domain.operations.set_prices import PriceWish, set_prices
from catalog_site.tests import factories as make
from catalog_site.tests.kinds import Told
from shared_contracts.events.catalog import v1

pytestmark = pytest.mark.django_db


def test_a_price_is_set_once_and_told_once(told: Told) -> None:
    product = make.product()
    variant = make.variant_of(product)
    wish = PriceWish(variant.id, "USD", Decimal("12.5"))

    set_prices(wishes=[wish])
    set_prices(wishes=[wish])

    row = Product.objects.get(id=product.id)
    assert row.revision == 2
    assert told()[1:] == [
        v1.PriceChanged(
            product_id=product.id,
            variant_id=variant.id,
            sku=variant.sku,
            currency="USD",
            amount=Decimal("12.5000"),
            previous_amount=None,
            prices=(
                v1.Price(currency="EUR", amount=Decimal("10.0000")),
                v1.Price(currency="USD", amount=Decimal("12.5000")),
            ),
            changed_at=row.updated_at,
        )
    ]


def test_the_last_wish_for_a_price_counts_and_the_list_price_follows(told: Told) -> None:
    variant = make.variant_of(make.product())

    set_prices(wishes=[PriceWish(variant.id, "EUR", Decimal(amount)) for amount in ("11", "12", "13")])

    assert ListPrice.objects.get().lowest == 13
    assert [event.amount for event in told()[1:]] == [13]


def test_a_price_is_taken_away(told: Told) -> None:
    product = make.product()
    variant = make.variant_of(product)

    set_prices(wishes=[PriceWish(variant.id, "EUR", None)])

    assert not Price.objects.exists()
    assert not ListPrice.objects.exists()
    assert Product.objects.get(id=product.id).priced is False
    assert (told()[-1].amount, told()[-1].previous_amount, told()[-1].prices) == (None, 10, ())


def test_the_last_price_of_a_variant_on_sale_stays(told: Told) -> None:
    variant = make.variant_of(make.active_product())
    said = told()

    with pytest.raises(errors.NotPublishable):
        set_prices(wishes=[PriceWish(variant.id, "EUR", None)])

    assert Price.objects.get().amount == 10
    assert told() == said


@pytest.mark.parametrize(
    ("currency", "amount", "refusal"),
    [
        ("EUR", "0", errors.InvalidAmount),
        ("EUR", "-1", errors.InvalidAmount),
        ("EUR", "1.005", errors.InvalidAmount),
        ("EUR", "NaN", errors.InvalidAmount),
        ("EUR", "1E+15", errors.InvalidAmount),
        ("JPY", "1.5", errors.InvalidAmount),
        ("XXX", "1", errors.UnknownCurrency),
        ("eur", "1", errors.UnknownCurrency),
    ],
)
def test_what_cannot_be_charged_is_no_price(currency: str, amount: str, refusal: Any) -> None:
    variant = make.variant_of(make.product())

    with pytest.raises(refusal):
        set_prices(wishes=[PriceWish(variant.id, currency, Decimal(amount))])

    assert Price.objects.get().amount == 10


def test_a_currency_may_have_three_decimals_or_none() -> None:
    variant = make.variant_of(make.product(variants=(make.variant_draft(prices=()),)))

    set_prices(wishes=[PriceWish(variant.id, "KWD", Decimal("1.255")), PriceWish(variant.id, "JPY", Decimal(900))])

    assert [str(price.amount) for price in Price.objects.order_by("currency")] == ["900.0000", "1.2550"]
    assert (CURRENCY_DECIMALS["KWD"], Money("JPY", Decimal(900)).text) == (3, "900")


def test_an_unknown_variant_changes_no_other(told: Told) -> None:
    variant = make.variant_of(make.product())
    said = told()

    with pytest.raises(errors.VariantNotFound):
        set_prices(wishes=[PriceWish(variant.id, "EUR", Decimal(9)), PriceWish(uuid4(), "EUR", Decimal(9))])

    assert Price.objects.get().amount == 10
    assert told() == said


def test_a_cut_by_percent_rounds_to_coins_and_is_told_per_price(told: Told) -> None:
    cheap = make.product("Cheap", variants=(make.variant_draft(prices=(make.eur("0.01"), make.usd("0.35"))),))
    dear = make.product("Dear", variants=(make.variant_draft(prices=(make.eur("99.99"),)),))

    moved = change_prices_by_percent(product_ids=[cheap.id, dear.id], percent=Decimal("-12.5"))

    assert moved == 2
    assert sorted(Price.objects.values_list("currency", "amount")) == [
        ("EUR", Decimal("0.0100")),
        ("EUR", Decimal("87.4900")),
        ("USD", Decimal("0.3100")),
    ]
    assert sorted((event.currency, event.previous_amount, event.amount) for event in told()[2:]) == [
        ("EUR", Decimal("99.9900"), Decimal("87.4900")),
        ("USD", Decimal("0.3500"), Decimal("0.3100")),
    ]


def test_a_rise_can_be_for_one_currency() -> None:
    product = make.product(variants=(make.variant_draft(prices=(make.eur("10"), make.usd("10"))),))

    change_prices_by_percent(product_ids=[product.id], percent=Decimal(10), currency="USD")

    assert list(Price.objects.order_by("currency").values_list("amount", flat=True)) == [10, 11]


@pytest.mark.parametrize("percent", ["-91", "901", "NaN"])
def test_a_change_beyond_reason_is_refused(percent: str) -> None:
    product = make.product()

    with pytest.raises(errors.InvalidAmount):
        change_prices_by_percent(product_ids=[product.id], percent=Decimal(percent))

    assert Price.objects.get().amount == 10


def test_half_a_coin_rounds_up() -> None:
    assert changed_by_percent(make.eur("0.50"), Decimal(1)) == make.eur("0.51")
