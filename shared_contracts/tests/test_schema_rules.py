"""What a schema may look like: the rules hold for every event, and each of them can be broken and is then named."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from shared_contracts.events.schemas import EVENTS_FOLDER
from shared_contracts.tests.contracts_copy import Copy, field
from shared_contracts.tooling.shapes import MONEY, EventSchema, ForbiddenSchema, event_schemas, read_schema

SCHEMAS = pytest.mark.parametrize("schema", event_schemas(EVENTS_FOLDER), ids=lambda schema: schema.record.name)
UUID = {"type": "string", "logicalType": "uuid"}


def all_fields(record: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Fields of the raw schema at any depth."""
    for entry in record["fields"]:
        yield entry
        for kind in all_types(entry["type"]):
            if isinstance(kind, dict) and kind["type"] == "record":
                yield from all_fields(kind)


def all_types(kind: Any) -> Iterator[Any]:
    """A type, and those it is made of."""
    yield kind
    if isinstance(kind, list):
        for branch in kind:
            yield from all_types(branch)
    elif isinstance(kind, dict) and "items" in kind:
        yield from all_types(kind["items"])


@SCHEMAS
def test_every_field_that_is_no_id_and_no_fact_has_a_default(schema: EventSchema) -> None:
    for entry in all_fields(schema.raw):
        assert ("default" in entry) != (entry.get("required_as") in {"id", "fact"}), entry["name"]


@SCHEMAS
def test_ids_are_called_ids(schema: EventSchema) -> None:
    for entry in all_fields(schema.raw):
        if entry.get("required_as") == "id":
            assert entry["name"].endswith("_id") or entry["name"] == schema.key


@SCHEMAS
def test_the_moment_of_the_fact_is_its_last_field(schema: EventSchema) -> None:
    last = schema.record.fields[-1]

    assert last.name.endswith("_at")
    assert (last.type.kind, last.required) == ("moment", True)


@SCHEMAS
def test_no_type_hinders_growth_or_loses_money(schema: EventSchema) -> None:
    for entry in all_fields(schema.raw):
        for kind in all_types(entry["type"]):
            name = kind["type"] if isinstance(kind, dict) else kind
            if isinstance(kind, list):
                assert (len(kind), kind[0]) == (2, "null")
            elif name == "bytes" and isinstance(kind, dict):
                assert kind == MONEY
            else:
                assert name in {
                    "null",
                    "string",
                    "long",
                    "boolean",
                    "bytes",
                    "array",
                    "record",
                    *PARTS[schema.type_name],
                }


@SCHEMAS
def test_every_field_is_explained_in_a_sentence(schema: EventSchema) -> None:
    for entry in all_fields(schema.raw):
        assert entry["doc"].endswith("."), entry["name"]


PARTS = {schema.type_name: {part.name for part in schema.parts} for schema in event_schemas(EVENTS_FOLDER)}


def kind_of(name: str, kind: Any) -> Callable[[dict[str, Any]], object]:
    def edit(schema: dict[str, Any]) -> None:
        field(schema, name)["type"] = kind

    return edit


def extra(**attributes: Any) -> Callable[[dict[str, Any]], object]:
    """Adds a field, by default a well-formed one."""
    return lambda schema: schema["fields"].append({"name": "more", "type": "string", "doc": "More."} | attributes)


