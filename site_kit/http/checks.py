"""System checks: what would otherwise be found by the first caller."""

from collections.abc import Iterator
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, Warning, register
from django.urls import get_resolver

# Those that a site may not have imported by now, so that all promises are known when the names are checked.
from site_kit.http import bare_paths, database_gate, idempotency, security_headers  # noqa: F401
from site_kit.http.deprecation import MIN_NOTICE, deprecations
from site_kit.http.operations import operations
from site_kit.http.options import named, options, rate_limits
from site_kit.http.problem_net import handler400, handler403, handler404, handler500
from site_kit.http.promises import PROMISES
from site_kit.http.rate import Rate
from site_kit.http.views import ApiView
from site_kit.refusals import Refusal

HANDLERS = {400: handler400, 403: handler403, 404: handler404, 500: handler500}


@register(Tags.compatibility)
def deprecations_give_notice(**_: Any) -> list[CheckMessage]:
    """http.E001, http.E002."""
    return [*_too_short(), *_unknown_operations()]


@register(Tags.compatibility)
def refusals_have_a_status(**_: Any) -> list[CheckMessage]:
    """http.E003: every refusal of the site is in its STATUS_OF."""
    status_of = named(options().refusals) or {}
    site = options().refusals.partition(".")[0]
    return [
        Error(
            f"{refusal.__name__} has no HTTP status.",
            hint=f"Add it, or a class it derives from, to {options().refusals}.",
            id="http.E003",
        )
        for refusal in _all_refusals(Refusal)
        if refusal.__module__.startswith(f"{site}.") and not any(kind in status_of for kind in refusal.__mro__)
    ]


@register(Tags.compatibility)
def rates_are_readable(**_: Any) -> list[CheckMessage]:
    """http.E004."""
    found: list[CheckMessage] = []
    for rule, text in rate_limits().items():
        try:
            Rate.of(text)
        except ValueError as fault:
            found.append(Error(f"HTTP['RATE_LIMITS']['{rule}']: {fault}.", id="http.E004"))
    return found


@register(Tags.compatibility)
def promises_are_known(**_: Any) -> list[CheckMessage]:
    """http.E005: a misspelt promise would break nothing and prove nothing."""
    unknown = sorted(options().broken - PROMISES)
    return [Error(f"HTTP['BROKEN'] names no promise: {name}.", id="http.E005") for name in unknown]


@register(Tags.database)
def operations_own_their_transactions(**_: Any) -> list[CheckMessage]:
    """http.E006."""
    hint = "Refusals are answered, not raised: with ATOMIC_REQUESTS they would commit half of what was done."
    return [
        Error(f"ATOMIC_REQUESTS is on for the database «{alias}».", hint=hint, id="http.E006")
        for alias, database in settings.DATABASES.items()
        if database.get("ATOMIC_REQUESTS")
    ]


@register(Tags.urls)
def errors_are_problems(**_: Any) -> list[CheckMessage]:
    """http.E007: urls.py takes over the four handlers."""
    resolver = get_resolver()
    return [
        Error(
            f"handler{status} is not the one of site_kit.http.",
            hint=f"In {settings.ROOT_URLCONF}: from site_kit.http.urls import handler{status}",
            id="http.E007",
        )
        for status, handler in HANDLERS.items()
        if resolver.resolve_error_handler(status) is not handler
    ]


@register(Tags.urls)
def views_know_their_parameters(**_: Any) -> list[CheckMessage]:
    """http.W001: a plain APIView lets unknown query parameters pass."""
    return [
        Warning(f"{operation.method} {operation.path} is no ApiView of site_kit.http.", id="http.W001")
        for operation in operations()
        if not isinstance(operation.view, ApiView)
    ]


def _too_short() -> Iterator[CheckMessage]:
    for deprecation in deprecations().values():
        if deprecation.sunset - deprecation.since < MIN_NOTICE:
            yield Error(
                f"{deprecation.operation_id} ends {(deprecation.sunset - deprecation.since).days} days after notice.",
                hint=f"A sunset is at least {MIN_NOTICE.days} days after `since`.",
                id="http.E001",
            )


def _unknown_operations() -> Iterator[CheckMessage]:
    known = {operation.operation_id for operation in operations()} if deprecations() else set()
    for operation_id in sorted(deprecations().keys() - known):
        yield Error(f"{operation_id} is deprecated, but there is no such operation.", id="http.E002")


def _all_refusals(kind: type[Refusal]) -> Iterator[type[Refusal]]:
    for child in kind.__subclasses__():
        yield child
        yield from _all_refusals(child)
