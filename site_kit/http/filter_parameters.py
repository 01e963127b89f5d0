"""Filters as OpenAPI parameters, read from the form fields that judge their values."""

from collections.abc import Iterator, Mapping
from typing import Any

from django import forms
from django_filters import MultipleChoiceFilter
from django_filters.fields import IsoDateTimeField

# The nearest base class counts.
TYPES: Mapping[type[forms.Field], Mapping[str, Any]] = {
    forms.UUIDField: {"type": "string", "format": "uuid"},
    forms.IntegerField: {"type": "integer"},
    forms.DecimalField: {"type": "number"},
    forms.FloatField: {"type": "number"},
    forms.NullBooleanField: {"type": "boolean"},
    forms.BooleanField: {"type": "boolean"},
    IsoDateTimeField: {"type": "string", "format": "date-time"},
    forms.DateTimeField: {"type": "string", "format": "date-time"},
    forms.DateField: {"type": "string", "format": "date"},
    forms.EmailField: {"type": "string", "format": "email"},
    forms.Field: {"type": "string"},
}


def parameter_names(name: str, kind: Any) -> list[str]:
    """The query parameters that one filter reads: its own name, or one for each end of a range."""
    suffixes = getattr(kind.field.widget, "suffixes", None)
    return [f"{name}_{suffix}" if suffix else name for suffix in suffixes] if suffixes else [name]


def filter_parameters(filterset: Any) -> Iterator[dict[str, Any]]:
    """Every filter of a FilterSet as OpenAPI."""
    for name, kind in filterset.base_filters.items():
        for parameter in parameter_names(name, kind):
            yield _parameter(parameter, kind)


def _parameter(name: str, kind: Any) -> dict[str, Any]:
    said: dict[str, Any] = {"name": name, "in": "query", "schema": _schema(kind)}
    if description := kind.extra.get("help_text") or "":
        said["description"] = str(description)
    if kind.extra.get("required"):
        said["required"] = True
    return said | ({"explode": True, "style": "form"} if isinstance(kind, MultipleChoiceFilter) else {})


def _schema(kind: Any) -> dict[str, Any]:
    one = {**_type_of(kind.field), **_bounds(kind.field), **_choices(kind)}
    return {"type": "array", "items": one} if isinstance(kind, MultipleChoiceFilter) else one


def _type_of(field: forms.Field) -> Mapping[str, Any]:
    one = field.fields[0] if isinstance(field, forms.MultiValueField) else field
    return next(TYPES[base] for base in type(one).__mro__ if base in TYPES)


def _bounds(field: Any) -> dict[str, Any]:
    limits = {"minimum": "min_value", "maximum": "max_value", "minLength": "min_length", "maxLength": "max_length"}
    found = {word: getattr(field, attribute, None) for word, attribute in limits.items()}
    return {word: value for word, value in found.items() if isinstance(value, int)}


def _choices(kind: Any) -> dict[str, Any]:
    choices = kind.extra.get("choices")
    # Choices that a function finds may need the database, and change without a new version of the API.
    return {"enum": [value for value, _ in choices]} if choices and not callable(choices) else {}
