"""One lease, locked with its variants: for those who have its token or its id."""

from dataclasses import dataclass
from uuid import UUID

from inventory_site.domain import queries
from inventory_site.domain.errors import LeaseGone, UnknownLease
from inventory_site.domain.models import Lease, LeaseLine, LeaseState, Variant
from inventory_site.domain.shelf import Shelf
from site_kit.messaging.locks import take_locks


@dataclass(frozen=True, slots=True)
class LeaseInHand:
    """A live lease with its lines and the stock they lie on."""

    lease: Lease
    lines: list[LeaseLine]
    shelf: Shelf


def lock_lease(token: str) -> LeaseInHand:
    """Lock the variants of the lease with this token, then the lease.

    Raises UnknownLease, and LeaseGone unless it is live. Whether its time is over is for the caller to judge.
    """
    keys = queries.leases_by_token([token])
    if not keys.lease_ids:
        raise UnknownLease("There is no such lease.")
    take_locks({Variant: keys.variant_ids, Lease: keys.lease_ids})
    lease = Lease.objects.get(token=token)
    if lease.state != LeaseState.LIVE:
        raise LeaseGone(lease.state)
    return LeaseInHand(lease, queries.lines_of_leases([lease])[lease.lease_id], Shelf.of(keys.variant_ids))


def token_of(lease_id: UUID) -> str:
    """The token of a lease, for staff who know its id. Raises UnknownLease."""
    token = Lease.objects.filter(lease_id=lease_id).values_list("token", flat=True).first()
    if token is None:
        raise UnknownLease("There is no such lease.")
    return token
