"""A write that is asked for twice happens once; a write over what somebody else changed does not happen."""

from concurrent.futures import ThreadPoolExecutor

import psycopg

from tests.conformance.promises.problems import problem
from tests.conformance.promises.registry import promised
from tests.conformance.running.caller import Ask, Caller, Reply
from tests.conformance.running.started_site import StartedSite
from tests.conformance.running.waiting import until

WAITING = "SELECT 1 FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND datname = current_database()"
LOGGED = "SELECT count(*) FROM messaging_event WHERE topic = %s AND aggregate_id = %s"


def on_both_workers(site: StartedSite) -> tuple[Caller, Caller]:
    """One client on a connection to each of the two web workers."""
    pids = site.workers.pids()
    assert len(pids) == 2, f"two web workers, not {pids}"
    client = site.client()
    callers = client, site.twin(client)
    for caller, pid in zip(callers, pids, strict=True):
        site.workers.connect(caller, pid)
    return callers


@promised(sites=("inventory",))
def idempotency_key_needed(site: StartedSite) -> None:
    """What moves stock is not done without a key."""
    problem(site, site.client().send(site.plan.writing(site)), status=400, code="idempotency_key_missing")


@promised()
def idempotent_replay(site: StartedSite) -> None:
    """The same request again, by the other worker too: the same answer to the byte, and nothing happens."""
    write = site.keyed(site.plan.writing(site))
    client, first = on_both_workers(site)

    answer = first.send(write)
    again = [client.send(write), first.send(write)]

    assert 200 <= answer.status < 300, answer
    for reply in again:
        assert (reply.status, reply.content) == (answer.status, answer.content), reply
        assert reply["Idempotency-Replayed"] == "true"
        assert (reply["ETag"], reply["Location"]) == (answer["ETag"], answer["Location"])
    assert not answer["Idempotency-Replayed"]
    assert _facts(site, answer) == _facts_of_one(site)


@promised()
def idempotency_answer_stored(site: StartedSite) -> None:
    """The answer lies in the database, with the effect and unreadable for others, before the first caller has it."""
    before = site.rows("SELECT count(*) FROM http_stored_answer")[0][0]

    reply = site.written(site.plan.writing(site))

    [(answer,)] = site.rows("SELECT answer FROM http_stored_answer ORDER BY stored_at DESC LIMIT 1")
    assert site.rows("SELECT count(*) FROM http_stored_answer")[0][0] == before + 1
    assert reply.content[:20] not in bytes(answer)


@promised()
def idempotency_body_compared(site: StartedSite) -> None:
    """A key belongs to one request."""
    client, write = site.client(), site.keyed(site.plan.writing(site))
    other = Ask(write.method, write.path, site.plan.writing(site).body, write.headers)
    assert client.send(write).status < 300

    problem(site, client.send(other), status=422, code="idempotency_key_reused")


@promised()
def idempotency_one_at_a_time(site: StartedSite) -> None:
    """While one worker is still at it, the other one says so at once, and does not do it too."""
    held = site.plan.held(site)
    write = site.keyed(held.write)
    one, other = on_both_workers(site)

    with psycopg.connect(site.behind.superuser) as blocker, ThreadPoolExecutor(1) as aside:
        blocker.execute(held.statement, held.parameters)
        first = aside.submit(one.send, write)
        until(lambda: _waits_for_a_lock(site), within_s=2, what="the first request stands in line")
        second = other.send(write)
        blocker.rollback()
        answer = first.result(timeout=20)
    again = other.send(write)

    problem(site, second, status=409, code="request_in_progress")
    assert second["Retry-After"] == "1"
    assert second.took_s < 1.0
    assert 200 <= answer.status < 300, answer
    assert again.content == answer.content


@promised()
def if_match_needed(site: StartedSite) -> None:
    """Nobody writes over what they have not seen."""
    change = site.plan.thing(site)
    problem(site, site.client().send(site.keyed(change)), status=428, code="precondition_required")


@promised()
def stale_write_refused(site: StartedSite) -> None:
    """Of two who saw the same state, the second is told that it is another by now."""
    client, change = site.client(), site.plan.thing(site)
    seen = client.get(change.path)["ETag"]

    first = client.send(site.keyed(change.plus(if_match=seen)))
    second = client.send(site.keyed(change.plus(if_match=seen)))

    assert first.status == 200, first
    assert first["ETag"] != seen
    problem(site, second, status=412, code="precondition_failed")
    assert second["ETag"] == first["ETag"]


@promised()
def not_modified(site: StartedSite) -> None:
    """Who has the present state gets it no second time."""
    client, path = site.client(), site.plan.thing(site).path
    first = client.get(path)

    again = client.get(path, if_none_match=first["ETag"])

    assert (again.status, again.content, again["ETag"]) == (304, b"", first["ETag"]), again
    assert client.get(path, if_none_match='"another"').status == 200


def _waits_for_a_lock(site: StartedSite) -> bool:
    return bool(
        site.rows("SELECT 1 FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND datname = current_database()")
    )


def _facts(site: StartedSite, reply: Reply) -> int:
    stream = site.plan.spoke_on(reply)
    return int(site.rows(LOGGED, stream.topic, stream.key)[0][0])


def _facts_of_one(site: StartedSite) -> int:
    return _facts(site, site.written(site.plan.writing(site)))
