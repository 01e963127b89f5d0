"""The words of the search are made anew, as after a change of the search's configuration."""

from collections.abc import Collection
from uuid import UUID

from django.db import transaction

from catalog_site.domain.listing import refresh_list_prices
from catalog_site.domain.models import Product
from catalog_site.domain.queries import product_states
from catalog_site.domain.search_words import refresh_search
from site_kit.messaging.locks import lock_rows


@transaction.atomic
def reindex_search(*, product_ids: Collection[UUID]) -> int:
    """Store the words and list prices of products anew; returns how many search entries were different.

    Safe to repeat. Products that went meanwhile are left out.
    """
    states = product_states(lock_rows({Product: product_ids})[Product])
    refresh_list_prices(list(states.values()))
    return refresh_search(list(states.values()))