BROKEN: list[tuple[Callable[[dict[str, Any]], object], str]] = [
    (
        kind_of("sku", {"type": "enum", "name": "E", "symbols": ["A"]}),
        r'PriceChanged\.sku: type .*"enum".* is not allowed',
    ),
    (kind_of("sku", "double"), r"PriceChanged\.sku: type double is not allowed"),
    (kind_of("sku", "float"), r"PriceChanged\.sku: type float is not allowed"),
    (kind_of("sku", "int"), r"PriceChanged\.sku: type int is not allowed"),
    (kind_of("sku", {"type": "map", "values": "string"}), r"PriceChanged\.sku: type .*map.* is not allowed"),
    (kind_of("sku", {"type": "fixed", "name": "F", "size": 4}), r"PriceChanged\.sku: type .*fixed.* is not allowed"),
    (kind_of("sku", ["string", "null"]), r"PriceChanged\.sku: a union must be \[null, one type\]"),
    (kind_of("sku", ["null", "string", "long"]), r"PriceChanged\.sku: a union must be \[null, one type\]"),
    (kind_of("sku", ["null", ["null", "string"]]), r"PriceChanged\.sku: an array is never null"),
    (kind_of("prices", ["null", {"type": "array", "items": "string"}]), r"an array is never null: its default is \[\]"),
    (kind_of("prices", {"type": "array", "items": ["null", "string"]}), r"an array holds no null and no array"),
    (
        kind_of("prices", {"type": "array", "items": {"type": "array", "items": "string"}}),
        r"holds no null and no array",
    ),
    (kind_of("amount", ["null", MONEY | {"scale": 2}]), r"PriceChanged\.amount: money is bytes, decimal\(18,4\)"),
    (kind_of("amount", ["null", MONEY | {"precision": 38}]), r"PriceChanged\.amount: money is bytes, decimal\(18,4\)"),
    (kind_of("changed_at", {"type": "long", "logicalType": "timestamp-millis"}), r"timestamp-millis.* is not allowed"),
    (kind_of("changed_at", ["null", "long"]), r"changed_at: may be null and needs the default null"),
    (extra(), r"PriceChanged\.more: needs a default, or required_as id or fact"),
    (extra(required_as="habit"), r"PriceChanged\.more: needs a default, or required_as id or fact"),
    (extra(required_as="fact", default=""), r"PriceChanged\.more: is required_as and has a default: one of them"),
    (extra(default="", doc=""), r"PriceChanged\.more: needs a doc"),
    (extra(default="", order="ignore"), r"PriceChanged\.more: has the unknown attribute order"),
    (extra(default=7), r"PriceChanged\.more: cannot have the default 7"),
    (extra(type="long", default=True), r"PriceChanged\.more: cannot have the default True"),
    (extra(type=["null", "long"], default=0), r"PriceChanged\.more: cannot have the default 0"),
    (
        extra(type={"type": "array", "items": "string"}, default=["x"]),
        r"PriceChanged\.more: cannot have the default \['x'\]",
    ),
    (extra(type=UUID, default=""), r"PriceChanged\.more: cannot have the default ''"),
    (extra(type="long", default=0, one_of=["a"]), r"format or one_of \(not both\) belongs to a plain string"),
    (extra(default="a", one_of=["a"], format="code"), r"format or one_of \(not both\) belongs to a plain string"),
    (extra(default="", format="colour"), r"PriceChanged\.more: format must be one of currency, code"),
    (extra(default="", format="currency"), r"PriceChanged\.more: a currency is part of the fact"),
    (extra(default="z", one_of=["a", "b"]), r"PriceChanged\.more: the default must be one_of the words"),
    (lambda s: s.update(namespace="firstviscount.orders.v1"), r"namespace: must be firstviscount\.catalog\.v<number>"),
    (
        lambda s: s.update(namespace="firstviscount.catalog.latest"),
        r"namespace: must be firstviscount\.catalog\.v<number>",
    ),
    (lambda s: s.update(namespace="firstviscount.catalog.v2"), r"the file must be called PriceChanged\.v2\.avsc"),
    (lambda s: s.update(name="PriceRaised"), r"the file must be called PriceRaised\.avsc"),
    (lambda s: s.update(topic="orders.order"), r"topic: must be a topic of catalog"),
    (lambda s: s.update(key="sku"), r"key: must name a required field that holds a uuid or a string"),
    (lambda s: s.update(key="imagined"), r"key: must name a required field"),
    (lambda s: s.pop("doc"), r"PriceChanged: needs a doc"),
    (lambda s: s.update(type="error"), r"PriceChanged: must be a record"),
    (
        extra(type={"type": "record", "name": "Price", "doc": "D.", "fields": []}, required_as="fact"),
        r"record Price is defined twice",
    ),
    (
        extra(type={"type": "record", "name": "a.Price", "doc": "D.", "fields": []}, required_as="fact"),
        r"a nested record lives in the namespace of its event",
    ),
]


@pytest.mark.parametrize(("edit", "message"), BROKEN)
def test_a_broken_rule_is_named_with_its_place(
    copy: Copy, edit: Callable[[dict[str, Any]], object], message: str
) -> None:
    copy.change("catalog/PriceChanged", edit)

    with pytest.raises(ForbiddenSchema, match=message) as forbidden:
        read_schema(copy.events / "catalog" / "PriceChanged.avsc")

    assert str(forbidden.value).startswith("catalog/PriceChanged.avsc: ")
    assert copy.check() == [str(forbidden.value)]


def test_a_file_that_is_no_json_is_named(copy: Copy) -> None:
    (copy.events / "catalog" / "PriceChanged.avsc").write_text("{", encoding="utf-8")

    assert copy.check()[0].startswith("catalog/PriceChanged.avsc: is no JSON: ")


def test_a_nested_record_is_the_same_in_all_events_of_a_site(copy: Copy) -> None:
    def edit(schema: dict[str, Any]) -> None:
        field(schema, "prices")["type"]["items"]["fields"][0]["doc"] = "Another meaning."

    copy.change("catalog/PriceChanged", edit)

    assert copy.check() == ["record Price differs between PriceChanged.avsc and ProductCreated.avsc"]


def test_a_second_version_lies_beside_the_first(copy: Copy) -> None:
    first = copy.events / "catalog" / "PriceChanged.avsc"
    schema = json.loads(first.read_text(encoding="utf-8")) | {"namespace": "firstviscount.catalog.v2"}
    for suffix in (".avsc", ".examples.json"):
        Path(f"{first.parent}/PriceChanged.v2{suffix}").write_bytes(first.with_suffix(suffix).read_bytes())
    (first.parent / "PriceChanged.v2.avsc").write_text(json.dumps(schema), encoding="utf-8")

    changed = copy.generate()

    assert changed == ["catalog/v2.py", "catalog/PriceChanged.v2.golden.hex"]
    assert 'TYPE: ClassVar[str] = "firstviscount.catalog.v2.PriceChanged"' in (first.parent / "v2.py").read_text()
    assert copy.check() == []
