"""What inventory has to have heard before anything can be counted: products of the catalog, and a location."""

from uuid import UUID, uuid5

LOCATION = "CONFORMANCE"
PRODUCTS = 300
_NAMES = UUID("5b8a3e0c-9d2f-4c1e-8a77-0d6f2b3c4e51")


def product_id(number: int) -> UUID:
    """A product that is known."""
    return uuid5(_NAMES, f"product {number}")


def variant_id(number: int) -> UUID:
    """Its one variant."""
    return uuid5(_NAMES, f"variant {number}")


def take_over_products() -> None:
    """Have them, by the site's own operations; in a process of the site, once per database."""
    from inventory_site.domain.operations.arrange_locations import open_location
    from inventory_site.domain.operations.copy_products import ProductCopy, VariantCopy, copy_products

    copy_products(
        products=[
            ProductCopy(
                product_id(n), 1, f"Product {n}", "active", (VariantCopy(variant_id(n), f"S-{n}", "", "", True),)
            )
            for n in range(PRODUCTS)
        ]
    )
    open_location(code=LOCATION, name="Where conformance is tested")
