"""DRF's nested error details as a flat list: one entry per fault, with the path of its field."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

NON_FIELD = {"non_field_errors", "__all__"}


@dataclass(frozen=True, slots=True)
class FieldError:
    """One fault in a request. `field` is a path such as `lines[2].units`; empty means the body as a whole."""

    field: str
    code: str
    message: str


def flatten(detail: Any, path: str = "") -> Iterator[FieldError]:
    """Every fault in a `ValidationError.detail`, in the order of the fields."""
    if isinstance(detail, Mapping):
        for name, inner in detail.items():
            yield from flatten(inner, _below(path, name))
    elif isinstance(detail, (list, tuple)):
        for place, inner in enumerate(detail):
            # A list of texts belongs to the field itself, a list of mappings to its members.
            yield from flatten(inner, f"{path}[{place}]" if isinstance(inner, (Mapping, list)) else path)
    else:
        yield FieldError(path, str(getattr(detail, "code", None) or "invalid"), str(detail))


def _below(path: str, name: Any) -> str:
    if name in NON_FIELD:
        return path
    if isinstance(name, int):
        return f"{path}[{name}]"
    return f"{path}.{name}" if path else str(name)
