"""Addresses of version 1, without a slash at the end."""

from django.urls import path

from inventory_site.api.v1.views.leases import ExtendView, ReleaseView, ReserveView
from inventory_site.api.v1.views.locations import LocationListView, LocationView
from inventory_site.api.v1.views.low_stock import LowStockView, RuleListView, RuleView
from inventory_site.api.v1.views.stock import AdjustView, MovementListView, ProductStockView, StockItemListView

urlpatterns = [
    path("inventory/reserve", ReserveView.as_view()),
    path("inventory/release", ReleaseView.as_view()),
    path("inventory/extend", ExtendView.as_view()),
    path("inventory/adjust", AdjustView.as_view()),
    path("inventory/low-stock", LowStockView.as_view()),
    path("inventory/<uuid:product_id>", ProductStockView.as_view()),
    path("stock-items", StockItemListView.as_view()),
    path("movements", MovementListView.as_view()),
    path("locations", LocationListView.as_view()),
    path("locations/<str:code>", LocationView.as_view()),
    path("low-stock-rules", RuleListView.as_view()),
    path("low-stock-rules/<uuid:rule_id>", RuleView.as_view()),
]
