"""Inventory on the wire: bodies that come in are strict, answers are shapes for the documentation."""

from typing import Any

from rest_framework import serializers

from inventory_site.domain.models.location import CODE
from inventory_site.domain.operations.adjust_stock import MOST_UNITS
from inventory_site.domain.reasons import Reason
from site_kit.http.serializers import StrictSerializer

MOST_LINES = 100
SHORTEST_LEASE_S, USUAL_LEASE_S, LONGEST_LEASE_S = 5, 15 * 60, 24 * 3600


def several(child: type[StrictSerializer]) -> Any:
    """A list of such lines: at least one, at most a hundred."""
    return serializers.ListSerializer(child=child(), min_length=1, max_length=MOST_LINES, allow_empty=False)


class AdjustLine(StrictSerializer):
    """A change of one number on hand: by `delta`, or to `counted` if `expected` is still on hand."""

    variant_id = serializers.UUIDField()
    location = serializers.CharField(max_length=32, help_text="The code of a location.")
    reason = serializers.ChoiceField(choices=Reason.choices)
    delta = serializers.IntegerField(min_value=-MOST_UNITS, max_value=MOST_UNITS, required=False)
    counted = serializers.IntegerField(min_value=0, max_value=MOST_UNITS, required=False)
    expected = serializers.IntegerField(min_value=0, max_value=MOST_UNITS, required=False)
    note = serializers.CharField(max_length=500, allow_blank=True, default="")
    reference = serializers.CharField(max_length=120, allow_blank=True, default="")

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        """Exactly one of the two numbers; an expectation belongs to a count."""
        if ("delta" in attrs) == ("counted" in attrs):
            raise serializers.ValidationError({"delta": ["Give delta or counted: one of the two."]}, code="one_of")
        if "expected" in attrs and "counted" not in attrs:
            raise serializers.ValidationError({"expected": ["Goes with counted."]}, code="one_of")
        if attrs.get("delta") == 0:
            raise serializers.ValidationError({"delta": ["Zero changes nothing."]}, code="zero")
        return attrs


class AdjustRequest(StrictSerializer):
    """Adjustments that are booked together, or not at all."""

    lines = several(AdjustLine)


class ReserveLine(StrictSerializer):
    """Units of one variant."""

    variant_id = serializers.UUIDField()
    units = serializers.IntegerField(min_value=1, max_value=1_000_000)


class ReserveRequest(StrictSerializer):
    """What to promise, and for how long."""

    lines = several(ReserveLine)
    ttl_s = serializers.IntegerField(
        min_value=SHORTEST_LEASE_S, max_value=LONGEST_LEASE_S, default=USUAL_LEASE_S, help_text="Seconds."
    )


class ReleaseRequest(StrictSerializer):
    """Which lease to end."""

    token = serializers.CharField(max_length=64)


class ExtendRequest(StrictSerializer):
    """Which lease to keep, and for how many seconds from now."""

    token = serializers.CharField(max_length=64)
    ttl_s = serializers.IntegerField(min_value=SHORTEST_LEASE_S, max_value=LONGEST_LEASE_S, help_text="Seconds.")


class LocationPostRequest(StrictSerializer):
    """A location to be opened."""

    code = serializers.RegexField(CODE, help_text="Capital letters, digits and dashes, at most 32.")
    name = serializers.CharField(max_length=120)
    rank = serializers.IntegerField(min_value=0, max_value=32_767, default=100)


class LocationPatchRequest(StrictSerializer):
    """What shall be different about a location."""

    name = serializers.CharField(max_length=120, required=False)
    rank = serializers.IntegerField(min_value=0, max_value=32_767, required=False)
    active = serializers.BooleanField(required=False)


class RulePostRequest(StrictSerializer):
    """A minimum to watch: at a location, or at all together."""

    variant_id = serializers.UUIDField()
    location = serializers.CharField(max_length=32, allow_null=True, default=None)
    minimum = serializers.IntegerField(min_value=1, max_value=1_000_000_000)


