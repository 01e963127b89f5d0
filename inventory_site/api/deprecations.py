"""What of the API is on its way out, and until when it stays."""

from site_kit.http.deprecation import Deprecation

DEPRECATIONS: tuple[Deprecation, ...] = ()
