"""Addresses of version 1, without a slash at the end."""

from django.urls import path

from inventory_site.api.v1.views.adjustments import AdjustView
from inventory_site.api.v1.views.arrangements import LocationListView, LocationView, RuleListView, RuleView
from inventory_site.api.v1.views.leases import ExtendView, LeaseListView, LeaseView, ReleaseView, ReserveView
from inventory_site.api.v1.views.stock import LowStockView, MovementListView, ProductStockView, StockItemListView

urlpatterns = [
    path("inventory/reserve", ReserveView.as_view()),
    path("inventory/release", ReleaseView.as_view()),
    path("inventory/adjust", AdjustView.as_view()),
    path("inventory/low-stock", LowStockView.as_view()),
    path("inventory/<uuid:product_id>", ProductStockView.as_view()),
    path("stock-items", StockItemListView.as_view()),
    path("movements", MovementListView.as_view()),
    path("leases", LeaseListView.as_view()),
    path("leases/extend", ExtendView.as_view()),
    path("leases/<uuid:lease_id>", LeaseView.as_view()),
    path("locations", LocationListView.as_view()),
    path("locations/<str:code>", LocationView.as_view()),
    path("low-stock-rules", RuleListView.as_view()),
    path("low-stock-rules/<uuid:rule_id>", RuleView.as_view()),
]
