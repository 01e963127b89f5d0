"""A product changes."""

from decimal import Decimal
from typing import Any
from uuid import uuid4

import pytest
from django.db import IntegrityError, connection, transaction

from catalog_site.domain import errors
from catalog_site.domain.drafts import VariantDraft
from catalog_site.domain.models import Attribute, AttributeOption, Product, Variant, VariantOption
from catalog_site.domain.operations.edit_product import edit_product
from catalog_site.domain.queries import product_state
from catalog_site.tests import factories as make
from catalog_site.tests.kinds import QueryLog, Told
from shared_contracts.events.catalog import v1

pytestmark = pytest.mark.django_db


def test_a_change_moves_the_revision_and_is_told_with_the_whole_state(told: Told) -> None:
    product = make.active_product("Walnut Bowl", brand="Holt")
    variant = make.variant_of(product)

    edited = edit_product(product_id=product.id, changes={"name": "Oak Bowl", "description": "Oiled."})

    assert (edited.revision, edited.slug) == (2, "walnut-bowl")
    assert told()[1:] == [
        v1.ProductUpdated(
            product_id=product.id,
            name="Oak Bowl",
            slug="walnut-bowl",
            description="Oiled.",
            brand="Holt",
            status="active",
            variants=(
                v1.Variant(
                    variant_id=variant.id,
                    sku=variant.sku,
                    prices=(v1.Price(currency="EUR", amount=Decimal("10.0000")),),
                ),
            ),
            changed_at=edited.updated_at,
        )
    ]


def test_a_change_that_changes_nothing_leaves_no_trace(told: Told) -> None:
    product = make.product("Walnut Bowl")
    before = told()

    edited = edit_product(
        product_id=product.id,
        changes={
            "name": "Walnut Bowl",
            "category_ids": (),
            "variants": (make.variant_draft(make.variant_of(product).sku.lower(), prices=(make.eur("10"),)),),
        },
    )

    assert edited.revision == 2  # the SKU is spelled in another way
    assert edit_product(product_id=product.id, changes={"name": "Walnut Bowl"}).revision == 2
    assert len(told()) == len(before) + 1


def test_new_prices_alone_are_no_update_of_the_product(told: Told) -> None:
    product = make.product(variants=(make.variant_draft("BOWL", prices=(make.eur("10"), make.usd("12"))),))
    variant = make.variant_of(product)

    edited = edit_product(
        product_id=product.id,
        changes={"variants": (make.variant_draft("BOWL", prices=(make.eur("11"),)),)},
    )

    now = (v1.Price(currency="EUR", amount=Decimal("11.0000")),)
    assert told()[1:] == [
        v1.PriceChanged(
            product_id=product.id,
            variant_id=variant.id,
            sku="BOWL",
            currency="EUR",
            amount=Decimal("11.0000"),
            previous_amount=Decimal("10.0000"),
            prices=now,
            changed_at=edited.updated_at,
        ),
        v1.PriceChanged(
            product_id=product.id,
            variant_id=variant.id,
            sku="BOWL",
            currency="USD",
            amount=None,
            previous_amount=Decimal("12.0000"),
            prices=now,
            changed_at=edited.updated_at,
        ),
    ]


def test_a_complete_list_of_variants_changes_adds_removes_and_orders(told: Told, colours: None) -> None:
    product = make.product(
        variants=(
            make.variant_draft("RED", options=make.options(colour="red")),
            make.variant_draft("BLUE", options=make.options(colour="blue")),
        )
    )
    red = Variant.objects.get(sku="RED")

    edit_product(
        product_id=product.id,
        changes={
            "variants": (
                make.variant_draft("BOTH", options=make.options(colour="red", size="m")),
                VariantDraft(variant_id=red.id, sku="ROOD", options=make.options(colour="red", size="s")),
            )
        },
    )

    both, rood = product_state(product.id).variants
    assert (both.sku, both.options, both.in_stock) == ("BOTH", make.options(colour="red", size="m"), False)
    assert (rood.id, rood.sku, rood.options, rood.prices) == (red.id, "ROOD", make.options(colour="red", size="s"), ())
    assert not Variant.objects.filter(sku="BLUE").exists()
    assert [type(event) for event in told()[1:]] == [v1.ProductUpdated, v1.PriceChanged]


