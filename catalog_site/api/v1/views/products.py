"""Products: listed, searched, shown, made, changed, removed."""

from collections.abc import Mapping
from typing import Any, ClassVar

from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from catalog_site.api.v1.documents import card_documents, category_names, only, product_document, variant_documents
from catalog_site.api.v1.drafts import product_changes, product_draft
from catalog_site.api.v1.etags import product_etag, require_product_match
from catalog_site.api.v1.filters import ANY, ProductFilters
from catalog_site.api.v1.permissions import (
    CatalogPermission,
    hide_unless_public,
    require_editor,
    sees_everything,
)
from catalog_site.api.v1.serializers.products import (
    ProductCard,
    ProductDetail,
    ProductPatchRequest,
    ProductPostRequest,
    ProductPutRequest,
)
from catalog_site.domain import listing_queries, queries
from catalog_site.domain.models import Product, Status
from catalog_site.domain.operations.create_product import create_product
from catalog_site.domain.operations.delete_product import delete_product
from catalog_site.domain.operations.edit_product import edit_product
from catalog_site.domain.search_queries import is_plain, search_products, similar_products
from catalog_site.domain.state import ProductState
from site_kit.http.filters import filter_names
from site_kit.http.idempotency import idempotent
from site_kit.http.query_faults import refuse_parameter
from site_kit.http.views import ApiListView, ApiView

EDITORS_ONLY = {Status.DRAFT.value, Status.ARCHIVED.value, ANY}


class ProductCards(ApiListView):
    """What list and search share: filters, fields, and the lean way from rows to the answer."""

    permission_classes = (CatalogPermission,)
    filterset_class = ProductFilters
    sparse = ProductCard

    def filter_queryset(self, queryset: Any) -> Any:
        """The rows that pass. A plain list, the hottest page, does without the filters' machinery (1.5 ms)."""
        if filter_names(self).isdisjoint(self.request.query_params):
            return queryset.filter(status=Status.ACTIVE)
        return super().filter_queryset(queryset)

    def judge_status(self, request: Request) -> None:
        """Drafts and archived products are for editors."""
        if request.query_params.get("status") in EDITORS_ONLY:
            require_editor(self, request)

    def cards(self, rows: list[Mapping[str, Any]]) -> list[dict[str, Any]]:
        """The page as plain data, in one query for prices (and six for variants, if asked for)."""
        wanted = self.wanted()
        ids = [row["id"] for row in rows]
        prices = listing_queries.list_prices_of(ids) if wanted.has("prices") else {}
        cards = [only(card, wanted.fields, ProductCard.ALWAYS) for card in card_documents(rows, prices)]
        if "variants" in wanted.expand:
            states = queries.product_states(Product.objects.filter(id__in=ids))
            for card, id_ in zip(cards, ids, strict=True):
                card["variants"] = variant_documents(states[id_], public=not sees_everything(self.request))
        return cards


class ProductListView(ProductCards):
    """All products, and the place to make one."""

    orderings: ClassVar[Mapping[str, tuple[str, ...]]] = {
        "name": ("name",),
        "-name": ("-name",),
        "created": ("created_at",),
        "-created": ("-created_at",),
        "updated": ("updated_at",),
        "-updated": ("-updated_at",),
        "price": ("price",),
        "-price": ("-price",),
    }
    default_ordering = "name"

    @extend_schema(responses=ProductCard)
    def get(self, request: Request) -> Response:
        """List products; ordering by price needs `currency` and leaves out what has no price in it."""
        self.judge_status(request)
        rows = listing_queries.product_cards()
        if request.query_params.get("ordering", "").lstrip("-") == "price":
            currency = request.query_params.get("currency")
            if not currency:
                refuse_parameter("currency", "Ordering by price needs a currency.", code="required")
            rows = listing_queries.with_price(rows, currency)
        return self.listed(rows, show=self.cards)

    @extend_schema(request=ProductPostRequest, responses={201: ProductDetail})
    @idempotent(required=False)
    def post(self, request: Request) -> Response:
        """Create a product with its variants and prices; a draft unless said otherwise."""
        body = ProductPostRequest(data=request.data)
        body.is_valid(raise_exception=True)
        product = create_product(draft=product_draft(body.validated_data))
        return shown(queries.product_state(product.id), status=201)


