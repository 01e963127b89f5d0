"""The category tree: paths, and the one lock that guards its shape."""

from uuid import UUID

from django.db import connection

from catalog_site.domain.errors import CategoryCycle, CategoryNotFound, CategoryTooDeep
from catalog_site.domain.models import Category
from catalog_site.domain.models.category import MAX_DEPTH

LOCK = 4_201_508_801  # any number of its own

REHANG = """
UPDATE catalog_category
SET path = CASE WHEN %s = '' THEN subpath(path, nlevel(%s::ltree) - 1)
                ELSE %s::ltree || subpath(path, nlevel(%s::ltree) - 1) END
WHERE path <@ %s::ltree
"""


def hold_tree() -> None:
    """Let nobody else change the tree's shape until this transaction ends.

    Row locks are not enough: two moves, each below the other's category, would both look fine and make a ring.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])


def parent_of(parent_id: UUID | None) -> Category | None:
    """The category to hang something below. Raises `CategoryNotFound`."""
    if parent_id is None:
        return None
    parent = Category.objects.filter(id=parent_id).first()
    if parent is None:
        raise CategoryNotFound("There is no such category to hang it below.", category_id=str(parent_id))
    return parent


def path_below(parent: Category | None, category_id: UUID) -> str:
    """The path of a category below a parent. Raises `CategoryTooDeep`."""
    path = f"{parent.path}.{category_id.hex}" if parent else category_id.hex
    _check_depth(path.count(".") + 1)
    return path


def rehang(category: Category, parent: Category | None) -> None:
    """Move a category with all below it; the tree is held. Raises `CategoryCycle`, `CategoryTooDeep`."""
    if parent and f".{parent.path}.".startswith(f".{category.path}."):
        raise CategoryCycle("A category cannot hang below itself.")
    old, new = category.path, path_below(parent, category.id)
    paths = Category.objects.filter(path__within=old).values_list("path", flat=True)
    _check_depth(max(path.count(".") for path in paths) - old.count(".") + new.count(".") + 1)
    over = parent.path if parent else ""
    with connection.cursor() as cursor:
        cursor.execute(REHANG, [over, old, over, old, old])
    category.parent, category.path = parent, new


def _check_depth(depth: int) -> None:
    if depth > MAX_DEPTH:
        raise CategoryTooDeep(f"The tree has at most {MAX_DEPTH} levels.", most=MAX_DEPTH)
