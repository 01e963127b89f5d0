"""Stock: looked at, and put right."""

from collections.abc import Mapping
from typing import ClassVar
from uuid import UUID

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from inventory_site.api.v1.documents import (
    adjusted_document,
    movement_document,
    product_document,
    stock_item_document,
)
from inventory_site.api.v1.filters import MovementFilters, StockItemFilters
from inventory_site.api.v1.permissions import CanAdjust, CanRead
from inventory_site.api.v1.serializers import (
    AdjustRequest,
    AdjustResponse,
    MovementResponse,
    ProductStockResponse,
    StockItemResponse,
)
from inventory_site.domain import stock_queries
from inventory_site.domain.operations.adjust_stock import Adjustment, adjust_stock
from site_kit.http.idempotency import idempotent
from site_kit.http.views import ApiListView, ApiView


class ProductStockView(ApiView):
    """What is there of one product."""

    permission_classes = (CanRead,)

    @extend_schema(responses=ProductStockResponse)
    def get(self, request: Request, product_id: UUID) -> Response:
        """Show the stock of a product, by variant and location."""
        return Response(product_document(stock_queries.stock_of_product(product_id)))


class AdjustView(ApiView):
    """Numbers on hand change with a reason."""

    permission_classes = (CanAdjust,)

    @extend_schema(request=AdjustRequest, responses=AdjustResponse)
    @idempotent(required=True)
    def post(self, request: Request) -> Response:
        """Book adjustments, all of them or none."""
        body = AdjustRequest(data=request.data)
        body.is_valid(raise_exception=True)
        adjustments = [Adjustment(**line) for line in body.validated_data["lines"]]
        return Response(adjusted_document(adjust_stock(adjustments=adjustments)))


class StockItemListView(ApiListView):
    """Every variant at every location."""

    permission_classes = (CanRead,)
    serializer_class = StockItemResponse
    filterset_class = StockItemFilters
    orderings: ClassVar[Mapping[str, tuple[str, ...]]] = {"id": ("id",), "available": ("available",)}
    default_ordering = "id"

    @extend_schema(responses=StockItemResponse)
    def get(self, request: Request) -> Response:
        """List stock items."""
        return self.listed(stock_queries.stock_items(), show=lambda rows: [stock_item_document(row) for row in rows])


class MovementListView(ApiListView):
    """The stock ledger."""

    permission_classes = (CanRead,)
    serializer_class = MovementResponse
    filterset_class = MovementFilters
    orderings: ClassVar[Mapping[str, tuple[str, ...]]] = {"-id": ("-id",), "id": ("id",)}
    default_ordering = "-id"

    @extend_schema(responses=MovementResponse)
    def get(self, request: Request) -> Response:
        """List movements, newest first."""
        return self.listed(stock_queries.movements(), show=lambda rows: [movement_document(row) for row in rows])
