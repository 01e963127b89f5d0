"""Every address of the site."""

from django.contrib import admin
from django.urls import include, path

from site_kit.http.bare_paths import bare_paths
from site_kit.http.urls import handler400, handler403, handler404, handler500, site_urls

__all__ = ["handler400", "handler403", "handler404", "handler500", "urlpatterns"]

urlpatterns = [
    *site_urls(),
    path("admin/", admin.site.urls),
    path("api/v1/", include("inventory_site.api.v1.urls")),
    *bare_paths({"inventory": "/api/v1/inventory"}),
]