class RulePatchRequest(StrictSerializer):
    """Another minimum."""

    minimum = serializers.IntegerField(min_value=1, max_value=1_000_000_000)


class NumbersResponse(serializers.Serializer[Any]):
    """The buckets of stock, in units."""

    on_hand = serializers.IntegerField()
    reserved = serializers.IntegerField()
    allocated = serializers.IntegerField()
    dispatched = serializers.IntegerField()
    available = serializers.IntegerField(help_text="On hand - reserved - allocated; negative in a shortfall.")


class LocationNumbersResponse(NumbersResponse):
    """The buckets at one location."""

    location = serializers.CharField()


class VariantStockResponse(NumbersResponse):
    """The stock of a variant, all locations together and each."""

    variant_id = serializers.UUIDField()
    sku = serializers.CharField()
    locations = LocationNumbersResponse(many=True)


class ProductStockResponse(serializers.Serializer[Any]):
    """The stock of a product's variants."""

    product_id = serializers.UUIDField()
    name = serializers.CharField()
    available = serializers.IntegerField()
    variants = VariantStockResponse(many=True)


class AdjustedLineResponse(NumbersResponse):
    """What an adjustment came to."""

    adjustment_id = serializers.UUIDField()
    variant_id = serializers.UUIDField()
    location = serializers.CharField()
    delta = serializers.IntegerField()


class AdjustResponse(serializers.Serializer[Any]):
    """What the adjustments came to, in the order asked."""

    lines = AdjustedLineResponse(many=True)


class LeaseLineResponse(serializers.Serializer[Any]):
    """Units promised at one location."""

    variant_id = serializers.UUIDField()
    location = serializers.CharField()
    units = serializers.IntegerField()


class LeaseResponse(serializers.Serializer[Any]):
    """A lease; the token only where it was made."""

    lease_id = serializers.UUIDField()
    state = serializers.CharField()
    expires_at = serializers.DateTimeField()
    lines = LeaseLineResponse(many=True)


class NewLeaseResponse(LeaseResponse):
    """A lease with the secret that releases, extends and hands it over."""

    token = serializers.CharField()


class StockItemResponse(LocationNumbersResponse):
    """A variant at a location."""

    variant_id = serializers.UUIDField()
    sku = serializers.CharField()


class MovementResponse(serializers.Serializer[Any]):
    """One line of the stock ledger; numbers are differences."""

    id = serializers.IntegerField()
    variant_id = serializers.UUIDField()
    location = serializers.CharField()
    kind = serializers.CharField()
    on_hand = serializers.IntegerField()
    reserved = serializers.IntegerField()
    allocated = serializers.IntegerField()
    dispatched = serializers.IntegerField()
    deducted = serializers.IntegerField()
    on_hand_after = serializers.IntegerField()
    cause = serializers.CharField()
    cause_id = serializers.UUIDField()
    reason = serializers.CharField()
    note = serializers.CharField()
    reference = serializers.CharField()
    actor = serializers.CharField()
    recorded_at = serializers.DateTimeField()


class LocationResponse(serializers.Serializer[Any]):
    """Where goods lie."""

    code = serializers.CharField()
    name = serializers.CharField()
    rank = serializers.IntegerField()
    active = serializers.BooleanField()
    revision = serializers.IntegerField()


class LowStockResponse(serializers.Serializer[Any]):
    """A variant below its minimum; without a location: all together."""

    alert_id = serializers.UUIDField()
    variant_id = serializers.UUIDField()
    sku = serializers.CharField()
    location = serializers.CharField(allow_null=True)
    available = serializers.IntegerField(help_text="When the alert opened.")
    minimum = serializers.IntegerField()
    opened_at = serializers.DateTimeField()


class RuleResponse(serializers.Serializer[Any]):
    """A minimum that is watched."""

    id = serializers.UUIDField()
    variant_id = serializers.UUIDField()
    location = serializers.CharField(allow_null=True)
    minimum = serializers.IntegerField()
    revision = serializers.IntegerField()
