"""The API's description: openapi.json for programs, a page for people."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.cache import patch_vary_headers
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe
from drf_spectacular.views import SpectacularSwaggerSplitView
from rest_framework.negotiation import DefaultContentNegotiation
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response

from site_kit.http.database_gate import without_database
from site_kit.http.openapi import document_bytes, document_etag
from site_kit.http.preconditions import matches


@csrf_exempt
@without_database
@require_safe
def openapi_json(request: HttpRequest) -> HttpResponse:
    """The OpenAPI document, as JSON whatever Accept says."""
    headers = {"ETag": document_etag(), "Cache-Control": "public, max-age=60"}
    given = request.META.get("HTTP_IF_NONE_MATCH")
    if given and matches(given, document_etag()):
        return HttpResponse(status=304, headers=headers)
    return HttpResponse(document_bytes(), content_type="application/json", headers=headers)


class DocsView(SpectacularSwaggerSplitView):
    """Swagger's page with scripts and styles from this site only, none of them inline."""

    url_name = "openapi"
    template_name = "http/docs.html"
    authentication_classes = ()
    permission_classes = (AllowAny,)
    throttle_classes = ()
    content_negotiation_class = DefaultContentNegotiation

    def get(self, request: Request, *args: object, **kwargs: object) -> Response:
        """The page, or with `?script` the script that starts it."""
        parent: Any = super()
        response: Response = parent.get(request, *args, **kwargs)
        response.headers["Content-Security-Policy"] = POLICY
        patch_vary_headers(response, ["Accept"])
        return response


POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
    "connect-src 'self'; font-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)


docs = without_database(csrf_exempt(DocsView.as_view(title=settings.SPECTACULAR_SETTINGS.get("TITLE", "API"))))
