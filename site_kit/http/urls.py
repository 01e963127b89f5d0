"""The addresses that every site has."""

from django.urls import URLPattern, path

from site_kit.http.docs import docs, openapi_json
from site_kit.http.health import live, metrics, ready
from site_kit.http.problem_net import handler400, handler403, handler404, handler500

__all__ = ["handler400", "handler403", "handler404", "handler500", "site_urls"]


def site_urls() -> list[URLPattern]:
    """Live, ready, metrics, the API's description and its page.

    A site's urls.py also imports `handler400`, `handler403`, `handler404` and `handler500` from here.
    """
    return [
        path("health/live", live, name="live"),
        path("health/ready", ready, name="ready"),
        path("metrics", metrics, name="metrics"),
        path("api/v1/openapi.json", openapi_json, name="openapi"),
        path("api/v1/docs", docs, name="docs"),
    ]
