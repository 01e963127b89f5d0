"""FULL_TRANSITIVE, offline: today's schema against every one that was ever released, in both directions.

Stricter than Avro: a field's type never changes at all, and neither do topic and key.
"""

from collections.abc import Iterator, Mapping

from shared_contracts.tooling.shapes import EventSchema, Field, Record


def incompatibilities(old: EventSchema, new: EventSchema) -> list[str]:
    """Why a reader of one could fail at, or lose its place in, what the other wrote; empty when all is well."""
    return list(_between(old, new))


def _between(old: EventSchema, new: EventSchema) -> Iterator[str]:
    name = new.type_name
    if old.type_name != name:
        yield f"{name}: was {old.type_name}"
    if old.topic != new.topic:
        yield f"{name}: moved from topic {old.topic} to {new.topic}"
    if old.key != new.key:
        yield f"{name}: its key changed from {old.key} to {new.key}"
    yield from _records(name, (old.record, new.record), (_parts(old), _parts(new)))


def _parts(schema: EventSchema) -> Mapping[str, Record]:
    return {part.name: part for part in schema.parts}


def _records(
    place: str, pair: tuple[Record, Record], parts: tuple[Mapping[str, Record], Mapping[str, Record]]
) -> Iterator[str]:
    old, new = ({field.name: field for field in record.fields} for record in pair)
    for name in old.keys() - new.keys():
        if old[name].required:
            yield f"{place}.{name}: is required and was removed; older readers need it for ever"
    for name in new.keys() - old.keys():
        if new[name].required:
            yield f"{place}.{name}: is new and has no default; what was written before cannot be read"
    for name in sorted(old.keys() & new.keys()):
        yield from _fields(f"{place}.{name}", old[name], new[name], parts)


def _fields(
    place: str, old: Field, new: Field, parts: tuple[Mapping[str, Record], Mapping[str, Record]]
) -> Iterator[str]:
    if old.type != new.type:
        yield f"{place}: its type changed"
        return
    if old.required != new.required:
        yield f"{place}: its default was {'added' if old.required else 'taken away'}"
    nested = new.type.item or new.type
    if nested.record:
        yield from _records(place, (parts[0][nested.record], parts[1][nested.record]), parts)
