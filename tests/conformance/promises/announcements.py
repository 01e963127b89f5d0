"""What a site says of itself: its document, its page, what will end."""

import json
from datetime import timedelta
from email.utils import parsedate_to_datetime
from pathlib import Path
from typing import Any

from tests.conformance.promises.registry import promised
from tests.conformance.running.started_site import StartedSite

PUBLISHED = Path(__file__).parents[3] / "shared_contracts" / "apis"
DOCUMENT = "/api/v1/openapi.json"
LEAST_NOTICE = timedelta(days=30)


@promised()
def openapi_is_json(site: StartedSite) -> None:
    """The document is JSON whatever Accept says, for everybody."""
    guest = site.guest()

    for accept in ("application/json", "text/html", "application/vnd.oai.openapi", "application/yaml", "image/png"):
        reply = guest.get(DOCUMENT, accept=accept)
        assert (reply.status, reply["Content-Type"]) == (200, "application/json"), f"{accept}: {reply}"
        assert reply.json()["openapi"].startswith("3.1")


@promised()
def openapi_is_published(site: StartedSite) -> None:
    """The document in the contracts is the one that is served."""
    published = PUBLISHED / site.plan.site / "v1.json"
    assert published.exists(), f"{published.relative_to(PUBLISHED.parents[1])} is not there"

    served = site.guest().get(DOCUMENT).json()

    assert _without_the_announced_end(site, served) == json.loads(published.read_text(encoding="utf-8"))


@promised()
def docs_page_runs_no_inline_script(site: StartedSite) -> None:
    """The page for people takes scripts from this site alone, none of them inline."""
    reply = site.guest().get("/api/v1/docs", accept="text/html")

    assert (reply.status, reply["Content-Type"].partition(";")[0]) == (200, "text/html"), reply
    assert "script-src 'self'" in reply["Content-Security-Policy"]
    assert "unsafe-eval" not in reply["Content-Security-Policy"]
    scripts = reply.content.decode().split("<script")[1:]
    assert scripts
    assert all("src=" in script.partition(">")[0] for script in scripts)


@promised()
def deprecations_told(site: StartedSite) -> None:
    """An operation that will end says so in every answer, at least 30 days ahead, with what to use instead."""
    ending, client = site.plan.deprecated, site.client()

    reply = client.send(ending)

    assert reply.status == 200, reply
    assert reply["Deprecation"].startswith("@")
    sunset = parsedate_to_datetime(reply["Sunset"])
    assert sunset.timestamp() - int(reply["Deprecation"][1:]) >= LEAST_NOTICE.total_seconds()
    assert 'rel="successor-version"' in reply["Link"]
    assert _operation(site, client.get(DOCUMENT).json())["deprecated"] is True
    assert client.send(ending.__class__("GET", f"{ending.path}?nonsense=1"))["Sunset"], "errors tell it too"
    other = client.get(site.plan.list_path)
    assert not other["Deprecation"] + other["Sunset"]


def _operation(site: StartedSite, document: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = document["paths"][site.plan.deprecated.path][site.plan.deprecated.method.lower()]
    return found


def _without_the_announced_end(site: StartedSite, document: dict[str, Any]) -> dict[str, Any]:
    """The document as it is without the one declaration that only the test settings make."""
    operation = _operation(site, document)
    operation.pop("deprecated", None)
    operation.pop("x-sunset", None)
    for status, response in operation["responses"].items():
        if status.startswith("2"):
            for header in ("Deprecation", "Sunset"):
                response["headers"].pop(header, None)
    return document
