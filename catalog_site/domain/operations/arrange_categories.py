"""Categories are made, renamed, moved and removed."""

from typing import Any, TypedDict
from uuid import UUID

from django.db import transaction

from catalog_site.domain import clock
from catalog_site.domain.constraints import refusing
from catalog_site.domain.errors import CategoryInUse, CategoryNotFound, RevisionMoved
from catalog_site.domain.identifiers import checked_slug
from catalog_site.domain.models import Category, ProductCategory
from catalog_site.domain.tree import hold_tree, parent_of, path_below, rehang
from site_kit.messaging.emit import log_staff_change


class CategoryChanges(TypedDict, total=False):
    """What shall be different; `parent_id` None makes it a root."""

    name: str
    slug: str
    parent_id: UUID | None
    position: int


@transaction.atomic
def create_category(
    *, name: str, slug: str, parent_id: UUID | None = None, position: int = 0, category_id: UUID | None = None
) -> Category:
    """Make a category. Not safe to repeat (`SlugTaken`).

    Raises `SlugTaken`, `InvalidSlug`, `CategoryNotFound` for the parent, `CategoryTooDeep`. Logged, not published.
    """
    hold_tree()
    id_, parent = category_id or clock.new_id(), parent_of(parent_id)
    category = Category(
        id=id_,
        name=name,
        slug=checked_slug(slug),
        parent=parent,
        path=path_below(parent, id_),
        position=position,
    )
    with refusing():
        category.save(force_insert=True)
    _log(category, {"created": {"name": name, "slug": slug, "parent_id": str(parent_id) if parent_id else None}})
    return category


@transaction.atomic
def edit_category(*, category_id: UUID, changes: CategoryChanges, expected_revision: int | None = None) -> Category:
    """Rename, move or reorder a category; products stay where they are. Safe to repeat.

    Raises `CategoryNotFound`, `RevisionMoved`, `SlugTaken`, `InvalidSlug`, `CategoryCycle`, `CategoryTooDeep`.
    Logged, not published: other sites know categories by id.
    """
    hold_tree()
    category = _held(category_id, expected_revision)
    different = {field: value for field, value in changes.items() if getattr(category, field) != value}
    if not different:
        return category
    if "slug" in different:
        checked_slug(changes["slug"])
    if "parent_id" in different:
        rehang(category, parent_of(changes["parent_id"]))
    for field in different.keys() - {"parent_id"}:
        setattr(category, field, different[field])
    category.revision += 1
    with refusing():
        category.save(update_fields=["name", "slug", "parent", "position", "revision"])
    _log(category, {field: _plain(value) for field, value in different.items()})
    return category


@transaction.atomic
def delete_category(*, category_id: UUID, expected_revision: int | None = None) -> None:
    """Remove an empty category.

    Raises `CategoryNotFound` (also the second time), `RevisionMoved`, `CategoryInUse` while products stand in it
    or categories hang below it. Logged, not published.
    """
    hold_tree()
    category = _held(category_id, expected_revision)
    products = ProductCategory.objects.filter(category=category)[:1000].count()
    below = Category.objects.filter(parent=category).count()
    if products or below:
        raise CategoryInUse("The category is not empty.", products=products, categories=below)
    _log(category, {"deleted": {"name": category.name, "slug": category.slug}})
    category.delete()


def _held(category_id: UUID, expected_revision: int | None) -> Category:
    category = Category.objects.filter(id=category_id).first()
    if category is None:
        raise CategoryNotFound("There is no such category.", category_id=str(category_id))
    if expected_revision not in {None, category.revision}:
        raise RevisionMoved("Somebody changed this category meanwhile.", expected_revision=expected_revision)
    return category


def _log(category: Category, change: dict[str, Any]) -> None:
    log_staff_change("category", str(category.id), change=change)


def _plain(value: object) -> object:
    return str(value) if isinstance(value, UUID) else value
