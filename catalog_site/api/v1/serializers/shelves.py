"""Categories and attributes on the wire."""

from typing import Any

from rest_framework import serializers

from site_kit.http.fields import SparseFields
from site_kit.http.serializers import StrictSerializer

MOST = 1_000_000


class CategoryPostRequest(StrictSerializer):
    """A category to be made."""

    name = serializers.CharField(max_length=120)
    slug = serializers.CharField(max_length=120)
    parent_id = serializers.UUIDField(allow_null=True, default=None)
    position = serializers.IntegerField(min_value=0, max_value=MOST, default=0)


class CategoryPatchRequest(StrictSerializer):
    """What shall be different about a category; what is left out stays."""

    name = serializers.CharField(max_length=120, required=False)
    slug = serializers.CharField(max_length=120, required=False)
    parent_id = serializers.UUIDField(allow_null=True, required=False)
    position = serializers.IntegerField(min_value=0, max_value=MOST, required=False)


class CategoryResponse(SparseFields):
    """A category and where it hangs."""

    id = serializers.UUIDField()
    slug = serializers.CharField()
    name = serializers.CharField()
    parent_id = serializers.UUIDField(allow_null=True)
    depth = serializers.IntegerField()
    position = serializers.IntegerField()
    revision = serializers.IntegerField()


class AttributePostRequest(StrictSerializer):
    """An axis to be made."""

    code = serializers.CharField(max_length=40)
    name = serializers.CharField(max_length=80)
    position = serializers.IntegerField(min_value=0, max_value=MOST, default=0)


class AttributePatchRequest(StrictSerializer):
    """What shall be different about an axis; its code never is."""

    name = serializers.CharField(max_length=80, required=False)
    position = serializers.IntegerField(min_value=0, max_value=MOST, required=False)


class OptionPutRequest(StrictSerializer):
    """An option as it shall be; without a position it keeps the one it has."""

    name = serializers.CharField(max_length=80)
    position = serializers.IntegerField(min_value=0, max_value=MOST, required=False)


class AttributeOptionResponse(serializers.Serializer[Any]):
    """One value of an axis."""

    code = serializers.CharField()
    name = serializers.CharField()
    position = serializers.IntegerField()


class AttributeResponse(serializers.Serializer[Any]):
    """An axis with its options."""

    code = serializers.CharField()
    name = serializers.CharField()
    position = serializers.IntegerField()
    revision = serializers.IntegerField()
    options = AttributeOptionResponse(many=True)
