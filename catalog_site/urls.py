"""Every address of the site."""

from django.contrib import admin
from django.urls import include, path, re_path

from catalog_site.api.pictures import picture
from site_kit.http.bare_paths import bare_paths
from site_kit.http.urls import handler400, handler403, handler404, handler500, site_urls

__all__ = ["handler400", "handler403", "handler404", "handler500", "urlpatterns"]

urlpatterns = [
    *site_urls(),
    path("admin/", admin.site.urls),
    path("api/v1/", include("catalog_site.api.v1.urls")),
    re_path(r"^pictures/(?P<name>[0-9a-f]{32})(?P<small>-small)?\.webp$", picture),
    *bare_paths({"products": "/api/v1/products"}),
]
