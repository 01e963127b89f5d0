"""The toy shop's back office: the bridge's windows and nothing else."""

from collections.abc import Mapping, Sequence

from django.http import HttpRequest

from site_kit.backoffice.cards import Card
from site_kit.messaging.cards import messaging_cards

ROLES: Mapping[str, Sequence[str]] = {"auditor": ("*.view_*",), "platform_operator": ("messaging.*",)}


def cards(request: HttpRequest) -> Sequence[Card]:
    """How the bridge does."""
    return messaging_cards()
