"""Staff end the promise to an order."""

from uuid import UUID

from django.db import transaction

from inventory_site.domain.errors import NothingToRelease, ReasonMissing, UnknownHold
from inventory_site.domain.giving_back import release_lines, tell_released
from inventory_site.domain.ledger import Because
from inventory_site.domain.models import Cause, Hold, HoldState
from inventory_site.domain.order_lock import lock_orders
from site_kit.messaging.emit import collected

REASON = "staff"


@transaction.atomic
@collected()
def release_hold(*, order_id: UUID, why: str) -> Hold:
    """Give back everything an order still has promised, paid or not; orders hears of it and answers.

    `why` is what the person says, in the ledger and in the log. What was sent stays sent.
    Raises ReasonMissing, UnknownHold, NothingToRelease.
    Emits InventoryReleased (final, reason `staff`), InventoryUpdated per variant.
    """
    if not why.strip():
        raise ReasonMissing("Say why.")
    shelf, book = lock_orders([order_id])
    if order_id not in book.holds:
        raise UnknownHold("Nothing was ever promised to this order.")
    because = Because(Cause.ORDER, order_id, reason=REASON, note=why)
    released = release_lines(shelf, book, book.lines[order_id], because)
    if not released:
        raise NothingToRelease("Nothing is promised to this order any more.")
    hold = book.end(order_id, HoldState.RELEASED, REASON)
    tell_released(shelf, book, order_id, REASON, released, why=why)
    book.save()
    shelf.save("release")
    return hold
