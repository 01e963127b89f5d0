"""ETags: a reader asks «has it changed?», a writer says «only if it has not»."""

import re
from collections.abc import Callable
from typing import Any, NamedTuple

from rest_framework.request import Request
from rest_framework.response import Response

from site_kit.http.problem import RequestRefused
from site_kit.http.promises import promise

TAG = re.compile(r'\s*(W/)?"([\x21\x23-\x7e]*)"\s*')
UNFIT = re.compile(r"[^!#-~]")


class Tags(NamedTuple):
    """The value of If-Match or If-None-Match: `*`, or tags with their weakness."""

    any: bool
    tags: frozenset[tuple[bool, str]] = frozenset()

    def strongly(self, etag: str | None) -> bool:
        """Whether a strong tag of the list is `etag`; None stands for «there is nothing yet»."""
        return etag is not None and (self.any or (False, etag.strip('"')) in self.tags)

    def weakly(self, etag: str) -> bool:
        """The same, weak tags counting too."""
        return self.any or any(tag == etag.strip('"') for _, tag in self.tags)


def etag_for(*parts: object) -> str:
    """A strong ETag made of what changes with the resource, such as its id and revision: `"7-12"`."""
    text = "-".join(UNFIT.sub("_", str(part)) for part in parts)
    return f'"{text}"'


def require_match(request: Request, etag: str | None) -> None:
    """Go on only if the caller has seen the present state.

    `etag` is the resource's tag now; call this *after* locking the row in the same transaction, or two writers
    pass together. Raises `RequestRefused`: precondition_required (428) without If-Match, precondition_failed (412)
    when the resource is another by now, invalid_precondition (400).
    """
    given = request.META.get("HTTP_IF_MATCH")
    if given is None:
        refuse_blind_write()
    elif not parsed(given).strongly(etag):
        refuse_stale_write(etag)


def conditional(request: Request, etag: str, data: Callable[[], Any], **headers: str) -> Response:
    """Answer a GET: 304 without a body if the caller has this state already, else 200 with `data()`.

    `data` is not called for a 304, so reading and rendering can wait until it is needed.
    """
    given = request.META.get("HTTP_IF_NONE_MATCH")
    unchanged = given is not None and matches(given, etag)
    if unchanged:
        return Response(status=304, headers={"ETag": etag, **headers})
    return Response(data(), headers={"ETag": etag, **headers})


def parsed(value: str) -> Tags:
    """The tags of a header. Raises `RequestRefused` (400) for one that cannot be read."""
    if value.strip() == "*":
        return Tags(any=True)
    found, place = set(), 0
    while place < len(value):
        match = TAG.match(value, place)
        if match is None or (match.end() < len(value) and value[match.end()] != ","):
            raise RequestRefused("invalid_precondition", 'Tags stand in quotes, with commas between: "7-12", "7-13".')
        found.add((bool(match[1]), match[2]))
        place = match.end() + 1
    if not found:
        raise RequestRefused("invalid_precondition", 'Tags stand in quotes, with commas between: "7-12", "7-13".')
    return Tags(any=False, tags=frozenset(found))


@promise("not_modified", broken=False)
def matches(if_none_match: str, etag: str) -> bool:
    """Whether the caller has this state."""
    return parsed(if_none_match).weakly(etag)


@promise("if_match_needed", broken=None)
def refuse_blind_write() -> None:
    """428."""
    raise RequestRefused("precondition_required", "Send If-Match with the ETag you have seen.")


@promise("stale_write_refused", broken=None)
def refuse_stale_write(etag: str | None) -> None:
    """412, with the present tag."""
    headers = {"ETag": etag} if etag else {}
    raise RequestRefused("precondition_failed", "Read it again: it is not what you have seen.", headers=headers)
