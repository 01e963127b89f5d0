"""Attributes (axes) and their options, by their codes."""

from collections.abc import Mapping
from typing import ClassVar

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from catalog_site.api.v1.documents import attribute_document
from catalog_site.api.v1.permissions import CatalogPermission
from catalog_site.api.v1.serializers.shelves import (
    AttributePatchRequest,
    AttributePostRequest,
    AttributeResponse,
    OptionPutRequest,
)
from catalog_site.domain.models import Attribute
from catalog_site.domain.operations.arrange_attributes import (
    create_attribute,
    delete_attribute,
    delete_option,
    edit_attribute,
    put_option,
)
from catalog_site.domain.queries import find_attribute
from site_kit.http.idempotency import idempotent
from site_kit.http.preconditions import etag_for, require_match
from site_kit.http.views import ApiListView, ApiView


class AttributeListView(ApiListView):
    """All axes with their options."""

    permission_classes = (CatalogPermission,)
    serializer_class = AttributeResponse
    orderings: ClassVar[Mapping[str, tuple[str, ...]]] = {"position": ("position", "code"), "code": ("code",)}
    default_ordering = "position"

    @extend_schema(responses=AttributeResponse)
    def get(self, request: Request) -> Response:
        """List attributes."""
        return self.listed(
            Attribute.objects.prefetch_related("options"),
            show=lambda rows: [attribute_document(row, row.options.all()) for row in rows],
        )

    @extend_schema(request=AttributePostRequest, responses={201: AttributeResponse})
    @idempotent(required=False)
    def post(self, request: Request) -> Response:
        """Create an attribute."""
        body = AttributePostRequest(data=request.data)
        body.is_valid(raise_exception=True)
        return shown(create_attribute(**body.validated_data), status=201)


class AttributeView(ApiView):
    """One axis."""

    permission_classes = (CatalogPermission,)
    has_etag = True

    @extend_schema(responses=AttributeResponse)
    def get(self, request: Request, code: str) -> Response:
        """Show an attribute with its options."""
        row = find_attribute(code)
        return self.conditional(etag_for(row.revision), lambda: attribute_document(row, row.options.all()))

    @extend_schema(request=AttributePatchRequest, responses=AttributeResponse)
    @idempotent(required=False)
    def patch(self, request: Request, code: str) -> Response:
        """Rename or reorder an attribute; its code never changes."""
        row = find_attribute(code)
        require_match(request, etag_for(row.revision))
        body = AttributePatchRequest(data=request.data)
        body.is_valid(raise_exception=True)
        return shown(edit_attribute(code=code, changes=body.validated_data, expected_revision=row.revision))

    @extend_schema(responses={204: None})
    @idempotent(required=False)
    def delete(self, request: Request, code: str) -> Response:
        """Delete an attribute that no variant has, with its options."""
        row = find_attribute(code)
        require_match(request, etag_for(row.revision))
        delete_attribute(code=code, expected_revision=row.revision)
        return Response(status=204)


class OptionView(ApiView):
    """One option; its ETag is its attribute's."""

    permission_classes = (CatalogPermission,)

    @extend_schema(request=OptionPutRequest, responses=AttributeResponse)
    @idempotent(required=False)
    def put(self, request: Request, code: str, option: str) -> Response:
        """Make an option, or rename or reorder it."""
        row = find_attribute(code)
        require_match(request, etag_for(row.revision))
        body = OptionPutRequest(data=request.data)
        body.is_valid(raise_exception=True)
        put_option(attribute_code=code, code=option, expected_revision=row.revision, **body.validated_data)
        return shown(find_attribute(code))

    @extend_schema(responses={204: None})
    @idempotent(required=False)
    def delete(self, request: Request, code: str, option: str) -> Response:
        """Delete an option that no variant has."""
        row = find_attribute(code)
        require_match(request, etag_for(row.revision))
        delete_option(attribute_code=code, code=option, expected_revision=row.revision)
        return Response(status=204)


def shown(attribute: Attribute, *, status: int = 200) -> Response:
    """The answer to a write."""
    headers = {"ETag": etag_for(attribute.revision)}
    if status == 201:
        headers["Location"] = f"/api/v1/attributes/{attribute.code}"
    return Response(attribute_document(attribute, attribute.options.all()), status=status, headers=headers)
