"""Two schemas, one question: does whoever relied on the old one still get along with the new one?

In a request the new schema must take everything the old one took. In a response it may answer nothing the old one
did not announce, except new properties: clients ignore what they do not know. Limits and patterns of a response
describe, they promise nothing, and are not judged; an enum of a response may grow when it is marked
`x-extensible-enum: true`.
"""

from collections.abc import Iterator
from typing import Any, Literal

from shared_contracts.tooling.openapi_document import Place
from shared_contracts.tooling.openapi_shapes import LOWER, UNJUDGED, UPPER, Shape, shape_of

Direction = Literal["request", "response"]


class SchemaDiff:
    """Compares schemas of two documents; each pair of places once, so that components are told once and end."""

    def __init__(self) -> None:
        self._seen: set[tuple[str, str, Direction]] = set()

    def breaks(self, old: Place, new: Place, direction: Direction) -> Iterator[str]:
        """One line for each break: JSON pointer, then what broke."""
        pair = (old.pointer, new.pointer, direction)
        if pair in self._seen:
            return
        self._seen.add(pair)
        before, after = shape_of(old), shape_of(new)
        for pointer, what in _judged(before, after, direction):
            yield f"{pointer}: {what} ({direction})"
        if before.alternatives or after.alternatives:
            yield from self._alternatives(before, after, direction)
        if bool(before.alternatives) == bool(after.alternatives):
            yield from self._below(before, after, direction)

    def _below(self, old: Shape, new: Shape, direction: Direction) -> Iterator[str]:
        for name in sorted(old.properties.keys() & new.properties.keys()):
            if not _hidden(old.properties[name], direction):
                yield from self.breaks(old.properties[name], new.properties[name], direction)
        if old.items and new.items:
            yield from self.breaks(old.items, new.items, direction)
        if isinstance(old.additional, Place) and isinstance(new.additional, Place):
            yield from self.breaks(old.additional, new.additional, direction)

    def _alternatives(self, old: Shape, new: Shape, direction: Direction) -> Iterator[str]:
        """Every branch of one side needs a branch of the other that it gets along with."""
        olds, news = old.alternatives or [old.place], new.alternatives or [new.place]
        sources, targets = (olds, news) if direction == "request" else (news, olds)
        for source in sources:
            pairs = [(source, target) if direction == "request" else (target, source) for target in targets]
            if any(not self._tried(before, after, direction) for before, after in pairs):
                continue
            same = [pair for pair in pairs if pair[0].pointer == pair[1].pointer]
            if same:
                yield from self.breaks(*same[0], direction)
            else:
                what = "this alternative is no longer taken" if direction == "request" else "a new alternative"
                yield f"{source.pointer}: {what} ({direction})"

    def _tried(self, old: Place, new: Place, direction: Direction) -> list[str]:
        if shape_of(old).alternatives or shape_of(new).alternatives:
            # Alternatives within alternatives: trying each against each has no end worth its time.
            return [] if old.value == new.value else ["cannot be judged"]
        trial = SchemaDiff()
        trial._seen = self._seen - {(old.pointer, new.pointer, direction)}
        return list(trial.breaks(old, new, direction))


def _judged(old: Shape, new: Shape, direction: Direction) -> Iterator[tuple[str, str]]:
    yield from _null(old, new, direction)
    if bool(old.alternatives) != bool(new.alternatives):
        return  # One branch against a whole schema: that is judged branch by branch.
    yield from _types(old, new, direction)
    yield from _enum(old, new, direction)
    yield from _required(old, new, direction)
    yield from _gone(old, new, direction)
    yield from _format(old, new, direction)
    yield from _structure(old, new, direction)
    if direction == "request":
        yield from _limits(old, new)
        yield from _patterns(old, new)


def _null(old: Shape, new: Shape, direction: Direction) -> Iterator[tuple[str, str]]:
    wide, narrow = (new, old) if direction == "request" else (old, new)
    if narrow.nullable and not wide.takes_null:
        yield new.place.pointer, "null is no longer taken" if direction == "request" else "may be null now"


def _types(old: Shape, new: Shape, direction: Direction) -> Iterator[tuple[str, str]]:
    wide, narrow = (new, old) if direction == "request" else (old, new)
    if not _covers(wide.types, narrow.types):
        yield new.place.pointer, f"type changed from {_named(old.types)} to {_named(new.types)}"


def _covers(wide: frozenset[str] | None, narrow: frozenset[str] | None) -> bool:
    if wide is None:
        return True
    if narrow is None:
        return False
    return all(kind in wide or (kind == "integer" and "number" in wide) for kind in narrow)


def _named(types: frozenset[str] | None) -> str:
    return "anything" if types is None else " or ".join(sorted(types)) or "nothing"


