"""What every process says of itself in numbers."""

from tests.conformance.promises.registry import promised
from tests.conformance.promises.writes import on_both_workers
from tests.conformance.running.started_site import WEB, StartedSite

GAUGES = {
    "messaging_outbox_pending",
    "messaging_outbox_oldest_seconds",
    "messaging_waiting_keys",
    "messaging_parked_keys",
    "messaging_lag_records",
}
REQUESTS = "django_http_responses_total_by_status_total"


@promised()
def metrics_on_every_port(site: StartedSite) -> None:
    """Prometheus can read every process; each answers the gauges of the bridge as the database has them."""
    for kind in site.processes:
        reply = site.probe(kind, "/metrics")
        assert (reply.status, reply["Content-Type"].partition(";")[0]) == (200, "text/plain"), f"{kind}: {reply}"
        names = {line.partition("{")[0].partition(" ")[0] for line in reply.content.decode().splitlines()}
        assert names >= GAUGES, f"{kind}: {GAUGES - names}"


@promised()
def metrics_join_both_workers(site: StartedSite) -> None:
    """What one web worker counted, the other one shows."""
    one, other = on_both_workers(site)
    before = site.metric(WEB, REQUESTS, status="200")

    for _ in range(10):
        assert one.get(site.plan.list_path).status == other.get(site.plan.list_path).status == 200

    shown = [other.get("/metrics").content.decode(), one.get("/metrics").content.decode()]
    for text in shown:
        assert _sum(text) >= before + 20


def _sum(text: str) -> float:
    lines = [line for line in text.splitlines() if line.startswith(REQUESTS + "{") and 'status="200"' in line]
    return sum(float(line.rpartition(" ")[2]) for line in lines)
