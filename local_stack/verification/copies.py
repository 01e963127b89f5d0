"""Copies that sites keep of each other's data are as new as the originals."""

from collections.abc import Iterator
from uuid import UUID

from local_stack.verification.databases import Databases
from local_stack.verification.difference import Difference

TOPIC = "catalog.product"
STATE_EVENTS = [f"firstviscount.catalog.v1.{name}" for name in ("ProductCreated", "ProductUpdated", "ProductDeleted")]

TOLD = "SELECT aggregate_id::uuid, max(version) FROM messaging_event WHERE topic = %s AND type = ANY(%s) GROUP BY 1"
COPIED = "SELECT product_id, version, name, deleted FROM inventory_product"
ORIGINAL = "SELECT id, name FROM catalog_product"


def products_copied(databases: Databases) -> Iterator[Difference]:
    """Products of which inventory's copy has another version, name or existence than the catalogue."""
    told: dict[UUID, int] = dict(databases["catalog"].execute(TOLD, [TOPIC, STATE_EVENTS]).fetchall())
    names: dict[UUID, str] = dict(databases["catalog"].execute(ORIGINAL).fetchall())
    copies = {row[0]: row[1:] for row in databases["inventory"].execute(COPIED)}
    for product in sorted(told.keys() | copies.keys()):
        version, name, deleted = copies.get(product, (0, "", True))
        if version != told.get(product, 0):
            yield Difference("copy", f"product {product}", f"told version {told.get(product, 0)}, copied {version}")
        elif deleted != (product not in names) or (not deleted and name != names[product]):
            yield Difference("copy", f"product {product}", f"is {names.get(product)!r}, the copy says {name!r}")
