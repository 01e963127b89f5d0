"""Variants, options and prices on the wire."""

from typing import Any

from rest_framework import serializers

from site_kit.http.serializers import StrictSerializer


def several(child: type[StrictSerializer], *, most: int, **more: Any) -> Any:
    """A list of such bodies, at most so many."""
    return serializers.ListSerializer(child=child(), max_length=most, **more)


class OptionRequest(StrictSerializer):
    """The value on one axis, by codes."""

    axis = serializers.CharField(max_length=40)
    value = serializers.CharField(max_length=40)


class AmountField(serializers.DecimalField):
    """An amount as a string, so that no reader's floating point touches it."""

    def __init__(self, **more: Any) -> None:
        super().__init__(max_digits=18, decimal_places=4, **more)


class MoneyRequest(StrictSerializer):
    """A price in one currency."""

    currency = serializers.CharField(min_length=3, max_length=3, help_text="ISO 4217.")
    amount = AmountField(help_text="No finer than the currency's coins.")


class VariantPatchRequest(StrictSerializer):
    """What shall be different about a variant; what is left out stays."""

    sku = serializers.CharField(max_length=64, required=False)
    name = serializers.CharField(max_length=200, allow_blank=True, required=False)
    barcode = serializers.CharField(max_length=14, allow_blank=True, required=False, help_text="GTIN.")
    active = serializers.BooleanField(required=False)
    weight_g = serializers.IntegerField(min_value=0, max_value=100_000_000, allow_null=True, required=False)
    options = several(OptionRequest, most=10, required=False, help_text="The complete list.")
    prices = several(MoneyRequest, most=60, required=False, help_text="The complete list.")


class VariantPostRequest(StrictSerializer):
    """A variant to be made."""

    sku = serializers.CharField(max_length=64)
    name = serializers.CharField(max_length=200, allow_blank=True, default="")
    barcode = serializers.CharField(max_length=14, allow_blank=True, default="", help_text="GTIN.")
    active = serializers.BooleanField(default=True)
    weight_g = serializers.IntegerField(min_value=0, max_value=100_000_000, allow_null=True, default=None)
    options = several(OptionRequest, most=10, default=list)
    prices = several(MoneyRequest, most=60, default=list)


class VariantRequest(VariantPostRequest):
    """A variant as it shall be, within its product."""

    id = serializers.UUIDField(required=False, help_text="Of a variant that is there already.")


class PriceRequest(StrictSerializer):
    """What one unit costs."""

    amount = AmountField(help_text="No finer than the currency's coins.")


class OptionResponse(serializers.Serializer[Any]):
    """The value on one axis, by codes."""

    axis = serializers.CharField()
    value = serializers.CharField()


class MoneyResponse(serializers.Serializer[Any]):
    """A price in one currency."""

    currency = serializers.CharField()
    amount = serializers.CharField()


class StockResponse(serializers.Serializer[Any]):
    """What inventory said last; `as_of` is null while it has said nothing."""

    in_stock = serializers.BooleanField()
    available = serializers.IntegerField()
    as_of = serializers.DateTimeField(allow_null=True)


class VariantResponse(serializers.Serializer[Any]):
    """A variant in full."""

    id = serializers.UUIDField()
    product_id = serializers.UUIDField()
    sku = serializers.CharField()
    name = serializers.CharField(allow_blank=True)
    barcode = serializers.CharField(allow_blank=True)
    active = serializers.BooleanField()
    weight_g = serializers.IntegerField(allow_null=True)
    options = OptionResponse(many=True)
    prices = MoneyResponse(many=True)
    stock = StockResponse()
