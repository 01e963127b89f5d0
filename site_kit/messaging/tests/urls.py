"""The toy shop has a back office only."""

from django.contrib import admin
from django.urls import path

from site_kit.http.urls import handler400, handler403, handler404, handler500, site_urls

__all__ = ["handler400", "handler403", "handler404", "handler500", "urlpatterns"]

urlpatterns = [*site_urls(), path("admin/", admin.site.urls)]
