"""The frame of every change to products: lock, look, let the operation write, settle, tell.

Events follow from the difference between before and after, so no operation can forget one or say one too many.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime
from uuid import UUID

import structlog

from catalog_site.domain import clock, facts
from catalog_site.domain.constraints import refusing
from catalog_site.domain.errors import ProductNotFound, RevisionMoved
from catalog_site.domain.listing import refresh_list_prices
from catalog_site.domain.models import Product, Status
from catalog_site.domain.queries import product_states
from catalog_site.domain.rules import check_product
from catalog_site.domain.search_words import Words, refresh_search
from catalog_site.domain.state import ProductState
from site_kit.messaging.locks import lock_rows

log = structlog.get_logger(__name__)

OWN_FIELDS = [
    "name",
    "slug",
    "description",
    "brand",
    "status",
    "picture",
    "picture_width",
    "picture_height",
    "picture_alt",
    "picture_digest",
    "in_stock",
    "priced",
    "revision",
    "updated_at",
    "published_at",
]
MANY_AT_ONCE = 200


@contextmanager
def editing(product_ids: Collection[UUID], *, expected_revision: int | None = None) -> Iterator[dict[UUID, Product]]:
    """Hold products while the block changes them and what is below; must run inside a transaction.

    The block sets fields on the yielded rows without saving, and writes variants, prices and placements. After
    it the rules are judged, what follows is refreshed and every difference is told. A block that changes nothing
    leaves no trace. Raises `ProductNotFound`, `RevisionMoved`, and the refusals of `check_product`.
    """
    rows = {product.id: product for product in lock_rows({Product: product_ids})[Product]}
    if missing := set(product_ids) - rows.keys():
        raise ProductNotFound("There is no such product.", product_id=str(min(missing)))
    if expected_revision is not None and {row.revision for row in rows.values()} != {expected_revision}:
        raise RevisionMoved("Somebody changed this product meanwhile.", expected_revision=expected_revision)
    before = product_states(rows.values())
    with refusing():
        yield rows
    settle(rows, before)


def settle(rows: Mapping[UUID, Product], before: Mapping[UUID, ProductState]) -> None:
    """Judge, derive, save and tell what became of locked products; those not in `before` are new."""
    after = product_states(rows.values())
    changed = {id_: state for id_, state in after.items() if state != before.get(id_)}
    for state in changed.values():
        check_product(state)
    now = clock.now()
    _save([rows[id_] for id_ in changed], changed, now)
    refresh_list_prices(list(changed.values()))
    refresh_search([state for id_, state in changed.items() if _found_otherwise(before.get(id_), state)])
    facts.tell_changes(before, changed, at=now)
    for id_ in changed:
        log.info("product_changed", product_id=str(id_), revision=rows[id_].revision)


def _save(rows: Sequence[Product], states: Mapping[UUID, ProductState], now: datetime) -> None:
    for row in rows:
        row.priced, row.in_stock = not states[row.id].lacks, states[row.id].in_stock
        row.revision += 1
        row.updated_at = now
        if row.status == Status.ACTIVE and row.published_at is None:
            row.published_at = now
    with refusing():
        if len(rows) == 1:
            rows[0].save(update_fields=OWN_FIELDS)
        else:
            Product.objects.bulk_update(rows, OWN_FIELDS, batch_size=MANY_AT_ONCE)


def _found_otherwise(before: ProductState | None, after: ProductState) -> bool:
    return before is None or Words.of(before) != Words.of(after)
