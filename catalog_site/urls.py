"""Every address of the site."""

from django.contrib import admin
from django.urls import include, path

from site_kit.http.bare_paths import bare_paths
from site_kit.http.urls import site_urls

urlpatterns = [
    *site_urls(),
    path("admin/", admin.site.urls),
    path("api/v1/", include("catalog_site.api.v1.urls")),
    path("", include("catalog_site.api.pictures_urls")),
    *bare_paths({"products": "/api/v1/products"}),
]
