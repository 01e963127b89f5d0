"""The database's last word, translated: a broken constraint becomes the refusal that stands for it."""

import re
from collections.abc import Iterator
from contextlib import contextmanager

from django.db import IntegrityError, transaction

from catalog_site.domain import errors

TAKEN = re.compile(r"^Key \((?:upper\()?(?:sku|barcode|slug|code)[^)]*\)?\)=\((.*)\) already exists")
REFUSALS: dict[str, tuple[type[errors.CatalogError], str]] = {
    "product_slug_unique": (errors.SlugTaken, "Another product has this slug."),
    "category_slug_unique": (errors.SlugTaken, "Another category has this slug."),
    "variant_sku_unique": (errors.SkuTaken, "Another variant has this SKU."),
    "variant_barcode_unique": (errors.BarcodeTaken, "Another variant has this barcode."),
    "variant_no_twin_combinations": (errors.TwinVariants, "Two variants of a product would have the same options."),
    "variant_one_value_per_axis": (errors.AxisTwice, "A variant has one value on each axis."),
    "attribute_code_unique": (errors.CodeTaken, "Another attribute has this code."),
    "option_code_unique_in_its_attribute": (errors.CodeTaken, "The attribute has an option with this code."),
    "option_name_unique_in_its_attribute": (errors.CodeTaken, "The attribute has an option with this name."),
}


@contextmanager
def refusing() -> Iterator[None]:
    """Run writes in a savepoint; a broken constraint that has a refusal is raised as that refusal.

    No look before the leap: two callers at once would both find the SKU free.
    """
    try:
        with transaction.atomic():
            yield
    except IntegrityError as error:
        diagnosis = getattr(error.__cause__, "diag", None)
        known = REFUSALS.get(getattr(diagnosis, "constraint_name", None) or "")
        if known is None:
            raise
        kind, sentence = known
        taken = TAKEN.search(getattr(diagnosis, "message_detail", None) or "")
        raise kind(f"{sentence[:-1]}: {taken[1]}." if taken else sentence) from error
