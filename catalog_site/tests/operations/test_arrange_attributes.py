"""Attributes and their options are made, renamed and removed."""

import pytest

from catalog_site.domain import errors
from catalog_site.domain.models import Attribute, AttributeOption
from catalog_site.domain.operations.arrange_attributes import (
    create_attribute,
    delete_attribute,
    delete_option,
    edit_attribute,
    put_option,
)
from catalog_site.tests import factories as make
from catalog_site.tests.kinds import Told

pytestmark = pytest.mark.django_db


def test_an_axis_gets_options_and_its_revision_counts_them(told: Told) -> None:
    create_attribute(code="colour", name="Colour")
    put_option(attribute_code="colour", code="red", name="Red")

    put_option(attribute_code="colour", code="red", name="Crimson", position=3)
    put_option(attribute_code="colour", code="red", name="Crimson")

    option = AttributeOption.objects.get()
    assert (option.name, option.position, option.attribute.revision) == ("Crimson", 3, 3)
    assert told() == []


def test_an_axis_is_renamed_and_its_code_stays() -> None:
    create_attribute(code="colour", name="Colour")

    edited = edit_attribute(code="colour", changes={"name": "Color"}, expected_revision=1)

    assert (edited.code, edited.name, edited.revision) == ("colour", "Color", 2)


@pytest.mark.parametrize("code", ["Colour", "a b", "", "-a", "a" * 41])
def test_a_code_is_plain(code: str) -> None:
    with pytest.raises(errors.InvalidCode):
        create_attribute(code=code, name="Colour")

    assert not Attribute.objects.exists()


def test_codes_and_names_are_not_taken_twice(colours: None) -> None:
    with pytest.raises(errors.CodeTaken):
        create_attribute(code="colour", name="Again")
    with pytest.raises(errors.CodeTaken):
        put_option(attribute_code="colour", code="rot", name="RED")

    assert AttributeOption.objects.filter(attribute__code="colour").count() == 2


def test_what_variants_have_stays(colours: None) -> None:
    make.product(variants=(make.variant_draft(options=make.options(colour="red")),))

    with pytest.raises(errors.AttributeInUse):
        delete_option(attribute_code="colour", code="red")
    with pytest.raises(errors.AttributeInUse):
        delete_attribute(code="colour")
    delete_option(attribute_code="colour", code="blue")
    delete_attribute(code="size")

    assert list(AttributeOption.objects.values_list("code", flat=True)) == ["red"]


def test_who_looked_too_long_ago_or_at_nothing_is_refused(colours: None) -> None:
    with pytest.raises(errors.RevisionMoved):
        put_option(attribute_code="colour", code="green", name="Green", expected_revision=1)
    for refused in (
        lambda: edit_attribute(code="mood", changes={"name": "Mood"}),
        lambda: put_option(attribute_code="mood", code="good", name="Good"),
        lambda: delete_option(attribute_code="colour", code="mauve"),
        lambda: delete_attribute(code="mood"),
    ):
        with pytest.raises(errors.AttributeNotFound):
            refused()
