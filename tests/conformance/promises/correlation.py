"""One id from the caller through events and other sites into every log; and no call that goes round in circles."""

from uuid import uuid4

from tests.conformance.promises.problems import problem
from tests.conformance.promises.registry import promised
from tests.conformance.running.broker import Telling
from tests.conformance.running.started_site import CONSUMER, WEB, WORKER, StartedSite
from tests.conformance.running.waiting import until

EVENT = "SELECT correlation_id, actor, causation_id FROM messaging_event WHERE topic = %s AND aggregate_id = %s"


@promised()
def request_id_echoed(site: StartedSite) -> None:
    """X-Request-ID comes back on every port, with answers and with errors; without one, a new one comes."""
    for kind in site.processes:
        for path in ("/health/live", "/health/nothing"):
            assert site.probe(kind, path, x_request_id="mine-1")["X-Request-ID"] == "mine-1", f"{kind} {path}"
        assert site.probe(kind, "/health/live")["X-Request-ID"]


@promised()
def request_id_is_sane(site: StartedSite) -> None:
    """What could split a log line or a header is replaced by an id of our own."""
    for nonsense in ("a b", "x" * 129, "<script>", "ümlaut".encode().decode("latin-1")):
        given = site.guest().get("/health/live", x_request_id=nonsense)["X-Request-ID"]
        assert given
        assert given != nonsense


@promised(needs=(WEB, WORKER))
def request_id_travels(site: StartedSite) -> None:
    """The caller's id stands in the web log, in the event log beside who did it, and on the broker."""
    request_id, client = str(uuid4()), site.client()

    reply = client.send(site.keyed(site.plan.writing(site)).plus(x_request_id=request_id))

    assert reply.status < 300, reply
    stream = site.plan.spoke_on(reply)
    logged = site.rows(EVENT, stream.topic, stream.key)
    assert {row[:2] for row in logged} == {(request_id, f"client:{client.subject}")}
    told = site.broker.arrived(stream.topic, stream.key, at_least=len(logged))
    assert {record["ce_correlationid"] for record in told} == {request_id}
    assert _log_lines(site, WEB, request_id)


@promised(needs=(WEB, WORKER, CONSUMER))
def cause_travels(site: StartedSite) -> None:
    """What a site says because of another site's fact carries the correlation on and names that fact as its cause."""
    provoked = site.plan.provoked(site)
    telling = Telling.of(provoked.event, version=1, correlation_id=f"far-{uuid4()}")
    site.hear()

    site.broker.tell(telling)

    def answers() -> list[tuple[str, str]]:
        told = site.broker.told(provoked.on.topic, provoked.on.key)
        said = [record for record in told if record["ce_type"] == provoked.answer]
        return [(record["ce_correlationid"], dict(record.headers).get("ce_causationid", "")) for record in said]

    assert until(answers, within_s=20, what=provoked.answer) == [(telling.correlation_id, str(telling.event_id))]
    assert _log_lines(site, CONSUMER, telling.correlation_id), "the consumer's log has the id"


@promised()
def hop_limit(site: StartedSite) -> None:
    """A call that has crossed two sites goes no further, not even to a guest's page."""
    guest, client = site.guest(), site.client()

    for hops in ("2", "17", "many"):
        problem(site, guest.get("/health/live", x_hop_count=hops), status=508, code="too_many_hops")
    problem(site, client.get(site.plan.list_path, x_hop_count="2"), status=508, code="too_many_hops")
    assert client.get(site.plan.list_path, x_hop_count="1").status == 200


def _log_lines(site: StartedSite, kind: str, request_id: str) -> list[str]:
    lines = until(
        lambda: [line["event"] for line in site.processes[kind].log_lines() if line.get("request_id") == request_id],
        within_s=3,
        what=f"{kind} logs {request_id}",
    )
    return [str(line) for line in lines]
