"""Keep a lease for longer."""

from datetime import timedelta

from django.db import transaction

from inventory_site.domain import clock
from inventory_site.domain.errors import LeaseGone, LeaseTooLong
from inventory_site.domain.lease_desk import lock_lease
from inventory_site.domain.models import Lease

LONGEST_LIFE = timedelta(hours=24)


@transaction.atomic
def extend_lease(*, token: str, ttl_s: int) -> Lease:
    """Let a lease end `ttl_s` seconds from now by the database's clock, but never earlier than it would.

    Safe to repeat. Raises UnknownLease, LeaseGone (also when its time is over and nobody swept it yet),
    LeaseTooLong past 24 hours after it was made.
    """
    # The variants' locks stand between this and a buyer who takes overdue units back.
    lease = lock_lease(token).lease
    now = clock.database_now()
    if lease.expires_at <= now:
        raise LeaseGone("expired")
    latest = lease.created_at + LONGEST_LIFE
    wanted = max(lease.expires_at, now + timedelta(seconds=ttl_s))
    if wanted > latest:
        raise LeaseTooLong(latest)
    lease.expires_at = wanted
    lease.save(update_fields=["expires_at"])
    return lease
