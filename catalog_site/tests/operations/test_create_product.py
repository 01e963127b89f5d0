"""A product is born."""

from decimal import Decimal
from typing import Any
from uuid import UUID

import pytest

from catalog_site.domain import errors
from catalog_site.domain.drafts import ProductDraft
from catalog_site.domain.models import ListPrice, Price, Product, SearchEntry, Variant
from catalog_site.domain.operations.create_product import create_product
from catalog_site.tests import factories as make
from catalog_site.tests.kinds import Told
from shared_contracts.events.catalog import v1

pytestmark = pytest.mark.django_db


def test_a_product_is_born_with_everything_below_it_and_told_once(told: Told, colours: None) -> None:
    shelf = make.category("bowls")

    product = create_product(
        draft=ProductDraft(
            name="Walnut Bowl",
            description="Turned by hand.",
            brand="Holt",
            status="active",
            category_ids=(shelf.id,),
            variants=(
                make.variant_draft(
                    "BOWL-R",
                    barcode="4006381333931",
                    weight_g=420,
                    options=make.options(colour="red"),
                    prices=(make.eur("19.90"), make.usd("24")),
                ),
                make.variant_draft(
                    "BOWL-B", name="Blue one", options=make.options(colour="blue"), prices=(make.eur("21.50"),)
                ),
            ),
        )
    )

    red, blue = Variant.objects.filter(product=product).order_by("position")
    assert (product.slug, product.status, product.revision, product.priced, product.in_stock) == (
        "walnut-bowl",
        "active",
        1,
        True,
        False,
    )
    assert product.published_at is not None
    assert list(ListPrice.objects.order_by("currency").values_list("currency", "lowest", "highest")) == [
        ("EUR", Decimal("19.9000"), Decimal("21.5000")),
        ("USD", Decimal("24.0000"), Decimal("24.0000")),
    ]
    assert told() == [
        v1.ProductCreated(
            product_id=product.id,
            name="Walnut Bowl",
            slug="walnut-bowl",
            description="Turned by hand.",
            brand="Holt",
            status="active",
            category_ids=(shelf.id,),
            variants=(
                v1.Variant(
                    variant_id=red.id,
                    sku="BOWL-R",
                    barcode="4006381333931",
                    options=(v1.Option(axis="colour", value="red"),),
                    prices=(
                        v1.Price(currency="EUR", amount=Decimal("19.9000")),
                        v1.Price(currency="USD", amount=Decimal("24.0000")),
                    ),
                    weight_g=420,
                ),
                v1.Variant(
                    variant_id=blue.id,
                    sku="BOWL-B",
                    name="Blue one",
                    options=(v1.Option(axis="colour", value="blue"),),
                    prices=(v1.Price(currency="EUR", amount=Decimal("21.5000")),),
                ),
            ),
            picture_url=None,
            changed_at=product.updated_at,
        )
    ]


@pytest.mark.parametrize(
    ("draft", "refusal"),
    [
        ({"slug": "search"}, errors.InvalidSlug),
        ({"slug": "Upper"}, errors.InvalidSlug),
        ({"slug": "7f1de2f2-8f1c-4c1e-9f3e-5b1c5b7a1c11"}, errors.InvalidSlug),
        ({"slug": "taken"}, errors.SlugTaken),
        ({"variants": (make.variant_draft("no spaces"),)}, errors.InvalidSku),
        ({"variants": (make.variant_draft("taken"),)}, errors.SkuTaken),
        ({"variants": (make.variant_draft("TWICE"), make.variant_draft("twice"))}, errors.SkuTaken),
        ({"variants": (make.variant_draft(barcode="4006381333932"),)}, errors.InvalidBarcode),
        ({"variants": (make.variant_draft(barcode="40063813339310"),)}, errors.InvalidBarcode),
        ({"variants": (make.variant_draft(barcode="96385074"),)}, errors.BarcodeTaken),
        ({"variants": (make.variant_draft(options=make.options(colour="mauve")),)}, errors.UnknownOption),
        ({"variants": (make.variant_draft(options=make.options(mood="red")),)}, errors.UnknownOption),
        ({"category_ids": (UUID(int=1),)}, errors.UnknownCategory),
        ({"status": "active", "variants": ()}, errors.NotPublishable),
        ({"status": "active", "variants": (make.variant_draft(prices=()),)}, errors.NotPublishable),
        ({"status": "active", "variants": (make.variant_draft(active=False),)}, errors.NotPublishable),
        ({"variants": (make.variant_draft(), make.variant_draft())}, errors.TwinVariants),
        (
            {"variants": (make.variant_draft(), make.variant_draft(options=make.options(colour="red")))},
            errors.AxesDiffer,
        ),
    ],
)
def test_a_refusal_leaves_no_trace(told: Told, colours: None, draft: Any, refusal: Any) -> None:
    make.product("Taken", variants=(make.variant_draft("TAKEN", barcode="96385074"),))
    before = told()

    with pytest.raises(refusal) as refused:
        make.product("New", **draft)

    assert refused.type is refusal
    assert [product.name for product in Product.objects.all()] == ["Taken"]
    assert (Variant.objects.count(), Price.objects.count(), SearchEntry.objects.count()) == (1, 1, 1)
    assert told() == before


def test_a_variant_has_one_value_on_an_axis(colours: None) -> None:
    both = (*make.options(colour="red"), *make.options(colour="blue"))

    with pytest.raises(errors.AxisTwice):
        make.product(variants=(make.variant_draft(options=both),))


def test_names_alike_get_numbered_slugs() -> None:
    slugs = [make.product("Teapot").slug for _ in range(3)] + [make.product("Search").slug, make.product("???").slug]

    assert slugs == ["teapot", "teapot-2", "teapot-3", "search-product", "product"]


def test_stock_that_inventory_told_of_before_counts_at_once(told: Told) -> None:
    variant_id = UUID(int=7)
    make.stock(variant_id, available=3)

    product = make.product(variants=(make.variant_draft("EARLY", variant_id=variant_id),))

    assert product.in_stock is True
    assert [type(event) for event in told()] == [v1.ProductCreated, v1.ProductBackInStock]
