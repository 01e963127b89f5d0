"""Who may see and change the catalogue."""

from typing import Any

from rest_framework.request import Request
from rest_framework.views import APIView

from catalog_site.domain.errors import ProductNotFound
from catalog_site.domain.models import Status
from site_kit.http.caller import Caller
from site_kit.http.tokens import HasScope, PublicRead

WRITE, READ = "catalog:write", "catalog:read"

CatalogPermission: Any = PublicRead | HasScope(WRITE, to_read=READ)
"""Everybody reads what is public; `catalog:write` changes; `catalog:read` (or write) also sees what is not public."""


def sees_everything(request: Request) -> bool:
    """Whether the caller is an editor."""
    return isinstance(request.user, Caller) and bool({WRITE, READ} & request.user.scopes)


def require_editor(view: APIView, request: Request) -> None:
    """401 or 403 for anybody who may see active products only."""
    if not sees_everything(request):
        request.missing_scopes = [READ]  # type: ignore[attr-defined]  # named in the answer
        view.permission_denied(request)


def hide_unless_public(request: Request, status: str, asked: str) -> None:
    """To a guest a draft does not exist. Raises `ProductNotFound`."""
    if status != Status.ACTIVE and not sees_everything(request):
        raise ProductNotFound("There is no such product.", product=asked)
