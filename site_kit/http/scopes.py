"""What a caller may do: scopes in the token, and reads that are open to everybody."""

from typing import Any

from rest_framework.permissions import AllowAny, BasePermission, OperandHolder
from rest_framework.request import Request

from site_kit.http.caller import Caller
from site_kit.http.options import options
from site_kit.http.promises import promise

SAFE_METHODS = {"GET", "HEAD", "OPTIONS"}


class ScopePermission(BasePermission):
    """Made by `HasScope`."""

    scope: str = ""
    to_read: str = ""

    def has_permission(self, request: Request, view: Any) -> bool:
        """Whether the caller's token carries the scope; the lack is remembered for the answer."""
        return may(request, self.scope_for(request.method))

    @classmethod
    def scope_for(cls, method: str | None) -> str:
        """The scope that a method needs."""
        return cls.to_read if method in SAFE_METHODS else cls.scope


def HasScope(scope: str, *, to_read: str = "") -> type[ScopePermission]:  # noqa: N802 - stands where DRF wants a class
    """A permission class: the token must carry `scope`, such as "catalog:write"; `to_read` suffices for GET.

    Combine permissions with `|` and `&`.
    """
    names = {"scope": scope, "to_read": to_read or scope, "__doc__": f"Needs the scope {scope}."}
    return type("ScopePermission", (ScopePermission,), names)


class PublicRead(BasePermission):
    """Everybody may GET below HTTP["PUBLIC_READS"]; anything else is for the permission it is combined with.

    `permission_classes = [PublicRead | HasScope("catalog:write")]`
    """

    def has_permission(self, request: Request, view: Any) -> bool:
        """Whether this is a read of a public address."""
        return request.method in SAFE_METHODS and is_public(request.path)


def is_public(path: str) -> bool:
    """Whether a guest may read this path."""
    return any(path == prefix or path.startswith(f"{prefix}/") for prefix in options().public_reads)


def scopes_of(view: Any, method: str) -> list[str]:
    """Every scope that a view's permissions name for a method, for its documentation."""
    found: set[str] = set()
    waiting = list(view.permission_classes)
    while waiting:
        kind = waiting.pop()
        if isinstance(kind, OperandHolder):
            waiting += [kind.op1_class, kind.op2_class]
        elif isinstance(kind, type) and issubclass(kind, ScopePermission):
            found.add(kind.scope_for(method))
    return sorted(found)


def open_to_guests(view: Any, method: str, path: str) -> bool:
    """Whether the documentation may say that this operation needs no token."""
    kinds = view.permission_classes
    reads = any(kind is PublicRead or getattr(kind, "op1_class", None) is PublicRead for kind in kinds)
    return (reads and method in SAFE_METHODS and is_public(path)) or AllowAny in kinds


@promise("scopes_are_needed", broken=True)
def may(request: Request, scope: str) -> bool:
    """Whether the caller has the scope."""
    if not isinstance(request.user, Caller):
        return False
    if scope in request.user.scopes:
        return True
    request.missing_scopes = [*getattr(request, "missing_scopes", ()), scope]
    return False
