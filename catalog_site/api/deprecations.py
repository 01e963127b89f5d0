"""Operations on their way out, declared in this one place."""

from site_kit.http.deprecation import Deprecation

DEPRECATIONS: tuple[Deprecation, ...] = ()
