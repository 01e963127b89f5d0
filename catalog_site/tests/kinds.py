"""What fixtures give to tests, by type."""

from collections.abc import Callable
from typing import Any

from django.test import Client

from site_kit.messaging.testing import Ear
from site_kit.testing.api_client import Api

__all__ = ["Api", "Client", "Ear", "QueryLog", "Staff", "Told"]

Told = Callable[[], list[Any]]
Staff = Callable[..., Client]
QueryLog = Callable[[], Any]
