"""Pictures as they lie: public, under names nobody can guess, never changing."""

from django.http import FileResponse, Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe

from catalog_site.domain.picture_files import picture_path
from site_kit.http.database_gate import without_database

FOR_EVER = "public, max-age=31536000, immutable"


@csrf_exempt
@without_database
@require_safe
def picture(request: HttpRequest, name: str, small: str = "") -> HttpResponseBase:
    """One WebP file; a replaced picture has another name, so this one may be kept for ever."""
    try:
        file = picture_path(name, small=bool(small)).open("rb")
    except FileNotFoundError:
        raise Http404 from None
    headers = {"Cache-Control": FOR_EVER, "Content-Security-Policy": "default-src 'none'; sandbox"}
    return FileResponse(file, content_type="image/webp", headers=headers)
