"""Adjustments on the wire."""

from typing import Any

from rest_framework import serializers

from inventory_site.api.v1.serializers.stock import Numbers
from inventory_site.domain.operations.adjust_stock import MOST_UNITS
from inventory_site.domain.reasons import Reason
from site_kit.http.serializers import StrictSerializer

MOST_LINES = 500


class AdjustedLine(StrictSerializer):
    """A change by `delta`, or to `counted` where `expected` is the number that was on hand for the one who counted."""

    variant_id = serializers.UUIDField()
    location = serializers.CharField(max_length=32)
    delta = serializers.IntegerField(min_value=-MOST_UNITS, max_value=MOST_UNITS, required=False)
    counted = serializers.IntegerField(min_value=0, max_value=MOST_UNITS, required=False)
    expected = serializers.IntegerField(min_value=0, max_value=MOST_UNITS, required=False)

    def validate(self, attrs: Any) -> Any:
        """Either a difference or a count."""
        given = {name for name in ("delta", "counted", "expected") if name in attrs}
        if given not in ({"delta"}, {"counted", "expected"}):
            raise serializers.ValidationError("Give `delta`, or `counted` with `expected`.", code="delta_or_count")
        return attrs


class AdjustRequest(StrictSerializer):
    """Changes of what is on hand: all of them, or none."""

    reason = serializers.ChoiceField(choices=[reason.value for reason in Reason])
    note = serializers.CharField(max_length=500, default="", allow_blank=True, help_text="Never personal data.")
    reference = serializers.CharField(max_length=120, default="", allow_blank=True, help_text="Number of a paper.")
    lines = AdjustedLine(many=True, min_length=1, max_length=MOST_LINES)  # type: ignore[call-arg]  # the list's own


class Adjustment(Numbers):
    """One line that was booked, and what its stock item has after all of them. `delta` 0: the count agreed."""

    adjustment_id = serializers.UUIDField()
    variant_id = serializers.UUIDField()
    location = serializers.CharField()
    delta = serializers.IntegerField()


class AdjustResponse(serializers.Serializer[Any]):
    """The lines in the order asked."""

    adjustments = Adjustment(many=True)
