"""The specification's paths without a version: permanently somewhere else, until that version's sunset."""

from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime
from urllib.parse import quote

from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.urls import URLPattern, re_path
from django.views.decorators.csrf import csrf_exempt

from site_kit.http.database_gate import without_database
from site_kit.http.problem import Problem
from site_kit.http.promises import promise


def bare_paths(targets: Mapping[str, str], *, sunset: date | None = None) -> list[URLPattern]:
    """URL patterns answering 308 for each path and everything below it, whatever the method.

    `bare_paths({"products": "/api/v1/products"})` sends `/products/7?x=1` to `/api/v1/products/7?x=1`. Nobody is
    asked for a token here. From the day of `sunset` on the answer is 410.
    """
    return [re_path(rf"^{path}(?P<rest>/(?s:.*))?\Z", _moved(target, sunset)) for path, target in targets.items()]


def _moved(target: str, sunset: date | None) -> Callable[..., HttpResponse]:
    @csrf_exempt
    @without_database
    def moved(request: HttpRequest, rest: str | None = None) -> HttpResponse:
        if sunset is not None and datetime.now(UTC).date() >= sunset:
            return Problem.of("gone", f"Use {target}.").response()
        return redirect(request, target + quote((rest or "").rstrip("/"), safe="/:@!$&'()*+,;=~-._"))

    return moved


@promise("bare_paths_moved", broken=lambda request, path: Problem.of("not_found").response())
def redirect(request: HttpRequest, path: str) -> HttpResponse:
    """308: the same method and body, over there."""
    query = request.META.get("QUERY_STRING", "")
    answer = HttpResponsePermanentRedirect(f"{path}?{query}" if query else path, preserve_request=True)
    del answer.headers["Content-Type"]  # there is no content
    return answer
