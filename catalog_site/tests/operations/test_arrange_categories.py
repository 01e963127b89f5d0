"""Categories are made, renamed, moved and removed."""

from typing import Any
from uuid import uuid4

import pytest
from django.db import connection

from catalog_site.domain import errors
from catalog_site.domain.models import Category
from catalog_site.domain.operations.arrange_categories import (
    CategoryChanges,
    create_category,
    delete_category,
    edit_category,
)
from catalog_site.domain.queries import shelf_ids
from catalog_site.tests import factories as make
from catalog_site.tests.kinds import Told

pytestmark = pytest.mark.django_db


def slugs_below(category: Any) -> Any:
    """Slugs of a category and all below it."""
    return set(
        Category.objects.filter(id__in=shelf_ids(Category.objects.get(id=category.id))).values_list("slug", flat=True)
    )


def logged() -> Any:
    """Streams of unpublished changes, oldest first."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT topic, aggregate_id FROM messaging_event WHERE NOT published ORDER BY id")
        return cursor.fetchall()


def test_a_tree_grows_and_knows_what_hangs_below(told: Told) -> None:
    home = make.category("home")
    kitchen = make.category("kitchen", home)
    bowls = make.category("bowls", kitchen)

    assert (home.depth, bowls.depth, bowls.ancestor_ids) == (1, 3, [home.id, kitchen.id])
    assert slugs_below(home) == {"home", "kitchen", "bowls"}
    assert slugs_below(kitchen) == {"kitchen", "bowls"}
    assert told() == []
    assert logged() == [("internal.category", str(each.id)) for each in (home, kitchen, bowls)]


def test_a_branch_moves_with_everything_below_it() -> None:
    home, garden = make.category("home"), make.category("garden")
    kitchen = make.category("kitchen", home)
    make.category("bowls", kitchen)

    moved = edit_category(category_id=kitchen.id, changes={"parent_id": garden.id}, expected_revision=1)

    assert moved.revision == 2
    assert slugs_below(home) == {"home"}
    assert slugs_below(garden) == {"garden", "kitchen", "bowls"}


def test_a_branch_becomes_a_root() -> None:
    home = make.category("home")
    kitchen = make.category("kitchen", home)
    bowls = make.category("bowls", kitchen)

    edit_category(category_id=kitchen.id, changes={"parent_id": None})

    bowls.refresh_from_db()
    assert bowls.path == f"{kitchen.id.hex}.{bowls.id.hex}"
    assert slugs_below(home) == {"home"}


def test_a_category_cannot_hang_below_itself() -> None:
    home = make.category("home")
    kitchen = make.category("kitchen", home)

    for below in (home, kitchen):
        with pytest.raises(errors.CategoryCycle):
            edit_category(category_id=home.id, changes={"parent_id": below.id})

    assert slugs_below(home) == {"home", "kitchen"}


def test_the_tree_has_a_limited_depth_also_for_a_branch_that_moves() -> None:
    deepest = None
    for level in range(8):
        deepest = make.category(f"level-{level}", deepest)
    branch = make.category("branch")
    make.category("twig", branch)
    seventh = Category.objects.get(slug="level-6")

    with pytest.raises(errors.CategoryTooDeep):
        make.category("too-deep", deepest)
    with pytest.raises(errors.CategoryTooDeep):
        edit_category(category_id=branch.id, changes={"parent_id": seventh.id})

    edit_category(category_id=branch.id, changes={"parent_id": Category.objects.get(slug="level-5").id})
    assert Category.objects.get(slug="twig").depth == 8


def test_an_edit_that_changes_nothing_leaves_no_trace() -> None:
    home = make.category("home")
    before = logged()

    same = edit_category(category_id=home.id, changes={"name": "Home", "parent_id": None, "position": 0})

    assert same.revision == 1
    assert logged() == before


@pytest.mark.parametrize(
    ("changes", "refusal"),
    [
        ({"slug": "garden"}, errors.SlugTaken),
        ({"slug": "Not A Slug"}, errors.InvalidSlug),
        ({"parent_id": uuid4()}, errors.CategoryNotFound),
    ],
)
def test_a_refused_edit_changes_nothing(changes: CategoryChanges, refusal: type[errors.CatalogError]) -> None:
    make.category("garden")
    home = make.category("home")
    changes["name"] = "Changed"

    with pytest.raises(refusal):
        edit_category(category_id=home.id, changes=changes)

    assert Category.objects.get(id=home.id).name == "Home"


def test_only_an_empty_category_goes() -> None:
    home = make.category("home")
    kitchen = make.category("kitchen", home)
    make.product(category_ids=(kitchen.id,))

    with pytest.raises(errors.CategoryInUse) as with_product:
        delete_category(category_id=kitchen.id)
    with pytest.raises(errors.CategoryInUse) as with_child:
        delete_category(category_id=home.id)
    spare = make.category("spare")
    delete_category(category_id=spare.id)

    assert with_product.value.details == {"products": 1, "categories": 0}
    assert with_child.value.details == {"products": 0, "categories": 1}
    assert set(Category.objects.values_list("slug", flat=True)) == {"home", "kitchen"}


def test_who_looked_too_long_ago_is_refused() -> None:
    home = make.category("home")

    for refused in (
        lambda: edit_category(category_id=home.id, changes={"name": "New"}, expected_revision=4),
        lambda: delete_category(category_id=home.id, expected_revision=4),
    ):
        with pytest.raises(errors.RevisionMoved):
            refused()
    with pytest.raises(errors.CategoryNotFound):
        delete_category(category_id=uuid4())
    with pytest.raises(errors.SlugTaken):
        create_category(name="Home", slug="home")
