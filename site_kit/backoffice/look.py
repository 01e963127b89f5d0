"""Where the files of the look are, and the sign of the site in the browser's tab."""

from urllib.parse import quote

from django.conf import settings
from django.http import HttpRequest
from django.templatetags.static import static


def stylesheet(request: HttpRequest) -> str:
    """Our additions to Unfold's style."""
    return static("backoffice/look.css")


def script(request: HttpRequest) -> str:
    """Tells the site the reader's time zone, and names the search box."""
    return static("backoffice/look.js")


def favicon(request: HttpRequest) -> str:
    """A square of the site's colour with its first letter, drawn in place."""
    letter = settings.UNFOLD["SITE_TITLE"][:1].upper()
    colour = settings.UNFOLD["COLORS"]["primary"]["600"]
    drawing = (
        "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 32 32'>"
        f"<rect width='32' height='32' rx='7' fill='{colour}'/>"
        "<text x='16' y='23' font-family='sans-serif' font-size='20' font-weight='700' fill='#fff' "
        f"text-anchor='middle'>{letter}</text></svg>"
    )
    return f"data:image/svg+xml,{quote(drawing)}"
