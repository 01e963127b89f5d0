"""SKUs, barcodes and slugs: what they may look like."""

import re
from uuid import UUID

from django.utils.text import slugify

from catalog_site.domain.errors import InvalidBarcode, InvalidSku, InvalidSlug
from catalog_site.domain.models import Product
from catalog_site.domain.models.product import RESERVED_SLUGS, SLUG_PATTERN

SKU = re.compile(r"[A-Za-z0-9][A-Za-z0-9._/-]{0,63}")
SLUG = re.compile(SLUG_PATTERN)
GTIN = re.compile(r"[0-9]{8}|[0-9]{12,14}")


def checked_sku(sku: str) -> str:
    """The SKU, or `InvalidSku`."""
    if not SKU.fullmatch(sku):
        raise InvalidSku(InvalidSku.__doc__ or "", sku=sku)
    return sku


def checked_barcode(barcode: str) -> str:
    """The barcode (none is fine), or `InvalidBarcode`."""
    if barcode and not (GTIN.fullmatch(barcode) and gtin_check_digit(barcode[:-1]) == barcode[-1]):
        raise InvalidBarcode(InvalidBarcode.__doc__ or "", barcode=barcode)
    return barcode


def gtin_check_digit(digits: str) -> str:
    """The digit that completes a GTIN: weights 3, 1, 3 … from the right (GS1 General Specifications 7.9)."""
    total = sum(int(digit) * (3 if place % 2 == 0 else 1) for place, digit in enumerate(reversed(digits)))
    return str(-total % 10)


def checked_slug(slug: str) -> str:
    """The slug, or `InvalidSlug`: an address must not be taken for an id or a fixed page."""
    if not SLUG.fullmatch(slug) or slug in RESERVED_SLUGS or _is_id(slug):
        raise InvalidSlug(InvalidSlug.__doc__ or "", slug=slug)
    return slug


def free_slug(name: str) -> str:
    """A slug made from a name, numbered if others have it. Two at once may draw the same: then one is `SlugTaken`."""
    stem = slugify(name)[:100].strip("-_").replace("_", "-") or "product"
    if stem in RESERVED_SLUGS or _is_id(stem):
        stem = f"{stem}-product"
    taken = set(Product.objects.filter(slug__startswith=stem).values_list("slug", flat=True))
    return next(slug for slug in _numbered(stem, len(taken) + 2) if slug not in taken)


def _numbered(stem: str, count: int) -> list[str]:
    return [stem, *(f"{stem}-{number}" for number in range(2, count + 2))]


def _is_id(text: str) -> bool:
    try:
        UUID(text)
    except ValueError:
        return False
    return True
