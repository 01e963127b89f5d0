"""Asking the search."""

import re
from uuid import UUID

from django.contrib.postgres.search import SearchQuery, SearchRank
from django.db import connection, transaction
from django.db.models import Case, F, IntegerField, Q, Value, When
from django.db.models.functions import Cast

from catalog_site.domain.listing_queries import Rows, product_cards
from catalog_site.domain.models import SearchEntry, Variant

MAX_WORDS = 10
RANK_STEPS = 1_000_000
LIKENESS = 0.45

SIMILAR = """
SELECT product_id, (public.word_similarity(asked.text, entry.spelling) * 1000000)::int AS likeness
FROM catalog_searchentry AS entry, (SELECT lower(public.unaccent(%s)) AS text) AS asked
WHERE asked.text OPERATOR(public.<%%) entry.spelling
ORDER BY likeness DESC, product_id LIMIT %s
"""


def search_products(text: str) -> Rows:
    """Products that match a text, with `exact` (a SKU or barcode is just that: 1, else 0) and `rank` to order by.

    Takes what people type: words, "phrases", -without, or; the last word may be incomplete. The rank is a whole
    number, so that a page can begin exactly behind it.
    """
    exact = _exactly(text)
    asked = _query(text)
    matching = SearchEntry.objects.filter(words=asked).values("product_id")
    rank = Cast(SearchRank(F("search_entry__words"), asked) * RANK_STEPS, IntegerField())
    return (
        product_cards()
        .filter(Q(id__in=matching) | Q(id__in=exact) if exact else Q(id__in=matching))
        .annotate(
            exact=Case(When(id__in=exact, then=Value(1)), default=Value(0), output_field=IntegerField()), rank=rank
        )
    )


def similar_products(text: str, *, most: int) -> list[UUID]:
    """Products whose name or brand is spelled much like a text, most alike first: for when nothing matches."""
    with transaction.atomic(), connection.cursor() as cursor:  # the threshold holds until the transaction ends
        cursor.execute("SELECT set_config('pg_trgm.word_similarity_threshold', %s, true)", [str(LIKENESS)])
        cursor.execute(SIMILAR, [text, most])
        return [product_id for product_id, _ in cursor.fetchall()]


def is_plain(text: str) -> bool:
    """Whether a text is just words: no phrase, no exclusion, no alternative."""
    return not re.search(r'"|(^|\s)-|\bor\b', text, re.IGNORECASE)


def _exactly(text: str) -> list[UUID]:
    word = text.strip()
    found = Variant.objects.filter(Q(sku__iexact=word) | Q(barcode=word) if word.isdigit() else Q(sku__iexact=word))
    return list(found.order_by().values_list("product_id", flat=True).distinct())


def _query(text: str) -> SearchQuery:
    """Stems, plain words, and plain words of which the last one is only begun."""
    asked = SearchQuery(text, config="catalog_stems", search_type="websearch")
    asked |= SearchQuery(text, config="catalog_words", search_type="websearch")
    words = re.findall(r"\w+", text)[:MAX_WORDS]
    if words and is_plain(text):
        begun = " & ".join([f"'{word}'" for word in words[:-1]] + [f"'{words[-1]}':*"])
        asked |= SearchQuery(begun, config="catalog_words", search_type="raw")
    return asked
