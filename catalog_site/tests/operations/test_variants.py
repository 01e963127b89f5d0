"""Variants come, change and go one by one."""

from uuid import uuid4

import pytest

from catalog_site.domain import errors
from catalog_site.domain.models import Product, Variant
from catalog_site.domain.operations.add_variant import add_variant
from catalog_site.domain.operations.delete_variant import delete_variant
from catalog_site.domain.operations.edit_variant import edit_variant
from catalog_site.tests import factories as make
from catalog_site.tests.kinds import Told
from shared_contracts.events.catalog import v1

pytestmark = pytest.mark.django_db


@pytest.fixture
def bowl(colours: None) -> Product:
    """An active product with one red variant."""
    return make.active_product(variants=(make.variant_draft("RED", options=make.options(colour="red")),))


def test_a_variant_is_added_behind_the_others(told: Told, bowl: Product) -> None:
    added = add_variant(
        product_id=bowl.id,
        draft=make.variant_draft("BLUE", options=make.options(colour="blue")),
        expected_revision=1,
    )

    assert added.position == 1
    assert Product.objects.get(id=bowl.id).revision == 2
    [updated] = told()[1:]
    assert isinstance(updated, v1.ProductUpdated)
    assert [variant.sku for variant in updated.variants] == ["RED", "BLUE"]


def test_a_variant_without_a_price_cannot_join_an_active_product_unless_it_is_off_sale(
    told: Told, bowl: Product
) -> None:
    blue = {"options": make.options(colour="blue"), "prices": ()}
    said = told()

    with pytest.raises(errors.NotPublishable):
        add_variant(product_id=bowl.id, draft=make.variant_draft("BLUE", **blue))
    assert told() == said

    assert add_variant(product_id=bowl.id, draft=make.variant_draft("BLUE", active=False, **blue)).active is False


def test_a_twin_is_refused_by_name(bowl: Product) -> None:
    with pytest.raises(errors.TwinVariants, match="RED, RED-2") as refused:
        add_variant(product_id=bowl.id, draft=make.variant_draft("RED-2", options=make.options(colour="red")))

    assert refused.value.details == {"skus": ["RED", "RED-2"]}
    assert Variant.objects.count() == 1


def test_a_variant_changes_alone(told: Told, bowl: Product) -> None:
    variant = make.variant_of(bowl)

    edit_variant(
        variant_id=variant.id,
        changes={"sku": "ROOD", "barcode": "96385074", "weight_g": 300, "options": make.options(colour="blue")},
    )

    [updated] = told()[1:]
    assert (updated.variants[0].sku, updated.variants[0].barcode, updated.variants[0].weight_g) == (
        "ROOD",
        "96385074",
        300,
    )
    assert updated.variants[0].options == (v1.Option(axis="colour", value="blue"),)


def test_an_options_list_that_says_the_same_is_no_change(told: Told, bowl: Product) -> None:
    said = told()

    edit_variant(variant_id=make.variant_of(bowl).id, changes={"options": make.options(colour="red")})

    assert told() == said


def test_a_variant_goes_and_the_product_is_told_without_it(told: Told, bowl: Product) -> None:
    blue = add_variant(product_id=bowl.id, draft=make.variant_draft("BLUE", options=make.options(colour="blue")))

    delete_variant(variant_id=blue.id)

    assert [variant.sku for variant in told()[-1].variants] == ["RED"]
    assert Variant.objects.count() == 1


def test_the_last_variant_of_an_active_product_stays(told: Told, bowl: Product) -> None:
    said = told()

    with pytest.raises(errors.NotPublishable):
        delete_variant(variant_id=make.variant_of(bowl).id)

    assert Variant.objects.count() == 1
    assert told() == said


def test_variants_that_are_not_there_are_refused(bowl: Product) -> None:
    for call in (
        lambda: edit_variant(variant_id=uuid4(), changes={"sku": "GHOST"}),
        lambda: delete_variant(variant_id=uuid4()),
    ):
        with pytest.raises(errors.VariantNotFound):
            call()
    with pytest.raises(errors.ProductNotFound):
        add_variant(product_id=uuid4(), draft=make.variant_draft())


def test_a_product_has_room_for_a_limited_number_of_variants(bowl: Product, monkeypatch: pytest.MonkeyPatch) -> None:
    from catalog_site.domain import rules

    monkeypatch.setattr(rules, "MAX_VARIANTS", 1)

    with pytest.raises(errors.TooManyVariants):
        add_variant(product_id=bowl.id, draft=make.variant_draft("BLUE", options=make.options(colour="blue")))
