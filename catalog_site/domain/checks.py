"""System checks: what the settings must have right for this site."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, register

from catalog_site.domain.money import CURRENCY_DECIMALS


@register()
def check_currencies(**_: Any) -> Sequence[CheckMessage]:
    """catalog.E001: a currency of the shop that nobody can pay in."""
    unknown = sorted(set(settings.CATALOG_CURRENCIES) - CURRENCY_DECIMALS.keys())
    if not unknown and settings.CATALOG_CURRENCIES:
        return []
    named = ", ".join(unknown) or "nothing"
    return [Error(f"CATALOG_CURRENCIES names {named}.", hint="Name ISO 4217 codes such as EUR.", id="catalog.E001")]


@register()
def check_pictures_folder(**_: Any) -> Sequence[CheckMessage]:
    """catalog.E002: pictures would lie where a process is started, and be lost."""
    folder: Path = settings.CATALOG_PICTURES_DIR
    if folder.is_absolute():
        return []
    hint = "Give CATALOG_PICTURES_DIR (or CATALOG_STATE_DIR) as a path from the root."
    return [Error(f"The pictures folder {folder} is relative.", hint=hint, id="catalog.E002")]
