"""Variants and prices one by one; their ETag is their product's."""

from uuid import UUID

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from catalog_site.api.v1.documents import variant_document
from catalog_site.api.v1.drafts import variant_changes, variant_draft
from catalog_site.api.v1.etags import product_etag, require_product_match
from catalog_site.api.v1.permissions import CatalogPermission, hide_unless_public, sees_everything
from catalog_site.api.v1.serializers.variants import (
    PriceRequest,
    VariantPatchRequest,
    VariantPostRequest,
    VariantResponse,
)
from catalog_site.domain import queries
from catalog_site.domain.errors import VariantNotFound
from catalog_site.domain.operations.add_variant import add_variant
from catalog_site.domain.operations.delete_variant import delete_variant
from catalog_site.domain.operations.edit_variant import edit_variant
from catalog_site.domain.operations.set_prices import PriceWish, set_prices
from catalog_site.domain.state import ProductState
from site_kit.http.idempotency import idempotent
from site_kit.http.views import ApiView


class VariantAddView(ApiView):
    """The place to add a variant to a product."""

    permission_classes = (CatalogPermission,)

    @extend_schema(request=VariantPostRequest, responses={201: VariantResponse})
    @idempotent(required=False)
    def post(self, request: Request, product: str) -> Response:
        """Add a variant behind the others."""
        body = VariantPostRequest(data=request.data)
        body.is_valid(raise_exception=True)
        variant = add_variant(product_id=queries.find_product(product).id, draft=variant_draft(body.validated_data))
        return shown(queries.product_state(variant.product_id), variant.id, status=201)


class VariantView(ApiView):
    """One variant."""

    permission_classes = (CatalogPermission,)
    has_etag = True

    @extend_schema(responses=VariantResponse)
    def get(self, request: Request, variant_id: UUID) -> Response:
        """Show a variant; the public sees active variants of active products."""
        state = product_with(variant_id)
        hide_unless_public(request, state.status, str(variant_id))
        document = document_of(state, variant_id)
        if not document["active"] and not sees_everything(request):
            raise VariantNotFound("There is no such variant.", variant_id=str(variant_id))
        return self.conditional(product_etag(state), lambda: document)

    @extend_schema(request=VariantPatchRequest, responses=VariantResponse)
    @idempotent(required=False)
    def patch(self, request: Request, variant_id: UUID) -> Response:
        """Change some fields of a variant."""
        revision = require_product_match(request, product_with(variant_id))
        body = VariantPatchRequest(data=request.data)
        body.is_valid(raise_exception=True)
        changes = variant_changes(body.validated_data)
        edit_variant(variant_id=variant_id, changes=changes, expected_revision=revision)
        return shown(product_with(variant_id), variant_id)

    @extend_schema(responses={204: None})
    @idempotent(required=False)
    def delete(self, request: Request, variant_id: UUID) -> Response:
        """Remove a variant for ever."""
        revision = require_product_match(request, product_with(variant_id))
        delete_variant(variant_id=variant_id, expected_revision=revision)
        return Response(status=204)


class PriceView(ApiView):
    """The price of a variant in one currency."""

    permission_classes = (CatalogPermission,)

    @extend_schema(request=PriceRequest, responses=VariantResponse)
    @idempotent(required=False)
    def put(self, request: Request, variant_id: UUID, currency: str) -> Response:
        """Set the price."""
        revision = require_product_match(request, product_with(variant_id))
        body = PriceRequest(data=request.data)
        body.is_valid(raise_exception=True)
        wish = PriceWish(variant_id, currency, body.validated_data["amount"])
        set_prices(wishes=[wish], expected_revision=revision)
        return shown(product_with(variant_id), variant_id)

    @extend_schema(responses={204: None})
    @idempotent(required=False)
    def delete(self, request: Request, variant_id: UUID, currency: str) -> Response:
        """Take the price away."""
        revision = require_product_match(request, product_with(variant_id))
        set_prices(wishes=[PriceWish(variant_id, currency, None)], expected_revision=revision)
        return Response(status=204)


def product_with(variant_id: UUID) -> ProductState:
    """The product a variant belongs to. Raises `VariantNotFound`."""
    return queries.product_state(queries.find_variant(variant_id).product_id)


def document_of(state: ProductState, variant_id: UUID) -> dict[str, object]:
    """The variant's document out of its product."""
    return next(variant_document(state.id, variant) for variant in state.variants if variant.id == variant_id)


def shown(state: ProductState, variant_id: UUID, *, status: int = 200) -> Response:
    """The answer to a write: the variant in full, its product's tag, and where it is."""
    headers = {"ETag": product_etag(state)}
    if status == 201:
        headers["Location"] = f"/api/v1/variants/{variant_id}"
    return Response(document_of(state, variant_id), status=status, headers=headers)
