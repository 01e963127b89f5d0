"""What an API's callers would notice: the breaking changes between two OpenAPI documents.

Broken is what a caller that did right yesterday trips over today. Words, examples, tags, operation ids, servers and
anything added that nobody must use are free to change.
"""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from shared_contracts.tooling.openapi_document import Operation, Place, operations, whole
from shared_contracts.tooling.openapi_schema_diff import Direction, SchemaDiff


def breaking_changes(old: Mapping[str, Any], new: Mapping[str, Any], *, today: date | None = None) -> list[str]:
    """One line per break, `<JSON pointer>: <what broke>`, sorted; empty when every caller of `old` gets along.

    The pointer leads into `old` for what is gone, else into `new`. An operation may go without being reported when
    `old` marks it `deprecated` with an `x-sunset` date and `today` is past it.
    """
    if old == new:
        return []
    return sorted(set(_Comparison(old, new, today).breaks()))


class _Comparison:
    def __init__(self, old: Mapping[str, Any], new: Mapping[str, Any], today: date | None) -> None:
        self.old = old
        self.new = new
        self.today = today
        self.schemas = SchemaDiff()

    def breaks(self) -> Iterator[str]:
        before, after = operations(self.old), operations(self.new)
        paths = {path for path, _ in after}
        for address, operation in before.items():
            if address in after:
                yield from self._operation(operation, after[address])
            elif not _may_go(operation.place, self.today):
                yield f"{operation.place.pointer}: the {'operation' if address[0] in paths else 'path'} is gone"

    def _operation(self, old: Operation, new: Operation) -> Iterator[str]:
        yield from self._parameters(old, new)
        yield from self._body(old.place, new.place)
        yield from self._responses(old.place, new.place)
        yield from self._security(old, new)

    def _parameters(self, old: Operation, new: Operation) -> Iterator[str]:
        before, after = _parameters(old), _parameters(new)
        for key, parameter in before.items():
            if key in after:
                yield from self._parameter(parameter, after[key])
            elif key[0] == "query":
                yield f"{parameter.pointer}: the parameter {key[1]} is gone"
        for key in after.keys() - before.keys():
            if after[key].get("required"):
                yield f"{after[key].pointer}: the new parameter {after[key].get('name')} is required"

    def _parameter(self, old: Place, new: Place) -> Iterator[str]:
        if new.get("required") and not old.get("required"):
            yield f"{new.pointer}: the parameter {new.get('name')} is required now"
        for key in ("style", "explode"):
            if old.get(key) != new.get(key):
                yield f"{new.pointer}: {key} changed from {old.get(key)} to {new.get(key)}"
        yield from self._schema(old, new, "request")
        yield from self._contents(old, new, "request")

    def _body(self, old: Place, new: Place) -> Iterator[str]:
        before, after = old.at("requestBody"), new.at("requestBody")
        if before and not after:
            yield f"{before.pointer}: the request body is gone"
        elif after and after.get("required") and not (before and before.get("required")):
            yield f"{after.pointer}: the request body is required now"
        if before and after:
            yield from self._contents(before, after, "request")

    def _contents(self, old: Place, new: Place, direction: Direction) -> Iterator[str]:
        after = new.children("content")
        for media_type, content in old.children("content").items():
            if media_type not in after:
                yield f"{content.pointer}: the media type {media_type} is gone ({direction})"
                continue
            yield from self._schema(content, after[media_type], direction)

    def _schema(self, old: Place, new: Place, direction: Direction) -> Iterator[str]:
        before, after = old.at("schema"), new.at("schema")
        if before and not after and direction == "response":
            yield f"{before.pointer}: the schema is gone (response)"
        elif after and (before or direction == "request"):
            anything = Place(old.document, f"{old.pointer}/schema", {})
            yield from self.schemas.breaks(before or anything, after, direction)

    def _responses(self, old: Place, new: Place) -> Iterator[str]:
        after = new.children("responses")
        for status, response in old.children("responses").items():
            if status not in after:
                yield f"{response.pointer}: the response {status} is gone"
                continue
            yield from self._contents(response, after[status], "response")
            yield from self._headers(response, after[status])

    def _headers(self, old: Place, new: Place) -> Iterator[str]:
        after = {name.lower(): header for name, header in new.children("headers").items()}
        for name, header in old.children("headers").items():
            if name.lower() not in after:
                yield f"{header.pointer}: the header {name} is gone"
                continue
            yield from self._schema(header, after[name.lower()], "response")

    def _security(self, old: Operation, new: Operation) -> Iterator[str]:
        before, after = _ways_in(self.old, old.place), _ways_in(self.new, new.place)
        pointer = f"{new.place.pointer}/security" if new.place.get("security") is not None else "/security"
        if {} in before and {} not in after:
            yield f"{pointer}: {new.title} asks for a sign-in now"
            return
        for way in before:
            if not any(_opens(way, wanted) for wanted in after):
                yield f"{pointer}: {new.title} no longer opens for {_told(way)}"


def _may_go(operation: Place, today: date | None) -> bool:
    sunset = operation.get("x-sunset")
    if not (today and operation.get("deprecated") and sunset):
        return False
    return date.fromisoformat(str(sunset)[:10]) < today


def _parameters(operation: Operation) -> dict[tuple[str, str], Place]:
    """By place and name; path parameters by their position, because their names are not on the wire."""
    listed = (*operation.item.items("parameters"), *operation.place.items("parameters"))
    names = [part[1:-1] for part in operation.path.split("/") if part.startswith("{")]
    found = {}
    for parameter in listed:
        where, name = str(parameter.get("in")), str(parameter.get("name"))
        if where == "path" and name in names:
            name = str(names.index(name))
        found[where, name.lower() if where == "header" else name] = parameter
    return found


def _ways_in(document: Mapping[str, Any], operation: Place) -> list[dict[str, list[str]]]:
    """Each way to be let in: schemes with their scopes. An empty one stands for no sign-in at all."""
    own = operation.get("security")
    ways = own if own is not None else whole(document).get("security", [])
    return [dict(way) for way in ways] or [{}]


def _opens(given: dict[str, list[str]], wanted: dict[str, list[str]]) -> bool:
    return all(scheme in given and set(scopes) <= set(given[scheme]) for scheme, scopes in wanted.items())


def _told(way: dict[str, list[str]]) -> str:
    return " and ".join(f"{scheme} [{' '.join(scopes)}]" for scheme, scopes in way.items())
