"""Keeping the search's words true, and asking for them."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from uuid import UUID

from django.db import connection

from catalog_site.domain.drafts import OptionChoice
from catalog_site.domain.state import ProductState

UPSERT = """
INSERT INTO catalog_searchentry (product_id, words, spelling)
SELECT w.product_id,
       setweight(to_tsvector('catalog_stems', w.a) || to_tsvector('catalog_words', w.a), 'A')
    || setweight(to_tsvector('catalog_words', w.b), 'B')
    || setweight(to_tsvector('catalog_stems', w.c) || to_tsvector('catalog_words', w.c), 'C')
    || setweight(to_tsvector('catalog_stems', w.d), 'D'),
       left(lower(public.unaccent(w.spelling)), 400)
FROM unnest(%s::uuid[], %s::text[], %s::text[], %s::text[], %s::text[], %s::text[])
     AS w(product_id, a, b, c, d, spelling)
ORDER BY w.product_id
ON CONFLICT (product_id) DO UPDATE SET words = excluded.words, spelling = excluded.spelling
WHERE (catalog_searchentry.words, catalog_searchentry.spelling) IS DISTINCT FROM (excluded.words, excluded.spelling)
"""


@dataclass(frozen=True, slots=True)
class Words:
    """What a product can be found by, strongest first: name and SKUs, brand, variants, description."""

    a: str
    b: str
    c: str
    d: str
    spelling: str

    @classmethod
    def of(cls, product: ProductState) -> "Words":
        """The words of a product."""
        skus = [variant.sku for variant in product.variants]
        variants = [_variant_words(variant.name, variant.options) for variant in product.variants]
        return cls(
            a=" ".join([product.name, *skus]),
            b=product.brand,
            c=" ".join(variants),
            d=product.description,
            spelling=f"{product.name} {product.brand}",
        )


def _variant_words(name: str, options: Iterable[OptionChoice]) -> str:
    return " ".join([name, *(option.value.replace("-", " ") for option in options)])


def refresh_search(products: Collection[ProductState]) -> int:
    """Store the words of products; returns how many entries changed. Safe to repeat."""
    if not products:
        return 0
    words = {product.id: Words.of(product) for product in products}
    with connection.cursor() as cursor:
        cursor.execute(UPSERT, _columns(words))
        return int(cursor.rowcount)


def _columns(words: dict[UUID, Words]) -> list[list[object]]:
    rows = list(words.values())
    return [
        list(words),
        [row.a for row in rows],
        [row.b for row in rows],
        [row.c for row in rows],
        [row.d for row in rows],
        [row.spelling for row in rows],
    ]
