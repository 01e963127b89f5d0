"""The shelf's addresses."""

from django.urls import path

from site_kit.http.bare_paths import bare_paths
from site_kit.http.tests.shelf.views import (
    BookListView,
    BookView,
    CountView,
    CoverView,
    EchoView,
    FailingView,
    NarrowView,
    plain,
)
from site_kit.http.urls import handler400, handler403, handler404, handler500, site_urls

__all__ = ["handler400", "handler403", "handler404", "handler500", "urlpatterns"]

urlpatterns = [
    *site_urls(),
    path("api/v1/books", BookListView.as_view()),
    path("api/v1/books/<int:book_id>", BookView.as_view()),
    path("api/v1/count", CountView.as_view()),
    path("api/v1/narrow", NarrowView.as_view()),
    path("api/v1/echo", EchoView.as_view()),
    path("api/v1/covers", CoverView.as_view()),
    path("api/v1/failing/<str:how>", FailingView.as_view()),
    path("plain/<str:how>", plain),
    path("admin/<str:how>", plain),
    *bare_paths({"books": "/api/v1/books"}),
]
