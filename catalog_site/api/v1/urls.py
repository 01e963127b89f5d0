"""Addresses of version 1, without a slash at the end."""

from django.urls import path

from catalog_site.api.v1.views.attributes import AttributeListView, AttributeView, OptionView
from catalog_site.api.v1.views.categories import CategoryListView, CategoryView
from catalog_site.api.v1.views.pictures import PictureView
from catalog_site.api.v1.views.products import ProductListView, ProductSearchView, ProductView
from catalog_site.api.v1.views.variants import PriceView, VariantAddView, VariantView

urlpatterns = [
    path("products", ProductListView.as_view()),
    path("products/search", ProductSearchView.as_view()),  # before the slugs; "search" is a reserved one
    path("products/<str:product>", ProductView.as_view()),
    path("products/<str:product>/variants", VariantAddView.as_view()),
    path("products/<str:product>/picture", PictureView.as_view()),
    path("variants/<uuid:variant_id>", VariantView.as_view()),
    path("variants/<uuid:variant_id>/prices/<str:currency>", PriceView.as_view()),
    path("categories", CategoryListView.as_view()),
    path("categories/<str:category>", CategoryView.as_view()),
    path("attributes", AttributeListView.as_view()),
    path("attributes/<str:code>", AttributeView.as_view()),
    path("attributes/<str:code>/options/<str:option>", OptionView.as_view()),
]