@pytest.mark.parametrize(
    ("changes", "refusal"),
    [
        ({"variants": ()}, errors.NotPublishable),
        ({"variants": (VariantDraft(sku="BOWL"),)}, errors.NotPublishable),
        ({"variants": (make.variant_draft("BOWL", active=False),)}, errors.NotPublishable),
        ({"variants": (make.variant_draft("NEW", variant_id=uuid4()),)}, errors.VariantNotFound),
        ({"variants": (make.variant_draft("BOWL"), make.variant_draft("BOWL"))}, errors.SkuTaken),
        ({"slug": "other"}, errors.SlugTaken),
        ({"category_ids": (uuid4(),)}, errors.UnknownCategory),
    ],
)
def test_a_refusal_leaves_no_trace(told: Told, changes: Any, refusal: Any) -> None:
    make.product("Other")
    product = make.active_product(variants=(make.variant_draft("BOWL"),))
    before, said = product_state(product.id), told()

    with pytest.raises(refusal):
        edit_product(product_id=product.id, changes=changes)

    assert product_state(product.id) == before
    assert Product.objects.get(id=product.id).revision == 1
    assert told() == said


def test_a_refusal_says_what_an_active_product_lacks(colours: None) -> None:
    product = make.product(
        variants=(
            make.variant_draft("RED", options=make.options(colour="red")),
            make.variant_draft("BLUE", options=make.options(colour="blue"), prices=()),
        )
    )

    with pytest.raises(errors.NotPublishable, match=r"^Without a price: BLUE\.$") as refused:
        edit_product(product_id=product.id, changes={"status": "active"})

    assert refused.value.details == {"missing": ["price:BLUE"]}


def test_who_looked_too_long_ago_is_refused(told: Told) -> None:
    product = make.product()
    edit_product(product_id=product.id, changes={"name": "Faster"}, expected_revision=1)
    said = told()

    with pytest.raises(errors.RevisionMoved):
        edit_product(product_id=product.id, changes={"name": "Slower"}, expected_revision=1)

    assert Product.objects.get(id=product.id).name == "Faster"
    assert told() == said


def test_nobody_can_edit_what_is_not_there() -> None:
    with pytest.raises(errors.ProductNotFound):
        edit_product(product_id=uuid4(), changes={"name": "Ghost"})


def test_taking_the_only_variant_in_stock_off_sale_puts_the_product_out_of_stock(told: Told, colours: None) -> None:
    product = make.active_product(
        variants=(
            make.variant_draft("RED", options=make.options(colour="red")),
            make.variant_draft("BLUE", options=make.options(colour="blue")),
        )
    )
    red = Variant.objects.get(sku="RED")
    make.stock(red.id, available=2)

    edited = edit_product(
        product_id=product.id,
        changes={
            "variants": (
                make.variant_draft("RED", options=make.options(colour="red"), active=False),
                make.variant_draft("BLUE", options=make.options(colour="blue")),
            )
        },
    )

    assert edited.in_stock is False
    assert [type(event) for event in told()[1:]] == [v1.ProductBackInStock, v1.ProductUpdated, v1.ProductOutOfStock]
    assert told()[-1] == v1.ProductOutOfStock(
        product_id=product.id, variant_id=red.id, sku="RED", changed_at=edited.updated_at
    )


def test_the_database_forbids_twins_whoever_writes_them(colours: None) -> None:
    product = make.product(variants=(make.variant_draft("RED", options=make.options(colour="red")),))
    other = make.product("Other", variants=(make.variant_draft("BLUE", options=make.options(colour="red")),))
    Variant.objects.filter(product=other).update(product=product)

    with pytest.raises(IntegrityError, match="variant_no_twin_combinations"), transaction.atomic():
        connection.cursor().execute("SET CONSTRAINTS ALL IMMEDIATE")

    Variant.objects.filter(sku="BLUE").delete()
    connection.cursor().execute("SET CONSTRAINTS ALL IMMEDIATE")


def test_the_database_forbids_an_option_of_another_axis(colours: None) -> None:
    variant = make.variant_of(make.product())
    red, size = AttributeOption.objects.get(code="red"), Attribute.objects.get(code="size")
    VariantOption.objects.create(variant=variant, attribute=size, option=red)

    with pytest.raises(IntegrityError, match="variant_option_is_of_its_axis"), transaction.atomic():
        connection.cursor().execute("SET CONSTRAINTS ALL IMMEDIATE")

    VariantOption.objects.all().delete()


def test_many_variants_cost_as_many_statements_as_two(query_log: QueryLog, colours: None) -> None:
    def drafts(amount: str, *sizes: str) -> tuple[VariantDraft, ...]:
        return tuple(
            make.variant_draft(
                f"{colour}-{size}", options=make.options(colour=colour, size=size), prices=(make.eur(amount),)
            )
            for colour in ("red", "blue")
            for size in sizes
        )

    few = make.product("Few", variants=drafts("1", "s"))
    with query_log() as few_queries:
        edit_product(product_id=few.id, changes={"variants": drafts("2", "s")})
    edit_product(product_id=few.id, changes={"variants": ()})
    many = make.product("Many", variants=drafts("1", "s", "m"))

    with query_log() as many_queries:
        edit_product(product_id=many.id, changes={"variants": drafts("2", "s", "m")})

    assert len(many_queries) == len(few_queries) <= 25, list(many_queries)
