"""From a table to the catalogue: each product is one operation in a transaction of its own."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal
from uuid import UUID

from django.db import transaction

from catalog_site.domain.drafts import ProductChanges, ProductDraft
from catalog_site.domain.errors import CatalogError, UnknownCategory
from catalog_site.domain.models import Category, Product
from catalog_site.domain.operations.create_product import create_product
from catalog_site.domain.operations.edit_product import edit_product
from catalog_site.management.product_table import BadRow, TableProduct

Outcome = Literal["created", "changed", "unchanged", "refused"]


@dataclass(frozen=True, slots=True)
class Result:
    """What became of one product of the table; `why` says why it was refused."""

    line: int
    slug: str
    outcome: Outcome
    why: str = ""


def import_products(products: Iterable[TableProduct], *, dry_run: bool) -> Iterator[Result]:
    """Make or change each product; a refusal is a result and stops no other.

    Safe to repeat: what stands already is unchanged. With `dry_run` every operation is carried out and rolled
    back, so that it refuses what the real one would. Columns that the table lacks are left as they are. Emits what
    `create_product` and `edit_product` emit.
    """
    for product in products:
        try:
            with transaction.atomic():
                outcome = _import_one(product)
                transaction.set_rollback(dry_run)
            yield Result(product.line, product.slug, outcome)
        except (CatalogError, BadRow) as refusal:
            yield Result(product.line, product.slug, "refused", str(refusal))


def _import_one(product: TableProduct) -> Outcome:
    known = Product.objects.filter(slug=product.slug).values_list("id", "revision").first()
    changes = _changes(product)
    if known is None:
        if "name" not in changes:
            raise BadRow(f"line {product.line}: name is empty")
        create_product(draft=ProductDraft(**{**changes, "slug": product.slug}))  # type: ignore[arg-type]
        return "created"
    product_id, revision = known
    return "changed" if edit_product(product_id=product_id, changes=changes).revision > revision else "unchanged"


def _changes(product: TableProduct) -> ProductChanges:
    changes = ProductChanges(variants=product.variants())
    if name := product.own.get("name"):
        changes["name"] = name
    if "brand" in product.own:
        changes["brand"] = product.own["brand"]
    if "description" in product.own:
        changes["description"] = product.own["description"]
    if status := product.own.get("status"):
        changes["status"] = _status(product, status)
    if "categories" in product.own:
        changes["category_ids"] = _category_ids(product.own["categories"])
    return changes


def _status(product: TableProduct, status: str) -> str:
    if status not in {"draft", "active", "archived"}:
        raise BadRow(f"line {product.line}: status is draft, active or archived, not {status}")
    return status


def _category_ids(cell: str) -> tuple[UUID, ...]:
    slugs = [slug.strip() for slug in cell.split(";") if slug.strip()]
    known = dict(Category.objects.filter(slug__in=slugs).values_list("slug", "id"))
    if unknown := [slug for slug in slugs if slug not in known]:
        raise UnknownCategory(f"There is no category {unknown[0]}.", category=unknown[0])
    return tuple(known[slug] for slug in slugs)
