"""Serializers for request bodies: what they do not declare, they refuse."""

from collections.abc import Mapping
from typing import Any

from rest_framework import serializers
from rest_framework.exceptions import ErrorDetail, ValidationError

from site_kit.http.promises import promise


class StrictSerializer(serializers.Serializer[Any]):
    """A request body: an unknown field, or one that is read-only, is refused by its name and path.

    Serializers inside must be strict too: `TypeError` at the first use, so that no level lets anything slip by.
    """

    def get_fields(self) -> dict[str, serializers.Field[Any, Any, Any, Any]]:
        """The declared fields."""
        fields: dict[str, Any] = super().get_fields()
        for name, field in fields.items():
            inner = getattr(field, "child", field)
            if isinstance(inner, serializers.BaseSerializer) and not isinstance(inner, StrictSerializer):
                raise TypeError(
                    f"{type(self).__name__}.{name} lets unknown fields through: make it a StrictSerializer."
                )
        return fields

    def to_internal_value(self, data: Any) -> Any:
        """Validated data. Raises `ValidationError` with the unknown fields beside all other faults."""
        unknown = unknown_fields(self, data) if isinstance(data, Mapping) else {}
        try:
            value = super().to_internal_value(data)
        except ValidationError as fault:
            if not unknown or not isinstance(fault.detail, dict):
                raise
            raise ValidationError({**fault.detail, **unknown}) from None
        if unknown:
            raise ValidationError(unknown)
        return value


@promise("unknown_body_fields_refused", broken={})
def unknown_fields(serializer: StrictSerializer, data: Mapping[Any, Any]) -> dict[str, list[ErrorDetail]]:
    """A fault for every key of the body that is no writable field."""
    writable = {name for name, field in serializer.fields.items() if not field.read_only}
    known = ", ".join(sorted(writable))
    return {
        str(name)[:100]: [ErrorDetail(f"There is no such field here. There are: {known}.", code="unknown_field")]
        for name in data
        if name not in writable
    }
