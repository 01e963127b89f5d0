"""Stock on the wire: what is there, and the ledger behind it."""

from typing import Any

from rest_framework import serializers

from site_kit.http.fields import SparseFields


class Numbers(serializers.Serializer[Any]):
    """Units, by where they are. `available` is on hand less reserved less allocated; below zero in a shortfall."""

    on_hand = serializers.IntegerField()
    reserved = serializers.IntegerField()
    allocated = serializers.IntegerField()
    dispatched = serializers.IntegerField()
    available = serializers.IntegerField()


class LocationNumbers(Numbers):
    """The units at one location."""

    location = serializers.CharField()


class VariantStock(Numbers):
    """A variant's units, all locations together and each."""

    variant_id = serializers.UUIDField()
    sku = serializers.CharField()
    name = serializers.CharField()
    removed = serializers.BooleanField(help_text="The catalogue has it no more: nothing new is promised.")
    locations = LocationNumbers(many=True)


class ProductStock(serializers.Serializer[Any]):
    """The stock of a product's variants."""

    product_id = serializers.UUIDField()
    name = serializers.CharField()
    variants = VariantStock(many=True)


class StockItemResponse(SparseFields):
    """A variant at a location."""

    id = serializers.IntegerField()
    variant_id = serializers.UUIDField()
    product_id = serializers.UUIDField(source="variant.product_id", allow_null=True)
    sku = serializers.CharField(source="variant.sku")
    name = serializers.CharField(source="variant.name")
    location = serializers.CharField(source="location.code")
    on_hand = serializers.IntegerField()
    reserved = serializers.IntegerField()
    allocated = serializers.IntegerField()
    dispatched = serializers.IntegerField()
    available = serializers.IntegerField()


class MovementResponse(SparseFields):
    """One line of the stock ledger: differences, and what the stock item came to."""

    id = serializers.IntegerField()
    kind = serializers.CharField()
    variant_id = serializers.UUIDField(source="stock_item.variant_id")
    sku = serializers.CharField(source="stock_item.variant.sku")
    location = serializers.CharField(source="stock_item.location.code")
    on_hand = serializers.IntegerField()
    reserved = serializers.IntegerField()
    allocated = serializers.IntegerField()
    dispatched = serializers.IntegerField()
    deducted = serializers.IntegerField()
    on_hand_after = serializers.IntegerField()
    reserved_after = serializers.IntegerField()
    allocated_after = serializers.IntegerField()
    dispatched_after = serializers.IntegerField()
    cause = serializers.CharField(help_text="What kind of thing `cause_id` is the id of.")
    cause_id = serializers.UUIDField()
    reason = serializers.CharField()
    note = serializers.CharField()
    reference = serializers.CharField()
    actor = serializers.CharField()
    recorded_at = serializers.DateTimeField()


class LowStockItem(serializers.Serializer[Any]):
    """A variant below its minimum."""

    alert_id = serializers.UUIDField()
    variant_id = serializers.UUIDField()
    product_id = serializers.UUIDField(allow_null=True)
    sku = serializers.CharField()
    name = serializers.CharField()
    location = serializers.CharField(allow_null=True, help_text="Null: all locations together.")
    available = serializers.IntegerField(help_text="Now.")
    minimum = serializers.IntegerField()
    opened_at = serializers.DateTimeField()
