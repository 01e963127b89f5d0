"""RFC 9457 problems: the one form of every answer that is a no or a fault (what sites import)."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpResponse
from drf_spectacular.utils import extend_schema_serializer
from rest_framework import serializers

from site_kit.http.field_errors import FieldError
from site_kit.http.problem import MEDIA_TYPE, Problem, RequestRefused
from site_kit.http.problem_codes import CODES
from site_kit.http.translation import answered

__all__ = ["CODES", "MEDIA_TYPE", "FieldError", "Problem", "ProblemResponse", "RequestRefused", "exception_handler"]


def exception_handler(exc: Exception, context: Mapping[str, Any]) -> HttpResponse:
    """DRF's EXCEPTION_HANDLER: any exception as problem+json; never a stack trace, never SQL."""
    return answered(exc, request=context.get("request"))


class FieldErrorResponse(serializers.Serializer[Any]):
    """One fault in the request."""

    field = serializers.CharField(help_text="Path such as `lines[2].units`; empty: the body as a whole.")
    code = serializers.CharField(help_text="Stable, for programs.")
    message = serializers.CharField(help_text="For people; may change.")


@extend_schema_serializer(component_name="Problem")
class ProblemResponse(serializers.Serializer[Any]):
    """A no or a fault (RFC 9457)."""

    type = serializers.CharField(help_text="A URI made of the code.")
    title = serializers.CharField()
    status = serializers.IntegerField()
    detail = serializers.CharField(help_text="For people; may change.")
    code = serializers.CharField(help_text="Stable, for programs.")
    request_id = serializers.CharField(help_text="The correlation id of the logs and events.")
    errors = FieldErrorResponse(many=True, required=False)  # type: ignore[assignment]  # a field, not Serializer.errors
    details = serializers.DictField(required=False, help_text="Facts of a refusal, such as what is left.")
