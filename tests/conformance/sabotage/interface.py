"""Promises of the HTTP interface that have no switch in site_kit.http itself."""

from dataclasses import replace
from types import SimpleNamespace
from typing import Any

from tests.conformance.sabotage.entries import breaks, replaced


@breaks("openapi_is_json")
def show_people_a_page() -> None:
    """Whoever asks for HTML gets HTML."""
    from django.http import HttpResponse

    from site_kit.http import docs

    usual = docs.openapi_json

    def negotiated(request: Any) -> Any:
        if "text/html" in request.META.get("HTTP_ACCEPT", ""):
            return HttpResponse("<html></html>")
        return usual(request)

    replaced(docs, "openapi_json", negotiated)


@breaks("openapi_is_published")
def serve_another_document() -> None:
    """Something was added since the document was published."""
    import orjson

    from site_kit.http import docs
    from site_kit.http.openapi import document_bytes

    def grown() -> bytes:
        document = orjson.loads(document_bytes())
        document["paths"]["/api/v1/unpublished"] = {}
        return orjson.dumps(document)

    replaced(docs, "document_bytes", grown)


@breaks("docs_page_runs_no_inline_script")
def allow_any_script() -> None:
    """The page's policy lets everything in."""
    from site_kit.http import docs

    replaced(docs, "POLICY", "default-src * 'unsafe-inline' 'unsafe-eval'")


@breaks("cursors_cannot_be_forged")
def sign_nothing() -> None:
    """Cursors are taken as they come."""
    from django.core import signing

    from site_kit.http import keyset

    def trusting(**_: Any) -> Any:
        def unpacked(cursor: str) -> Any:
            payload = cursor.split(".")[0]
            return signing.JSONSerializer().loads(signing.b64_decode(payload.encode()))

        signer = signing.Signer(salt=keyset.SALT, sep=".")
        return SimpleNamespace(sign_object=signer.sign_object, unsign_object=unpacked)

    replaced(keyset, "Signer", trusting)


@breaks("fields_and_expand_are_bounded")
def show_everything() -> None:
    """What the caller wants is not looked at."""
    from site_kit.http import fields, views

    replaced(views, "wanted_of", lambda request, kind: fields.Wanted())


@breaks("rate_limits_shared_by_workers")
def count_alone() -> None:
    """Each worker counts for itself."""
    from site_kit.http import rate, rate_limits

    own = rate.LocalCounter()
    replaced(rate_limits, "shared_counter", lambda url: own)


@breaks("rate_limits_open_for_reads")
def count_reads_without_valkey() -> None:
    """Reads are limited by each worker when Valkey is away."""
    from site_kit.http import rate_limits

    replaced(rate_limits, "SAFE_METHODS", frozenset())


@breaks("valkey_keys_named_per_site")
def name_keys_alike() -> None:
    """Counters of all sites have the same names."""
    from site_kit.http import rate_limits
    from site_kit.http.options import options

    replaced(rate_limits, "options", lambda: replace(options(), site="anybody"))


@breaks("cookies_named_per_site")
def name_cookies_as_django_does() -> None:
    """The settings do it: `under_test.cookies`."""


@breaks("live_touches_nothing")
def ask_the_database_for_life() -> None:
    """Live waits at the gate like everybody."""
    from site_kit.http import health

    replaced(health.live, "without_database", False)
