"""OpenAPI 3.1 from the code: what drf-spectacular reads of a view, and what it cannot know."""

import hashlib
from collections.abc import Iterator
from functools import cache
from typing import Any, cast

from drf_spectacular.drainage import GENERATOR_STATS
from drf_spectacular.extensions import OpenApiAuthenticationExtension
from drf_spectacular.generators import SchemaGenerator
from drf_spectacular.openapi import AutoSchema
from drf_spectacular.utils import OpenApiParameter
from rest_framework import serializers

from site_kit.http.deprecation import Deprecation, deprecations
from site_kit.http.fields import SparseFields
from site_kit.http.filter_parameters import filter_parameters
from site_kit.http.openapi_parts import (
    HEADERS,
    NAMES,
    chosen,
    header_refs,
    idempotency_key,
    if_match,
    if_none_match,
    problem_ref,
    problem_response,
)
from site_kit.http.problem import MEDIA_TYPE
from site_kit.http.problems import ProblemResponse
from site_kit.http.renderers import dumped
from site_kit.http.scopes import open_to_guests, scopes_of
from site_kit.http.serializers import StrictSerializer
from site_kit.http.views import SAFE, ApiListView, ApiView

CHANGING = {"PUT", "PATCH", "DELETE"}
Endpoint = tuple[str, str, str, Any]


class IncompleteDescription(Exception):  # noqa: N818 - names what is incomplete
    """The API cannot be described in full; the message lists what drf-spectacular complained of."""


class ApiSchema(AutoSchema):
    """What one view says of itself."""

    def get_override_parameters(self) -> list[Any]:
        """Headers and query parameters that follow from the view's declarations."""
        return [*super().get_override_parameters(), *self._headers(), *self._query()]

    def get_auth(self) -> list[dict[str, Any]]:
        """The token with the scopes it needs; an empty requirement where guests may read."""
        super().get_auth()  # registers the scheme
        if open_to_guests(self.view, self.method, self.path):
            return [{"bearer": []}, {}]
        return [{"bearer": scopes_of(self.view, self.method)}]

    def get_summary(self) -> str | None:
        """The first line of the method's docstring."""
        return super().get_summary() or self._doc()[0].rstrip(".") or None

    def get_description(self) -> str:  # type: ignore[override]  # as spectacular does
        """The rest of it."""
        return "\n".join(self._doc()[1:]).strip()

    def get_serializer_name(self, serializer: Any, direction: str) -> str:
        """The class's name; spectacular adds «Request» to request bodies, which may be called that already."""
        name = str(super().get_serializer_name(serializer, cast(Any, direction)))
        return name.removesuffix("Request") if direction == "request" else name

    def get_paginated_name(self, serializer_name: str) -> str:
        """ProductResponse → ProductPage."""
        return f"{serializer_name.removesuffix('Response')}Page"

    def is_deprecated(self) -> bool:
        """Whether the operation is declared to end."""
        return self._deprecation() is not None or bool(super().is_deprecated())

    def get_extensions(self) -> dict[str, Any]:
        """`x-sunset` for an operation that ends."""
        known = self._deprecation()
        return {**super().get_extensions(), **({"x-sunset": known.sunset.isoformat()} if known else {})}

    def _deprecation(self) -> Deprecation | None:
        return deprecations().get(self.get_operation_id())

    def _doc(self) -> list[str]:
        return str(super().get_description() or "").splitlines() or [""]

    def _handler(self) -> Any:
        return getattr(self.view, self.method.lower())

    def _idempotency(self) -> str:
        return str(getattr(self._handler(), "idempotency", ""))

    def _is_conditional(self) -> bool:
        return self.method in CHANGING and self.method not in getattr(self.view, "unconditional", ())

    def _headers(self) -> Iterator[OpenApiParameter]:
        if self._idempotency():
            yield idempotency_key(required=self._idempotency() == "required")
        if self._is_conditional():
            yield if_match()
        if self.method == "GET" and getattr(self.view, "has_etag", False):
            yield if_none_match()

    def _query(self) -> Iterator[OpenApiParameter]:
        if self.method not in SAFE or not isinstance(self.view, ApiView):
            return
        yield from self.view.parameters
        sparse = self.view.sparse
        if sparse is not None:
            yield chosen("fields", set(sparse._declared_fields) - sparse.EXPANDABLE, "Only these fields")
            if sparse.EXPANDABLE:
                yield chosen("expand", sparse.EXPANDABLE, "These as well", most=sparse.MAX_EXPAND)

    def _get_filter_parameters(self) -> list[dict[str, Any]]:
        if not isinstance(self.view, ApiListView):
            parent: Any = super()
            return list(parent._get_filter_parameters())
        filterset = getattr(self.view, "filterset_class", None)
        return list(filter_parameters(filterset)) if filterset and self.method == "GET" else []

    def _is_list_view(self, serializer: Any = None) -> bool:
        if isinstance(self.view, ApiListView):
            return self.method == "GET"
        return bool(super()._is_list_view(serializer))

    def _get_response_for_code(
        self, serializer: Any, status_code: str, media_types: Any = None, direction: str = "response"
    ) -> dict[str, Any]:
        is_problem = serializer is ProblemResponse
        types = [MEDIA_TYPE] if is_problem else media_types
        parent: Any = super()
        made = parent._get_response_for_code(serializer, status_code, types, direction)
        if is_problem:
            made["description"] = made["description"] or "Problem."
        return cast(dict[str, Any], made)

    def _get_response_bodies(self, direction: Any = "response") -> dict[str, Any]:
        bodies = super()._get_response_bodies(direction)
        for status, body in bodies.items():
            if status.startswith("2"):
                body.setdefault("headers", {}).update(header_refs(self._success_headers()))
        self.resolve_serializer(cast(type[serializers.Serializer[Any]], ProblemResponse), "response")
        shared = {status: problem_ref(status) for status in self._problems() if status not in bodies}
        unchanged = {"304": {"description": "Not modified."}} if getattr(self.view, "has_etag", False) else {}
        return dict(sorted({**bodies, **shared, **(unchanged if self.method == "GET" else {})}.items()))

    def _success_headers(self) -> list[str]:
        names = ["X-Request-ID", "RateLimit-Limit", "RateLimit-Remaining", "RateLimit-Reset"]
        names += ["ETag"] if getattr(self.view, "has_etag", False) or self._is_conditional() else []
        names += ["Idempotency-Replayed"] if self._idempotency() else []
        return names + (["Deprecation", "Sunset"] if self._deprecation() else [])

    def _problems(self) -> Iterator[str]:
        yield from ("400", "401", "406", "429", "500", "503", "508")
        if scopes_of(self.view, self.method) and not open_to_guests(self.view, self.method, self.path):
            yield "403"
        if "{" in self.path:
            yield "404"
        if self.method not in SAFE:
            yield from ("411", "413", "415")
        if self._idempotency():
            yield from ("409", "422")
        if self._is_conditional():
            yield from ("412", "428")

    def _map_serializer_field(self, field: Any, direction: Any, bypass_extensions: bool = False) -> dict[str, Any]:
        parent: Any = super()
        made: dict[str, Any] = parent._map_serializer_field(field, direction, bypass_extensions)
        if isinstance(field, serializers.DecimalField) and "pattern" in made:
            made["pattern"] = decimal_pattern(field)  # spectacular's admits the empty text
        return made

    def _postprocess_serializer_schema(self, schema: dict[str, Any], serializer: Any, direction: str) -> dict[str, Any]:
        parent: Any = super()
        made: dict[str, Any] = parent._postprocess_serializer_schema(schema, serializer, direction)
        if isinstance(serializer, StrictSerializer) and direction == "request":
            made["additionalProperties"] = False
        if isinstance(serializer, SparseFields) and direction == "response":
            # With ?fields= the others may be absent.
            always = sorted(name for name in serializer.ALWAYS if name in made.get("properties", {}))
            made.pop("required", None)
            made |= {"required": always} if always else {}
        return made


