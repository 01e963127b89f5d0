"""Lists that stay right while rows come, and questions that are understood as a whole or not at all."""

from typing import Any
from urllib.parse import quote

from tests.conformance.promises.problems import fields_of, problem
from tests.conformance.promises.registry import promised
from tests.conformance.running.caller import Caller
from tests.conformance.running.started_site import StartedSite

MOST_PAGES = 10


@promised()
def cursors_hold_their_place(site: StartedSite) -> None:
    """No row twice and none left out, although new ones come in front while somebody reads."""
    pages, client = site.plan.pages(site), site.client()

    seen, cursor = _page(client, pages.path, "")
    site.written(pages.more)
    turned = 1
    while cursor and turned < MOST_PAGES:
        rows, cursor = _page(client, pages.path, cursor)
        seen += rows
        turned += 1

    assert not cursor, "the list has an end"
    assert len(seen) == len(set(seen)) == pages.size, seen


@promised()
def cursors_cannot_be_forged(site: StartedSite) -> None:
    """A cursor that was changed, or is of another list, is refused and not guessed at."""
    pages, client = site.plan.pages(site), site.client()
    _, cursor = _page(client, pages.path, "")
    changed = cursor[:-3] + ("AAA" if cursor[-3:] != "AAA" else "BBB")

    for path in (
        f"{pages.path}&page_size=2&cursor={quote(changed)}",
        f"{pages.path}&page_size=2&cursor=nonsense",
        f"{site.plan.list_path}?cursor={quote(cursor)}",
    ):
        problem(site, client.get(path), status=400, code="invalid_cursor")


@promised()
def page_size_bounded(site: StartedSite) -> None:
    """Nobody takes everything at once."""
    client = site.client()

    for size in ("101", "0", "-1", "many"):
        body = problem(
            site, client.get(f"{site.plan.list_path}?page_size={size}"), status=400, code="invalid_parameter"
        )
        assert list(fields_of(body)) == ["page_size"]
    assert client.get(f"{site.plan.list_path}?page_size=100").status == 200


@promised()
def unknown_parameters_refused(site: StartedSite) -> None:
    """A misspelt filter would show everything: it is refused by its name. So are an order and a method's parameter."""
    client, path = site.client(), site.plan.list_path

    body = problem(site, client.get(f"{path}?colour=red&page_size=2"), status=400, code="unknown_parameter")
    assert fields_of(body) == {"colour": "unknown_parameter"}

    ordered = problem(site, client.get(f"{path}?ordering=colour"), status=400, code="invalid_parameter")
    assert fields_of(ordered) == {"ordering": "unknown_ordering"}

    write = site.keyed(site.plan.writing(site))
    asked = client.ask("POST", f"{write.path}?dry_run=true", write.body, headers=write.headers)
    assert fields_of(problem(site, asked, status=400, code="unknown_parameter")) == {"dry_run": "unknown_parameter"}


@promised()
def unknown_body_fields_refused(site: StartedSite) -> None:
    """A field that nobody reads is refused by its name, and nothing is done."""
    write = site.keyed(site.plan.writing(site).having(colour="red"))
    logged = "SELECT count(*) FROM messaging_event"
    before = site.rows(logged)

    body = problem(site, site.client().send(write), status=400, code="validation_failed")

    assert fields_of(body) == {"colour": "unknown_field"}
    assert site.rows(logged) == before


@promised()
def fields_and_expand_are_bounded(site: StartedSite) -> None:
    """A caller gets the fields it names, and the more it asks for; what there is not is refused by its name."""
    client, sparse = site.client(), site.plan.sparse
    site.written(site.plan.writing(site))

    [row, *_] = client.get(f"{sparse.path}&fields={sparse.field}").json()["items"]
    assert set(row) == {"id", sparse.field}
    if sparse.expanded:
        [row, *_] = client.get(f"{sparse.path}&fields={sparse.field}&expand={sparse.expanded}").json()["items"]
        assert set(row) == {"id", sparse.field, sparse.expanded}
    for parameter in ("fields", "expand") if sparse.expanded else ("fields",):
        reply = client.get(f"{sparse.path}&{parameter}=secrets")
        assert fields_of(problem(site, reply, status=400, code="invalid_parameter")) == {parameter: "unknown_field"}


def _page(client: Caller, path: str, cursor: str) -> tuple[list[Any], str]:
    reply = client.get(f"{path}&page_size=2" + (f"&cursor={quote(cursor)}" if cursor else ""))
    assert reply.status == 200, reply
    page = reply.json()
    assert len(page["items"]) <= 2
    if page["next_cursor"]:
        assert 'rel="next"' in reply["Link"]
    return [row["id"] for row in page["items"]], page["next_cursor"] or ""
