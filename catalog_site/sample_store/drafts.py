"""The sample store's goods as drafts of products, with ids that are the same on every machine."""

from collections.abc import Iterator
from decimal import ROUND_HALF_UP, Decimal
from itertools import product
from typing import NamedTuple
from uuid import NAMESPACE_URL, UUID, uuid5

from catalog_site.domain.drafts import OptionChoice, ProductDraft, VariantDraft
from catalog_site.domain.identifiers import gtin_check_digit
from catalog_site.domain.money import Money
from catalog_site.sample_store.goods import GOODS, Goods
from catalog_site.sample_store.shelves import AXES, SHELVES

NAMESPACE = uuid5(NAMESPACE_URL, "https://first-viscount.example/sample-store")
IN_STORE_PREFIX = 20  # GS1: 20 to 29 are numbers that mean something in one shop only
PER_EUR = {"EUR": Decimal(1), "USD": Decimal("1.15"), "GBP": Decimal("0.86")}
DEARER = {"size": Decimal("1.00"), "volume": Decimal("6.00")}
"""What each step along an axis adds to the price, in EUR."""

_AXIS_OF = {code: axis for axis in AXES for code in axis.options}


class Offer(NamedTuple):
    """Goods, and the product made of them."""

    goods: Goods
    draft: ProductDraft


def category_id(slug: str) -> UUID:
    """The id of a sample category."""
    return uuid5(NAMESPACE, f"category/{slug}")


def product_id(code: str) -> UUID:
    """The id of a sample product, by the code of its goods."""
    return uuid5(NAMESPACE, f"product/{code}")


def variant_id(sku: str) -> UUID:
    """The id of a sample variant."""
    return uuid5(NAMESPACE, f"variant/{sku}")


def offers() -> Iterator[Offer]:
    """All sixty; the last three stay drafts, so that an editor finds something to do."""
    numbers = iter(range(1, 10_000))
    for place, goods in enumerate(GOODS):
        variants = tuple(_variant(goods, choice, next(numbers)) for choice in _choices(goods))
        yield Offer(goods, _product(goods, variants, status="draft" if place >= len(GOODS) - 3 else "active"))


def _product(goods: Goods, variants: tuple[VariantDraft, ...], *, status: str) -> ProductDraft:
    shelves = {shelf.slug: shelf for shelf in SHELVES}
    on = [goods.shelf, *filter(None, [shelves[goods.shelf].parent])]
    return ProductDraft(
        product_id=product_id(goods.code),
        name=goods.name,
        brand=goods.brand,
        description=goods.description,
        status=status,
        category_ids=tuple(category_id(slug) for slug in on),
        variants=variants,
    )


def _choices(goods: Goods) -> list[tuple[str, ...]]:
    """Every combination of options; one empty one for goods that come in one way only."""
    axes = [axis.split() for axis in goods.axes.split("/") if axis]
    return list(product(*axes))


def _variant(goods: Goods, choice: tuple[str, ...], number: int) -> VariantDraft:
    sku = "-".join([goods.code, *(option.upper() for option in choice)])
    digits = f"{IN_STORE_PREFIX}{number:010d}"
    return VariantDraft(
        variant_id=variant_id(sku),
        sku=sku,
        name=", ".join(_AXIS_OF[option].options[option] for option in choice),
        barcode=digits + gtin_check_digit(digits),
        weight_g=goods.weight_g,
        options=tuple(sorted(OptionChoice(_AXIS_OF[option].code, option) for option in choice)),
        prices=_prices(goods.eur + sum((_step(option) for option in choice), Decimal(0))),
    )


def _step(option: str) -> Decimal:
    axis = _AXIS_OF[option]
    return DEARER.get(axis.code, Decimal(0)) * list(axis.options).index(option)


def _prices(eur: Decimal) -> tuple[Money, ...]:
    """In every currency of the shop; what is not the euro is rounded to ten cents."""
    return tuple(
        Money(currency, eur if currency == "EUR" else (eur * rate).quantize(Decimal("0.1"), ROUND_HALF_UP))
        for currency, rate in PER_EUR.items()
    )