def decimal_pattern(field: Any) -> str:
    """What a decimal looks like as text, with no more digits than the field takes."""
    places = field.decimal_places
    whole = "+" if field.max_digits is None or places is None else f"{{1,{max(1, field.max_digits - places)}}}"
    fraction = r"(\.\d+)?" if places is None else rf"(\.\d{{1,{places}}})?" if places else ""
    sign = "" if field.min_value is not None and field.min_value >= 0 else "-?"
    return rf"^{sign}\d{whole}{fraction}$"


class BearerScheme(OpenApiAuthenticationExtension):  # type: ignore[no-untyped-call]  # registers itself
    """How the document calls our tokens."""

    target_class = "site_kit.http.tokens.BearerTokenAuthentication"
    name = "bearer"

    def get_security_definition(self, auto_schema: Any) -> dict[str, Any]:
        """HTTP bearer, JWT."""
        return {
            "type": "http",
            "scheme": "bearer",
            "bearerFormat": "JWT",
            "description": "A token of the platform; the scopes an operation needs stand beside it.",
        }


def only_the_api(endpoints: list[Endpoint], **_: Any) -> list[Endpoint]:
    """Spectacular's preprocessing hook: what lies below /api/, without the description of itself."""
    return [one for one in endpoints if one[0].startswith("/api/") and one[0] != "/api/v1/docs"]


def finish(result: dict[str, Any], generator: SchemaGenerator, **_: Any) -> dict[str, Any]:
    """Spectacular's postprocessing hook: the shared responses and headers that something refers to."""
    components = result.setdefault("components", {})
    used = {
        body["$ref"].rsplit("/", 1)[-1]
        for path in result["paths"].values()
        for operation in path.values()
        for body in operation["responses"].values()
        if "$ref" in body
    }
    components["responses"] = {name: problem_response(status) for status, name in NAMES.items() if name in used}
    components["headers"] = HEADERS
    return result


def _generated() -> dict[str, Any]:
    generator: Any = SchemaGenerator()  # type: ignore[no-untyped-call]  # spectacular types its surface only
    document: dict[str, Any] = generator.get_schema(request=None, public=True)
    return document


def current_document() -> dict[str, Any]:
    """The OpenAPI document of the running code, for the drift check.

    Raises `IncompleteDescription` if anything in it had to be guessed.
    """
    GENERATOR_STATS.reset()
    with GENERATOR_STATS.silence():
        document = _generated()
        complaints = [*GENERATOR_STATS._warn_cache, *GENERATOR_STATS._error_cache]
    if complaints:
        raise IncompleteDescription("\n".join(complaints))
    return document


@cache
def document_bytes() -> bytes:
    """The document as JSON, made once per process."""
    with GENERATOR_STATS.silence():
        return dumped(_generated())


@cache
def document_etag() -> str:
    """The document's tag."""
    return f'"{hashlib.sha256(document_bytes()).hexdigest()[:24]}"'
