"""The nouns of the catalog, where Django looks for them."""

from catalog_site.domain.models.attribute import Attribute, AttributeOption
from catalog_site.domain.models.category import Category
from catalog_site.domain.models.price import ListPrice, Price
from catalog_site.domain.models.product import Product, ProductCategory, Status
from catalog_site.domain.models.search import SearchEntry
from catalog_site.domain.models.stock import VariantStock
from catalog_site.domain.models.variant import Variant, VariantOption

__all__ = [
    "Attribute",
    "AttributeOption",
    "Category",
    "ListPrice",
    "Price",
    "Product",
    "ProductCategory",
    "SearchEntry",
    "Status",
    "Variant",
    "VariantOption",
    "VariantStock",
]
