"""A site leans on nobody: what it is without its neighbours, without its database, and afterwards."""

from statistics import median

from tests.conformance.promises.problems import problem
from tests.conformance.promises.registry import promised
from tests.conformance.promises.scenes import database_away, down_parts, neighbours_away
from tests.conformance.running.caller import Reply
from tests.conformance.running.started_site import KINDS, WEB, WORKER, StartedSite
from tests.conformance.running.wires import NEIGHBOURS

AT_ONCE_S = 1.0
SERVES_S = 10.0
CLOSED_S = 2.0
"""The gate closes within a second; the rest is for a machine that does other things too."""


@promised()
def live_touches_nothing(site: StartedSite) -> None:
    """Live, on every port, whatever is away."""
    for reply in [*site.seen(database_away).live.values(), *site.seen(neighbours_away).live.values()]:
        assert _json(reply) == {"status": "ok"}
        assert reply is not None
        assert reply.took_s < AT_ONCE_S


@promised()
def readiness_is_true(site: StartedSite) -> None:
    """Not ready, on every port, while the own database is away, as a problem that names the parts."""
    for kind, reply in site.seen(database_away).ready.items():
        assert reply is not None, kind
        body = problem(site, reply, status=503, code="database_unavailable")
        assert body["details"]["parts"]["database"] == "down", kind


@promised()
def degraded_names_the_part(site: StartedSite) -> None:
    """Without a neighbour it is ready all the same, and says who is missing, on every port; later that all is well."""
    seen = site.seen(neighbours_away)

    for replies, missing in (
        (seen.without_valkey, {"valkey"}),
        (seen.without_all, set(NEIGHBOURS)),
    ):
        for kind, reply in replies.items():
            assert (reply.status, reply.json()["status"]) == (200, "degraded"), f"{kind}: {reply}"
            assert down_parts(reply) == missing, f"{kind}: {reply}"
    for kind, reply in seen.back.items():
        assert (reply.status, reply.json()["status"], down_parts(reply)) == (200, "ok", set()), f"{kind}: {reply}"


@promised()
def gate_answers_for_the_database(site: StartedSite) -> None:
    """Without its database, whoever asks is told so within a second, and when to come again."""
    seen = site.seen(database_away)

    assert seen.closed_after_s is not None
    assert seen.closed_after_s < CLOSED_S
    for name, reply in seen.needing_it.items():
        assert reply is not None, f"{name}: no answer"
        problem(site, reply, status=503, code="database_unavailable")
        assert int(reply["Retry-After"]) >= 1
        assert reply.took_s < AT_ONCE_S
    for name, reply in seen.not_needing_it.items():
        assert reply is not None, f"{name}: no answer"
        assert reply.status in {200, 308}, f"{name}: {reply}"


@promised()
def recovers_by_itself(site: StartedSite) -> None:
    """When the database is back, from silence or from refusing connections, so is the site."""
    seen = site.seen(database_away)

    assert seen.refused_after_s is not None
    for seconds in (seen.serves_after_s, seen.serves_after_refusal_s):
        assert seconds is not None, "it serves again"
        assert seconds < SERVES_S


@promised()
def writes_wait_for_nobody(site: StartedSite) -> None:
    """A write takes as long without broker, registry and Valkey as with them."""
    seen = site.seen(neighbours_away)
    calm, away = [[reply.took_s for reply in replies] for replies in (seen.calm, seen.away)]

    assert all(reply.status < 300 for reply in seen.away), seen.away
    assert median(away) < median(calm) + 0.25, (calm, away)
    assert max(away) < max(calm) + 1.0, (calm, away)


@promised()
def rate_limits_open_for_reads(site: StartedSite) -> None:
    """Without Valkey nobody counts reads, and nobody waits for it more than once."""
    replies = site.seen(neighbours_away).reads_over_the_limit

    assert {reply.status for reply in replies} == {200}
    assert median(reply.took_s for reply in replies) < 0.25


@promised(needs=KINDS)
def relay_drains_without_valkey(site: StartedSite) -> None:
    """Wakes and beats cannot travel; what is written is told all the same."""
    assert site.seen(neighbours_away).relayed_without_valkey


@promised(needs=(WEB, WORKER))
def everything_is_told_after_an_outage(site: StartedSite) -> None:
    """What was written while nobody could be told is told when they are back."""
    assert site.seen(neighbours_away).drained


def _json(reply: Reply | None) -> object:
    return None if reply is None or reply.status != 200 else reply.json()
