"""What must be true of a product whatever was done to it."""

from collections import Counter

from catalog_site.domain.drafts import MAX_VARIANTS
from catalog_site.domain.errors import AxesDiffer, NotPublishable, TooManyVariants, TwinVariants
from catalog_site.domain.models import Status
from catalog_site.domain.state import ProductState


def check_product(product: ProductState) -> None:
    """Raises `TooManyVariants`, `AxesDiffer`, `TwinVariants` or, for an active product, `NotPublishable`."""
    if len(product.variants) > MAX_VARIANTS:
        raise TooManyVariants(f"A product has room for {MAX_VARIANTS} variants.", most=MAX_VARIANTS)
    _check_axes(product)
    _check_twins(product)
    if product.status == Status.ACTIVE and product.lacks:
        raise NotPublishable(_what_is_missing(product.lacks), missing=product.lacks)


def _check_axes(product: ProductState) -> None:
    axes = {tuple(option.axis for option in variant.options) for variant in product.variants}
    if len(axes) > 1:
        raise AxesDiffer(
            "All variants of a product differ in the same attributes.",
            axes=[list(each) for each in sorted(axes)],
        )


def _check_twins(product: ProductState) -> None:
    seen = Counter(variant.options for variant in product.variants)
    for options, count in seen.items():
        if count > 1:
            twins = [variant.sku for variant in product.variants if variant.options == options]
            raise TwinVariants(f"{', '.join(twins)} would have the same options.", skus=twins)


def _what_is_missing(missing: list[str]) -> str:
    if missing == ["active_variant"]:
        return "An active product needs an active variant."
    skus = [lack.removeprefix("price:") for lack in missing]
    return f"Without a price: {', '.join(skus)}."
