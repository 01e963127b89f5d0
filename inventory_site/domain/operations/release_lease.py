"""End a lease before its time."""

from django.db import transaction

from inventory_site.domain import facts
from inventory_site.domain.lease_desk import lock_lease
from inventory_site.domain.models import Lease, LeaseState
from inventory_site.domain.reclaim import end_lease, give_back
from site_kit.messaging.emit import collected


@transaction.atomic
@collected()
def release_lease(*, token: str, reason: str, why: str = "") -> Lease:
    """Put everything a lease still holds back on the shelf.

    `reason` is a code (`client`, `staff`), `why` what a person said. A lease that is over raises LeaseGone, one
    that never was UnknownLease. Emits InventoryReleased (final), InventoryUpdated per variant.
    """
    hand = lock_lease(token)
    given_back = give_back(hand.shelf, hand.lease, hand.lines, reason=reason)
    end_lease(hand.lease, LeaseState.RELEASED, at=hand.shelf.now)
    hand.shelf.save("release")
    facts.lease_released(hand.lease, reason, given_back, final=True, at=hand.shelf.now, why=why)
    return hand.lease
