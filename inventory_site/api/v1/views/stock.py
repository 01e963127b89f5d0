"""What is there, and the ledger behind it."""

from collections.abc import Mapping
from typing import ClassVar
from uuid import UUID

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from inventory_site.api.v1.documents import low_stock_documents, product_stock_document
from inventory_site.api.v1.filters import LowStockFilters, MovementFilters, StockItemFilters
from inventory_site.api.v1.permissions import MayRead
from inventory_site.api.v1.serializers.stock import (
    LowStockItem,
    MovementResponse,
    ProductStock,
    StockItemResponse,
)
from inventory_site.domain import stock_queries as queries
from inventory_site.domain.models import Movement, StockItem
from site_kit.http.views import ApiListView, ApiView


class ProductStockView(ApiView):
    """The stock of one product."""

    permission_classes = (MayRead,)

    @extend_schema(responses=ProductStock)
    def get(self, request: Request, product_id: UUID) -> Response:
        """Get current stock of a product, by variant and location."""
        return Response(product_stock_document(queries.stock_of_product(product_id)))


class LowStockView(ApiListView):
    """What is below its minimum."""

    permission_classes = (MayRead,)
    serializer_class = LowStockItem
    filterset_class = LowStockFilters
    orderings: ClassVar[Mapping[str, tuple[str, ...]]] = {
        "oldest": ("opened_at", "alert_id"),
        "newest": ("-opened_at", "-alert_id"),
    }
    default_ordering = "oldest"

    @extend_schema(responses=LowStockItem)
    def get(self, request: Request) -> Response:
        """Get low stock items: variants of which less than the minimum is available."""
        return self.listed(
            queries.open_alerts(), show=lambda rows: low_stock_documents(rows, queries.available_for_alerts(rows))
        )


class StockItemListView(ApiListView):
    """Variants at locations."""

    permission_classes = (MayRead,)
    filterset_class = StockItemFilters
    sparse = StockItemResponse
    orderings: ClassVar[Mapping[str, tuple[str, ...]]] = {"id": ("id",)}
    default_ordering = "id"

    @extend_schema(responses=StockItemResponse)
    def get(self, request: Request) -> Response:
        """List stock items."""
        return self.listed(StockItem.objects.select_related("variant", "location"))


class MovementListView(ApiListView):
    """The stock ledger."""

    permission_classes = (MayRead,)
    filterset_class = MovementFilters
    sparse = MovementResponse
    orderings: ClassVar[Mapping[str, tuple[str, ...]]] = {"newest": ("-id",), "oldest": ("id",)}
    default_ordering = "newest"

    @extend_schema(responses=MovementResponse)
    def get(self, request: Request) -> Response:
        """List movements."""
        return self.listed(Movement.objects.select_related("stock_item__variant", "stock_item__location"))
