"""Who is let in, who is sent on, and who is told nothing but that they are not known."""

from datetime import timedelta

from site_kit.http.token_making import make_key_pair
from tests.conformance.promises.problems import problem
from tests.conformance.promises.registry import promised
from tests.conformance.running.caller import Ask
from tests.conformance.running.started_site import StartedSite


@promised()
def caller_judged_first(site: StartedSite) -> None:
    """401 with a challenge, before anything of a request is looked at: body, key, precondition, media type."""
    guest, path = site.guest(), site.plan.writing(site).path

    for ask in (
        Ask("POST", path),
        Ask("POST", f"{path}?nonsense=1"),
        Ask("POST", path, {"nonsense": 1}),
        Ask("POST", path, b"{"),
        Ask("POST", path, {}, {"Accept": "application/xml"}),
    ):
        reply = guest.send(ask)
        problem(site, reply, status=401, code="not_authenticated")
        assert reply["WWW-Authenticate"].startswith("Bearer")


@promised()
def unknown_addresses_need_a_token(site: StartedSite) -> None:
    """A stranger does not learn which addresses of the API there are."""
    reply = site.guest().get("/api/v1/nowhere")

    problem(site, reply, status=401, code="not_authenticated")
    assert reply["WWW-Authenticate"].startswith("Bearer")


@promised()
def bare_paths_moved(site: StartedSite) -> None:
    """The specification's paths: 308 to version 1, with method, rest and query, before anybody is asked for a token."""
    for ask, target in site.plan.bare_paths:
        reply = site.guest().send(ask)
        assert (reply.status, reply["Location"]) == (308, target), f"{ask.method} {ask.path}: {reply}"


@promised()
def token_signature(site: StartedSite) -> None:
    """A key of the same name is not the platform's key."""
    platform = site.platform_key
    _refuse(site, key=make_key_pair(kid=platform.kid))


@promised()
def token_expiry(site: StartedSite) -> None:
    """Tokens end (with a minute's grace)."""
    _refuse(site, lifetime=timedelta(minutes=-2))


@promised()
def token_audience(site: StartedSite) -> None:
    """A token for somebody else's API opens nothing here."""
    _refuse(site, audience="somebody else")


@promised()
def token_issuer(site: StartedSite) -> None:
    """Only the platform lets people in."""
    _refuse(site, issuer="https://coordination.example")


@promised()
def scopes_are_needed(site: StartedSite) -> None:
    """A valid token without the scope: 403 that names it."""
    reply = site.client("something:else").send(site.keyed(site.plan.writing(site)))

    problem(site, reply, status=403, code="insufficient_scope")
    assert 'error="insufficient_scope"' in reply["WWW-Authenticate"]


@promised()
def metrics_guarded(site: StartedSite) -> None:
    """Scrapers on this machine need nothing; one that comes through a proxy needs the token."""
    token = site.metrics_token

    assert site.guest().get("/metrics").status == 200
    problem(site, site.guest().get("/metrics", x_forwarded_for="10.0.0.7"), status=401, code="not_authenticated")
    through = {"x_forwarded_for": "10.0.0.7", "authorization": f"Bearer {token}"}
    assert site.guest().get("/metrics", **through).status == 200


@promised()
def security_headers(site: StartedSite) -> None:
    """Nothing that a machine answers can be run, framed or guessed at by a browser."""
    for reply in (site.guest().get("/health/live"), site.client().get(site.plan.list_path)):
        assert reply["X-Content-Type-Options"] == "nosniff"
        assert reply["X-Frame-Options"] == "DENY"
        assert "default-src 'none'" in reply["Content-Security-Policy"]


def _refuse(site: StartedSite, **claims: object) -> None:
    path = site.plan.list_path
    assert site.client().get(path).status == 200

    reply = site.client(**claims).get(path)

    problem(site, reply, status=401, code="invalid_token")
    assert 'error="invalid_token"' in reply["WWW-Authenticate"]
