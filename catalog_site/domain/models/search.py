"""What the full-text search looks through."""

from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models

from catalog_site.domain.models.product import Product


class SearchEntry(models.Model):
    """The words of one product, weighted: name and SKUs A, brand B, options and categories C, description D.

    Beside the product, not in it: product rows stay narrow, and an edit that changes no word writes no index.
    """

    product = models.OneToOneField(Product, models.CASCADE, primary_key=True, related_name="search_entry")
    words = SearchVectorField()
    spelling = models.TextField()

    class Meta:
        verbose_name_plural = "search entries"
        indexes = (
            GinIndex(fields=["words"], name="search_words"),
            GinIndex(fields=["spelling"], opclasses=["gin_trgm_ops"], name="search_spelling"),
        )

    def __str__(self) -> str:
        return str(self.product_id)
