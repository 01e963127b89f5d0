"""`?fields=` and `?expand=`: a caller asks for less, or for a bounded more."""

from dataclasses import dataclass
from typing import Any, ClassVar

from rest_framework import serializers
from rest_framework.request import Request

from site_kit.http.query_faults import refuse_parameter


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the caller asked for; `fields` is None for everything. Queries read it to prefetch no more than needed."""

    fields: frozenset[str] | None = None
    expand: frozenset[str] = frozenset()

    def has(self, name: str) -> bool:
        """Whether a field will be in the answer (an expandable one only if it was asked for)."""
        return name in self.expand or self.fields is None or name in self.fields


class SparseFields(serializers.Serializer[Any]):
    """A response serializer whose fields can be chosen.

    Fields named in `EXPANDABLE` appear only when asked for by `?expand=`, at most `MAX_EXPAND` at once; those in
    `ALWAYS` cannot be left out. Pass `context={"wanted": wanted_of(request, Kind)}`; `ApiView.represented` does.
    """

    ALWAYS: ClassVar[frozenset[str]] = frozenset({"id"})
    EXPANDABLE: ClassVar[frozenset[str]] = frozenset()
    MAX_EXPAND: ClassVar[int] = 3

    def get_fields(self) -> dict[str, serializers.Field[Any, Any, Any, Any]]:
        """The fields that the caller wants."""
        fields: dict[str, Any] = super().get_fields()
        if "wanted" not in self.context and self._documents_itself():
            return fields
        wanted = self.context.get("wanted", Wanted()) if self._is_outermost() else Wanted()
        return {name: field for name, field in fields.items() if self._shows(name, wanted)}

    def _shows(self, name: str, wanted: Wanted) -> bool:
        if name in self.EXPANDABLE:
            return name in wanted.expand
        return wanted.fields is None or name in wanted.fields or name in self.ALWAYS

    def _is_outermost(self) -> bool:
        parent = self.parent
        return parent is None or (isinstance(parent, serializers.ListSerializer) and parent.parent is None)

    def _documents_itself(self) -> bool:
        """The schema generator instantiates without data and wants to see everything."""
        return self.instance is None and self._is_outermost()


def wanted_of(request: Request, kind: type[SparseFields]) -> Wanted:
    """What the query asks for. Raises `RequestRefused` (invalid_parameter, 400) naming what there is."""
    plain = frozenset(kind._declared_fields) - kind.EXPANDABLE
    fields = _names(request, "fields", plain)
    expand = _names(request, "expand", kind.EXPANDABLE) or frozenset()
    if len(expand) > kind.MAX_EXPAND:
        refuse_parameter("expand", f"At most {kind.MAX_EXPAND} at once.", code="too_many", max=kind.MAX_EXPAND)
    return Wanted(fields, expand)


def _names(request: Request, parameter: str, allowed: frozenset[str]) -> frozenset[str] | None:
    given = request.query_params.get(parameter)
    if given is None:
        return None
    listed = [name.strip() for name in given.split(",") if name.strip()]
    names = frozenset(listed)
    if not names:
        refuse_parameter(parameter, "Name at least one, or leave it out.", code="empty")
    if len(names) < len(listed):
        refuse_parameter(parameter, "Name each once.", code="repeated")
    if unknown := sorted(names - allowed):
        there_are = ", ".join(sorted(allowed)) or "none"
        refuse_parameter(
            parameter,
            f"No «{unknown[0][:100]}». There are: {there_are}.",
            code="unknown_field",
            allowed=sorted(allowed),
        )
    return names
