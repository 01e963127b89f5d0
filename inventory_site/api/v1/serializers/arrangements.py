"""Locations and minimums on the wire."""

from rest_framework import serializers

from inventory_site.domain.models.location import CODE
from site_kit.http.fields import SparseFields
from site_kit.http.serializers import StrictSerializer

MOST_RANK = 30_000
MOST_MINIMUM = 1_000_000_000


class LocationPostRequest(StrictSerializer):
    """A location to be opened; its code never changes."""

    code = serializers.RegexField(CODE, max_length=32)
    name = serializers.CharField(max_length=120)
    rank = serializers.IntegerField(min_value=0, max_value=MOST_RANK, default=100)


class LocationPatchRequest(StrictSerializer):
    """What shall be different; `active` false closes an empty location."""

    name = serializers.CharField(max_length=120, required=False)
    rank = serializers.IntegerField(min_value=0, max_value=MOST_RANK, required=False)
    active = serializers.BooleanField(required=False)


class LocationResponse(SparseFields):
    """A place with shelves. Promises take from the lowest rank first."""

    ALWAYS = frozenset({"code"})

    code = serializers.CharField()
    name = serializers.CharField()
    rank = serializers.IntegerField()
    active = serializers.BooleanField()
    revision = serializers.IntegerField()


class RulePostRequest(StrictSerializer):
    """The least that should be available of a variant: at a location, or (null) at all of them together."""

    variant_id = serializers.UUIDField()
    location = serializers.CharField(max_length=32, allow_null=True, default=None)
    minimum = serializers.IntegerField(min_value=1, max_value=MOST_MINIMUM)


class RulePatchRequest(StrictSerializer):
    """Another minimum."""

    minimum = serializers.IntegerField(min_value=1, max_value=MOST_MINIMUM)


class RuleResponse(SparseFields):
    """A low-stock rule."""

    id = serializers.UUIDField()
    variant_id = serializers.UUIDField()
    sku = serializers.CharField(source="variant.sku")
    location = serializers.CharField(source="location.code", default=None, allow_null=True)
    minimum = serializers.IntegerField()
    revision = serializers.IntegerField()
