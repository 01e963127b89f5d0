"""How often is too often, counted once for all workers."""

from tests.conformance.promises.problems import problem
from tests.conformance.promises.registry import promised
from tests.conformance.promises.writes import on_both_workers
from tests.conformance.running.caller import Caller, Reply
from tests.conformance.running.started_site import StartedSite
from tests.conformance.settings.under_test import CALLER_LIMIT, GUEST_LIMIT

AT_ONCE = 12


@promised()
def rate_limits_hold(site: StartedSite) -> None:
    """Who asks too often is told so, with when to come again."""
    client = site.client()

    replies = _until_refused(client, site.plan.list_path, at_most=CALLER_LIMIT * 2)

    problem(site, replies[-1], status=429, code="rate_limited")
    assert int(replies[-1]["Retry-After"]) >= 1
    assert len(replies) > CALLER_LIMIT


@promised()
def rate_limits_shared_by_workers(site: StartedSite) -> None:
    """What one worker let through, the other one counts."""
    one, other = on_both_workers(site)
    path = site.plan.list_path

    passed = [one.get(path) for _ in range(CALLER_LIMIT)]
    counted_on = _until_refused(other, path, at_most=CALLER_LIMIT // 2)

    assert {reply.status for reply in passed} == {200}
    assert counted_on[-1].status == 429, f"{CALLER_LIMIT} by one worker, {len(counted_on)} more by the other"


@promised()
def rate_limit_headers(site: StartedSite) -> None:
    """Every answer says where its caller stands."""
    client, path = site.client(), site.plan.list_path

    first, second = client.get(path), client.get(path)

    for reply in (first, second):
        assert int(reply["RateLimit-Limit"]) == CALLER_LIMIT
        assert int(reply["RateLimit-Reset"]) >= 0
    assert CALLER_LIMIT > int(first["RateLimit-Remaining"]) >= int(second["RateLimit-Remaining"])


@promised(sites=("catalog",))
def forwarded_for_not_trusted(site: StartedSite) -> None:
    """A guest who invents an address for each request is counted all the same."""
    guest, path = site.guest(), site.plan.public_path

    replies = [guest.get(path, x_forwarded_for=f"10.0.0.{number}") for number in range(AT_ONCE)]

    left = [int(reply["RateLimit-Remaining"]) for reply in replies]
    assert left[-1] < GUEST_LIMIT - 3, left


def _until_refused(client: Caller, path: str, *, at_most: int) -> list[Reply]:
    replies: list[Reply] = []
    while len(replies) < at_most and (not replies or replies[-1].status == 200):
        replies.append(client.get(path))
    return replies