class ProductSearchView(ProductCards):
    """Full-text search: name and SKU weigh most, then brand, variants, description; an exact SKU comes first."""

    orderings: ClassVar[Mapping[str, tuple[str, ...]]] = {"relevance": ("-exact", "-rank", "id")}
    default_ordering = "relevance"
    parameters = (
        OpenApiParameter(
            "q",
            OpenApiTypes.STR,
            OpenApiParameter.QUERY,
            required=True,
            description=('Words, "a phrase", -without; the last word may be incomplete.'),
        ),
    )

    @extend_schema(responses=ProductCard)
    def get(self, request: Request) -> Response:
        """Search products; where nothing matches, names spelled alike are shown (one page)."""
        self.judge_status(request)
        text = request.query_params.get("q", "").strip()
        if not text or len(text) > 200:
            refuse_parameter("q", "Between 1 and 200 characters.", code="required" if not text else "too_long")
        answer = self.listed(search_products(text), show=self.cards)
        if not answer.data["items"] and is_plain(text) and "cursor" not in request.query_params:
            answer.data["items"] = self._alike(text)
        return answer

    def _alike(self, text: str) -> list[dict[str, Any]]:
        most = int(self.request.query_params.get("page_size", self.pagination_class.page_size))
        order = {id_: place for place, id_ in enumerate(similar_products(text, most=most))}
        rows = self.filter_queryset(listing_queries.product_cards().filter(id__in=order)) if order else []
        return self.cards(sorted(rows, key=lambda row: order[row["id"]]))


class ProductView(ApiView):
    """One product, by its id or slug."""

    permission_classes = (CatalogPermission,)
    sparse = ProductDetail
    has_etag = True

    @extend_schema(responses=ProductDetail)
    def get(self, request: Request, product: str) -> Response:
        """Show a product; the public sees active products and their active variants."""
        state = self._state(product)
        hide_unless_public(request, state.status, product)
        return self.conditional(product_etag(state), lambda: self._document(state))

    @extend_schema(request=ProductPutRequest, responses=ProductDetail)
    @idempotent(required=False)
    def put(self, request: Request, product: str) -> Response:
        """Replace a product; its variants too if the list is given."""
        return self._edit(request, product, ProductPutRequest(data=request.data))

    @extend_schema(request=ProductPatchRequest, responses=ProductDetail)
    @idempotent(required=False)
    def patch(self, request: Request, product: str) -> Response:
        """Change some fields of a product."""
        return self._edit(request, product, ProductPatchRequest(data=request.data))

    @extend_schema(responses={204: None})
    @idempotent(required=False)
    def delete(self, request: Request, product: str) -> Response:
        """Delete a draft or archived product for ever; an active one is archived first."""
        state = self._state(product)
        delete_product(product_id=state.id, expected_revision=require_product_match(request, state))
        return Response(status=204)

    def _edit(self, request: Request, product: str, body: Any) -> Response:
        state = self._state(product)
        revision = require_product_match(request, state)
        body.is_valid(raise_exception=True)
        changes = product_changes(body.validated_data)
        edit_product(product_id=state.id, changes=changes, expected_revision=revision)
        return shown(queries.product_state(state.id))

    def _state(self, product: str) -> ProductState:
        row = queries.find_product(product)
        return queries.product_states([row])[row.id]

    def _document(self, state: ProductState) -> dict[str, Any]:
        wanted = self.wanted()
        document = product_document(state, public=not sees_everything(self.request))
        chosen = only(document, wanted.fields, ProductDetail.ALWAYS)
        if "categories" in wanted.expand:
            chosen["categories"] = category_names(state.category_ids)
        return chosen


def shown(state: ProductState, *, status: int = 200) -> Response:
    """The answer to a write: the product in full, its tag, and where it is."""
    headers = {"ETag": product_etag(state)}
    if status == 201:
        headers["Location"] = f"/api/v1/products/{state.id}"
    return Response(product_document(state, public=False), status=status, headers=headers)
