"""The toy shop has no pages."""

from typing import Any

urlpatterns: list[Any] = []