def _enum(old: Shape, new: Shape, direction: Direction) -> Iterator[tuple[str, str]]:
    if direction == "response" and old.keywords.get("x-extensible-enum") is True:
        return
    wide, narrow = (new.enum, old.enum) if direction == "request" else (old.enum, new.enum)
    if wide is None:
        return
    if narrow is None:
        what = "only certain values are taken now" if direction == "request" else "any value may come now"
        yield new.place.pointer, what
        return
    extra = [value for value in narrow if value not in wide]
    if extra:
        listed = ", ".join(repr(value) for value in extra)
        yield new.place.pointer, f"{listed} no longer taken" if direction == "request" else f"{listed} may come now"


def _required(old: Shape, new: Shape, direction: Direction) -> Iterator[tuple[str, str]]:
    if direction == "request":
        for name in sorted(new.required - old.required):
            if not _hidden(new.properties.get(name), direction):
                yield _property(new, name), "must be sent now" if name in old.properties else "is new and must be sent"
    else:
        for name in sorted((old.required - new.required) & new.properties.keys()):
            if not _hidden(new.properties[name], direction):
                yield _property(new, name), "may be missing now"


def _gone(old: Shape, new: Shape, direction: Direction) -> Iterator[tuple[str, str]]:
    for name in sorted(old.properties):
        if _hidden(old.properties[name], direction):
            continue
        after = new.properties.get(name)
        if after is None:
            yield _property(old, name), f"is gone{_renamed(old, new, name)}"
        elif _hidden(after, direction):
            yield _property(new, name), "is read-only now" if direction == "request" else "is write-only now"


def _renamed(old: Shape, new: Shape, name: str) -> str:
    twins = [
        fresh
        for fresh in new.properties.keys() - old.properties.keys()
        if new.properties[fresh].value == old.properties[name].value
    ]
    return f" (renamed to {twins[0]}?)" if len(twins) == 1 else ""


def _format(old: Shape, new: Shape, direction: Direction) -> Iterator[tuple[str, str]]:
    before, after = old.keywords.get("format"), new.keywords.get("format")
    loosened = after is None if direction == "request" else before is None
    if before != after and not loosened:
        yield new.place.pointer, f"format changed from {before} to {after}"


def _structure(old: Shape, new: Shape, direction: Direction) -> Iterator[tuple[str, str]]:
    if old.discriminator != new.discriminator:
        yield new.place.pointer, f"discriminator changed from {old.discriminator} to {new.discriminator}"
    wide, narrow = (new, old) if direction == "request" else (old, new)
    if wide.items is not None and narrow.items is None and "array" in (narrow.types or ()):
        yield new.place.pointer, "what the array holds changed"
    if direction == "request" and old.additional is not False and new.additional is False:
        yield new.place.pointer, "unknown properties are refused now"
    elif isinstance(wide.additional, Place) and narrow.additional is True:
        yield new.place.pointer, "what unknown properties hold changed"
    for key in UNJUDGED:
        if old.keywords.get(key) != new.keywords.get(key):
            yield new.place.pointer, f"{key} changed, which cannot be judged"


def _limits(old: Shape, new: Shape) -> Iterator[tuple[str, str]]:
    for key in (*UPPER, *LOWER):
        before, after = old.keywords.get(key), new.keywords.get(key)
        if after is None or before == after:
            continue
        if before is None or (after < before if key in UPPER else after > before):
            yield new.place.pointer, f"{key} tightened from {_shown(before)} to {_shown(after)}"


def _patterns(old: Shape, new: Shape) -> Iterator[tuple[str, str]]:
    for key in ("pattern", "multipleOf", "uniqueItems"):
        before, after = old.keywords.get(key), new.keywords.get(key)
        if after is not None and after is not False and before != after:
            yield new.place.pointer, f"{key} changed from {_shown(before)} to {_shown(after)}"
    if "default" in old.keywords and old.keywords["default"] != new.keywords.get("default"):
        after = new.keywords.get("default")
        yield new.place.pointer, f"default changed from {_shown(old.keywords['default'])} to {_shown(after)}"


def _hidden(place: Place | None, direction: Direction) -> bool:
    """Whether the property plays no part in this direction."""
    if place is None:
        return False
    keyword = "readOnly" if direction == "request" else "writeOnly"
    return shape_of(place).keywords.get(keyword) is True


def _property(shape: Shape, name: str) -> str:
    place = shape.properties.get(name)
    own = shape.place.at("properties", name)
    if place is not None and own is None:
        return place.pointer
    return f"{shape.place.pointer}/properties/{name.replace('~', '~0').replace('/', '~1')}"


def _shown(value: Any) -> str:
    return "none" if value is None else repr(value)
