"""What will go."""

from datetime import date

from site_kit.http.deprecation import Deprecation

DEPRECATIONS = [
    Deprecation(
        operation_id="countBooks",
        since=date(2026, 11, 1),
        sunset=date(2027, 1, 31),
        successor="/api/v1/books",
    )
]
