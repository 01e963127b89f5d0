"""The page after login: the numbers that matter today, then everything there is."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.module_loading import import_string

from site_kit.backoffice.cards import Card


def start_page(request: HttpRequest, context: dict[str, Any]) -> dict[str, Any]:
    """Unfold's DASHBOARD_CALLBACK: adds the site's cards that this person may see."""
    cards: list[Card] = list(import_string(settings.BACKOFFICE["START_PAGE"])(request))
    seen = [card for card in cards if not card.needs or request.user.has_perm(card.needs)]
    return {**context, "cards": seen}
