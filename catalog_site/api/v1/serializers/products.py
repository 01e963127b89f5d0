"""Products on the wire: what comes in (strict), and the shape of what goes out."""

from typing import Any, ClassVar

from rest_framework import serializers

from catalog_site.api.v1.serializers.variants import VariantRequest, VariantResponse, several
from catalog_site.domain.drafts import MAX_VARIANTS
from catalog_site.domain.models import Status
from site_kit.http.fields import SparseFields
from site_kit.http.serializers import StrictSerializer

STATUS_HELP = "Only active products are public."


class ProductPatchRequest(StrictSerializer):
    """What shall be different about a product; what is left out stays."""

    name = serializers.CharField(max_length=200, required=False)
    slug = serializers.CharField(max_length=120, required=False, help_text="Readable part of the address.")
    description = serializers.CharField(max_length=20_000, allow_blank=True, required=False)
    brand = serializers.CharField(max_length=100, allow_blank=True, required=False)
    status = serializers.ChoiceField(choices=Status.choices, required=False, help_text=STATUS_HELP)
    category_ids = serializers.ListField(
        child=serializers.UUIDField(), max_length=50, required=False, help_text="The complete list."
    )
    picture_alt = serializers.CharField(max_length=200, allow_blank=True, required=False)


class ProductPutRequest(StrictSerializer):
    """A product as it shall be: what is left out is empty, but for the slug and the variants, which then stay."""

    name = serializers.CharField(max_length=200)
    slug = serializers.CharField(max_length=120, required=False, help_text="Left out, it stays.")
    description = serializers.CharField(max_length=20_000, allow_blank=True, default="")
    brand = serializers.CharField(max_length=100, allow_blank=True, default="")
    status = serializers.ChoiceField(choices=Status.choices, default=Status.DRAFT.value, help_text=STATUS_HELP)
    category_ids = serializers.ListField(child=serializers.UUIDField(), max_length=50, default=list)
    variants = several(
        VariantRequest,
        required=False,
        most=MAX_VARIANTS,
        help_text="The complete list, known ones found by id, else by SKU; others are removed. Left out, all stay.",
    )


class ProductPostRequest(StrictSerializer):
    """A product to be made."""

    name = serializers.CharField(max_length=200)
    slug = serializers.CharField(max_length=120, required=False, help_text="Left out, it is made from the name.")
    description = serializers.CharField(max_length=20_000, allow_blank=True, default="")
    brand = serializers.CharField(max_length=100, allow_blank=True, default="")
    status = serializers.ChoiceField(choices=Status.choices, default=Status.DRAFT.value, help_text=STATUS_HELP)
    category_ids = serializers.ListField(child=serializers.UUIDField(), max_length=50, default=list)
    variants = several(VariantRequest, most=MAX_VARIANTS, default=list)


class PictureResponse(serializers.Serializer[Any]):
    """One picture, two sizes, WebP."""

    url = serializers.URLField()
    small_url = serializers.URLField()
    width = serializers.IntegerField()
    height = serializers.IntegerField()
    alt = serializers.CharField(allow_blank=True)


class ListPriceResponse(serializers.Serializer[Any]):
    """From–to of the active variants in one currency."""

    currency = serializers.CharField()
    lowest = serializers.CharField()
    highest = serializers.CharField()


class ProductCard(SparseFields):
    """A product as lists show it."""

    EXPANDABLE: ClassVar[frozenset[str]] = frozenset({"variants"})

    id = serializers.UUIDField()
    slug = serializers.CharField()
    name = serializers.CharField()
    brand = serializers.CharField(allow_blank=True)
    status = serializers.ChoiceField(choices=Status.choices)
    picture = PictureResponse(allow_null=True)
    in_stock = serializers.BooleanField()
    prices = ListPriceResponse(many=True)
    updated_at = serializers.DateTimeField()
    variants = VariantResponse(many=True)


class CategoryName(serializers.Serializer[Any]):
    """A shelf the product stands on."""

    id = serializers.UUIDField()
    slug = serializers.CharField()
    name = serializers.CharField()


class ProductDetail(SparseFields):
    """A product in full."""

    EXPANDABLE: ClassVar[frozenset[str]] = frozenset({"categories"})

    id = serializers.UUIDField()
    slug = serializers.CharField()
    name = serializers.CharField()
    description = serializers.CharField(allow_blank=True)
    brand = serializers.CharField(allow_blank=True)
    status = serializers.ChoiceField(choices=Status.choices)
    category_ids = serializers.ListField(child=serializers.UUIDField())
    picture = PictureResponse(allow_null=True)
    in_stock = serializers.BooleanField()
    variants = VariantResponse(many=True)
    revision = serializers.IntegerField()
    created_at = serializers.DateTimeField()
    updated_at = serializers.DateTimeField()
    published_at = serializers.DateTimeField(allow_null=True)
    categories = CategoryName(many=True)
