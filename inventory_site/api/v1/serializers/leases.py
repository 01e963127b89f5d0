"""Leases on the wire."""

from typing import Any

from rest_framework import serializers

from inventory_site.domain.operations.adjust_stock import MOST_UNITS
from inventory_site.domain.operations.extend_lease import LONGEST_LIFE
from site_kit.http.fields import SparseFields
from site_kit.http.serializers import StrictSerializer

SHORTEST_S, USUAL_S, LONGEST_S = 10, 900, int(LONGEST_LIFE.total_seconds())
MOST_LINES = 100


class WantedLine(StrictSerializer):
    """Units of a variant."""

    variant_id = serializers.UUIDField()
    units = serializers.IntegerField(min_value=1, max_value=MOST_UNITS)


class ReserveRequest(StrictSerializer):
    """What shall be promised: all of it, or nothing. A variant may come several times; its units are summed."""

    lines = WantedLine(many=True, min_length=1, max_length=MOST_LINES)  # type: ignore[call-arg]  # the list's own
    ttl_s = serializers.IntegerField(
        min_value=SHORTEST_S, max_value=LONGEST_S, default=USUAL_S, help_text="Seconds until the lease ends by itself."
    )


class ReleaseRequest(StrictSerializer):
    """The lease that is not needed any more."""

    token = serializers.CharField(max_length=64)


class ExtendRequest(StrictSerializer):
    """The lease that is needed for longer."""

    token = serializers.CharField(max_length=64)
    ttl_s = serializers.IntegerField(min_value=SHORTEST_S, max_value=LONGEST_S, default=USUAL_S)


class LeasedLine(serializers.Serializer[Any]):
    """Units at one location; a line spread over locations comes several times."""

    variant_id = serializers.UUIDField()
    sku = serializers.CharField()
    location = serializers.CharField()
    units = serializers.IntegerField()


class LeaseResponse(SparseFields):
    """A promise with a clock."""

    ALWAYS = frozenset({"lease_id"})

    lease_id = serializers.UUIDField()
    state = serializers.CharField(help_text="live, released, expired or taken_over")
    client = serializers.CharField()
    created_at = serializers.DateTimeField()
    expires_at = serializers.DateTimeField(help_text="By the database's clock; over is over, swept or not.")
    ended_at = serializers.DateTimeField(allow_null=True)
    order_id = serializers.UUIDField(allow_null=True, help_text="The order that took it over.")


class LeaseDetail(LeaseResponse):
    """A lease with what it promises."""

    lines = LeasedLine(many=True)


class LeaseWithToken(serializers.Serializer[Any]):
    """A new lease. The token is shown here and never again; whoever has it may extend, release or hand it over."""

    lease_id = serializers.UUIDField()
    token = serializers.CharField()
    state = serializers.CharField()
    created_at = serializers.DateTimeField()
    expires_at = serializers.DateTimeField()
    lines = LeasedLine(many=True)
