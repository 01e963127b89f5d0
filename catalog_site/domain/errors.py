# ruff: noqa: N818 - named as the refusals they are
"""Every refusal this site can utter, each with its stable code."""

from typing import ClassVar

from site_kit.refusals import Refusal


class CatalogError(Refusal):
    """Any refusal of the catalog."""

    code: ClassVar[str] = "catalog_refused"


class NotFound(CatalogError):
    """What was asked for is not there (or not public)."""

    code = "not_found"


class ProductNotFound(NotFound):
    """No product with this id or slug."""

    code = "product_not_found"


class VariantNotFound(NotFound):
    """No variant with this id."""

    code = "variant_not_found"


class CategoryNotFound(NotFound):
    """No category with this id or slug."""

    code = "category_not_found"


class AttributeNotFound(NotFound):
    """No attribute, or no option of it, with this code."""

    code = "attribute_not_found"


class Conflict(CatalogError):
    """Right in itself, but it does not fit what is there."""

    code = "conflict"


class RevisionMoved(CatalogError):
    """Somebody else changed it since the caller looked."""

    code = "revision_moved"


class SkuTaken(Conflict):
    """Another variant has this SKU (upper and lower case are the same)."""

    code = "sku_taken"


class BarcodeTaken(Conflict):
    """Another variant has this barcode."""

    code = "barcode_taken"


class SlugTaken(Conflict):
    """Another product or category has this slug."""

    code = "slug_taken"


class CodeTaken(Conflict):
    """Another attribute or option has this code or name."""

    code = "code_taken"


class TwinVariants(Conflict):
    """Two variants of one product would have the same options."""

    code = "twin_variants"


class AxesDiffer(Conflict):
    """Variants of one product must differ in the same attributes."""

    code = "axes_differ"


class NotPublishable(Conflict):
    """An active product needs an active variant, and a price for every active variant."""

    code = "not_publishable"


class ProductIsActive(Conflict):
    """An active product is archived before it can be deleted."""

    code = "product_is_active"


class TooManyVariants(Conflict):
    """A product has room for a limited number of variants."""

    code = "too_many_variants"


class CategoryInUse(Conflict):
    """Products or other categories still hang on it."""

    code = "category_in_use"


class CategoryCycle(Conflict):
    """A category cannot hang below itself."""

    code = "category_cycle"


class AttributeInUse(Conflict):
    """Variants still use the attribute or option."""

    code = "attribute_in_use"


class Unacceptable(CatalogError):
    """Well-formed, but no value the catalog can take."""

    code = "unacceptable"


class InvalidSku(Unacceptable):
    """A SKU is 1 to 64 letters, digits, dots, dashes, underscores or slashes."""

    code = "invalid_sku"


class InvalidBarcode(Unacceptable):
    """A barcode is a GTIN of 8, 12, 13 or 14 digits whose check digit is right."""

    code = "invalid_barcode"


class InvalidSlug(Unacceptable):
    """A slug is lower-case letters, digits and single dashes, not a reserved word and not an id."""

    code = "invalid_slug"


class InvalidAmount(Unacceptable):
    """A price is positive and no finer than its currency's coins."""

    code = "invalid_amount"


class UnknownCurrency(Unacceptable):
    """No currency in use (ISO 4217)."""

    code = "unknown_currency"


class UnknownCategory(Unacceptable):
    """A product was to stand in a category that is not there."""

    code = "unknown_category"


class UnknownOption(Unacceptable):
    """A variant was to have an option that is not there."""

    code = "unknown_option"


class AxisTwice(Unacceptable):
    """A variant was to have two values on one axis."""

    code = "axis_twice"


class InvalidCode(Unacceptable):
    """A code is lower-case letters, digits and single dashes, up to 40 characters."""

    code = "invalid_code"


class CategoryTooDeep(Unacceptable):
    """The tree has a limited depth."""

    code = "category_too_deep"


class PictureRefused(Unacceptable):
    """The bytes are no picture the catalog takes."""

    code = "picture_refused"


class PictureTypeUnknown(PictureRefused):
    """Neither JPEG, PNG nor WebP, judged by its first bytes."""

    code = "picture_type_unknown"


class PictureTooLarge(PictureRefused):
    """Too many bytes or pixels, judged before decoding."""

    code = "picture_too_large"


class PictureDamaged(PictureRefused):
    """The header reads well, the rest does not."""

    code = "picture_damaged"
