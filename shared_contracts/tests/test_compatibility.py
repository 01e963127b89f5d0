"""What was released stays readable in both directions, for ever; checked without any registry."""

import json
from datetime import date
from io import BytesIO
from typing import Any

import pytest
from fastavro import parse_schema, schemaless_reader, schemaless_writer
from fastavro.read import SchemaResolutionError

from shared_contracts.tests.contracts_copy import Copy, field
from shared_contracts.tooling.compatibility import incompatibilities
from shared_contracts.tooling.released import NotReleasable
from shared_contracts.tooling.shapes import read_schema

PRICE = "firstviscount.catalog.v1.PriceChanged"
REMARK = {"name": "remark", "type": "string", "default": "", "doc": "A remark."}


def drop(name: str) -> Any:
    return lambda schema: schema["fields"].remove(field(schema, name))


def in_price(edit: Any) -> Any:
    """The same edit to the nested record Price."""
    return lambda schema: edit(field(schema, "prices")["type"]["items"])


ALLOWED = {
    "a field with a default is added": lambda s: s["fields"].append(REMARK),
    "a field with a default goes": drop("sku"),
    "fields change places": lambda s: s["fields"].reverse(),
    "words of explanation change": lambda s: s.update(doc="Other words."),
    "a default changes": lambda s: field(s, "sku").update(default="?"),
    "a nested record gets a field with a default": in_price(lambda s: s["fields"].append(REMARK)),
    "a word list appears": lambda s: field(s, "sku").update(one_of=["", "SHIRT-RED"]),
}
BROKEN = {
    "a required field goes": (drop("variant_id"), f"{PRICE}.variant_id: is required and was removed"),
    "a required field is added": (
        lambda s: s["fields"].append({"name": "why", "type": "string", "required_as": "fact", "doc": "Why."}),
        f"{PRICE}.why: is new and has no default",
    ),
    "a default is taken away": (
        lambda s: (field(s, "sku").pop("default"), field(s, "sku").update(required_as="fact")),
        f"{PRICE}.sku: its default was taken away",
    ),
    "a default is given": (
        lambda s: (field(s, "currency").pop("required_as"), field(s, "currency").pop("format"),
                   field(s, "currency").update(default="")),
        f"{PRICE}.currency: its default was added",
    ),
    "a type changes": (lambda s: field(s, "sku").update(type="long", default=0), f"{PRICE}.sku: its type changed"),
    "a field becomes nullable": (
        lambda s: field(s, "sku").update(type=["null", "string"], default=None),
        f"{PRICE}.sku: its type changed",
    ),
    "a field stops being nullable": (
        lambda s: field(s, "amount").update(type=["null", "string"]),
        f"{PRICE}.amount: its type changed",
    ),
    "a required field is renamed": (
        lambda s: field(s, "variant_id").update(name="sold_variant_id"),
        f"{PRICE}.variant_id: is required and was removed",
    ),
    "a nested required field goes": (
        in_price(lambda s: s["fields"].remove(field(s, "amount"))),
        f"{PRICE}.prices.amount: is required and was removed",
    ),
    "a nested record is renamed": (
        lambda s: field(s, "prices")["type"]["items"].update(name="Tag"),
        f"{PRICE}.prices: its type changed",
    ),
    "the topic changes": (lambda s: s.update(topic="catalog.price"), f"{PRICE}: moved from topic catalog.product to"),
    "the key changes": (lambda s: s.update(key="variant_id"), f"{PRICE}: its key changed from product_id to"),
}  # fmt: skip


def changed(copy: Copy, edit: Any) -> list[str]:
    path = copy.events / "catalog" / "PriceChanged.avsc"
    old = read_schema(path)
    copy.change("catalog/PriceChanged", edit)
    return incompatibilities(old, read_schema(path))


@pytest.mark.parametrize("edit", ALLOWED.values(), ids=ALLOWED)
def test_growth_is_allowed(copy: Copy, edit: Any) -> None:
    assert changed(copy, edit) == []


@pytest.mark.parametrize(("edit", "message"), BROKEN.values(), ids=BROKEN)
def test_a_break_is_told_with_its_field(copy: Copy, edit: Any, message: str) -> None:
    problems = changed(copy, edit)

    assert any(problem.startswith(message) for problem in problems), problems


@pytest.mark.parametrize("edit", ALLOWED.values(), ids=ALLOWED)
def test_what_is_allowed_is_read_in_both_directions_by_plain_avro(copy: Copy, edit: Any) -> None:
    path = copy.events / "catalog" / "PriceChanged.avsc"
    old = json.loads(path.read_text(encoding="utf-8"))
    copy.change("catalog/PriceChanged", edit)
    new = json.loads(path.read_text(encoding="utf-8"))

    assert read_by_avro(old, new)["variant_id"] is not None
    assert read_by_avro(new, old)["variant_id"] is not None


@pytest.mark.parametrize("name", ["a required field goes", "a required field is added", "a type changes"])
def test_what_is_a_break_is_one_for_plain_avro_too(copy: Copy, name: str) -> None:
    path = copy.events / "catalog" / "PriceChanged.avsc"
    old = json.loads(path.read_text(encoding="utf-8"))
    copy.change("catalog/PriceChanged", BROKEN[name][0])
    new = json.loads(path.read_text(encoding="utf-8"))

    with pytest.raises((SchemaResolutionError, ValueError)):
        (read_by_avro(old, new), read_by_avro(new, old))


def read_by_avro(writer: dict[str, Any], reader: dict[str, Any]) -> dict[str, Any]:
    buffer = BytesIO()
    schemaless_writer(buffer, parse_schema(writer), {name: VALUES.get(name, "x") for name in names(writer)})
    buffer.seek(0)
    record: Any = schemaless_reader(buffer, parse_schema(writer), parse_schema(reader))
    return dict(record)


def names(schema: dict[str, Any]) -> list[str]:
    return [entry["name"] for entry in schema["fields"]]


VALUES: dict[str, Any] = {
    "product_id": "019aa000-0000-7000-8000-000000000100",
    "variant_id": "019aa000-0000-7000-8000-000000000101",
    "amount": None,
    "previous_amount": None,
    "changed_at": 0,
    "prices": [{"currency": "EUR", "amount": b"\x01"}],
}


def test_every_release_is_checked_not_only_the_last(copy: Copy) -> None:
    copy.change("catalog/PriceChanged", lambda s: s["fields"].insert(0, REMARK))
    copy.change_examples("catalog/PriceChanged", lambda e: e["full"].update(remark="x"))
    copy.generate()
    copy.release("1.0.0")
    copy.change("catalog/PriceChanged", drop("remark"))
    copy.change_examples("catalog/PriceChanged", lambda e: e["full"].pop("remark"))
    copy.generate()
    copy.release("1.1.0")
    assert copy.check() == []

    copy.change("catalog/PriceChanged", lambda s: s["fields"].insert(0, REMARK | {"type": "long", "default": 0}))
    copy.change_examples("catalog/PriceChanged", lambda e: e["full"].update(remark=7))
    copy.generate()

    assert copy.check() == [f"1.0.0: {PRICE}.remark: its type changed"]


def test_a_released_event_never_goes(copy: Copy) -> None:
    copy.release("1.0.0")
    for path in (copy.events / "catalog").glob("PriceChanged.*"):
        path.unlink()
    copy.generate()

    assert copy.check() == [f"1.0.0: {PRICE} was released and is gone"]


@pytest.mark.parametrize("edit", ALLOWED.values(), ids=ALLOWED)
def test_released_golden_bytes_are_read_after_any_growth(copy: Copy, edit: Any) -> None:
    copy.release("1.0.0")
    copy.change("catalog/PriceChanged", edit)
    problems = copy.check()

    assert [problem for problem in problems if problem.startswith("1.0.0")] == []


@pytest.mark.parametrize(
    ("spoil", "name"),
    [
        (lambda folder: (folder / "events/catalog/PriceChanged.avsc").write_text("{}"), "PriceChanged.avsc"),
        (lambda folder: (folder / "events/catalog/PriceChanged.golden.hex").unlink(), "PriceChanged.golden.hex"),
        (lambda folder: (folder / "events/catalog/Added.avsc").write_text("{}"), "Added.avsc"),
    ],
)
def test_what_was_released_is_frozen(copy: Copy, spoil: Any, name: str) -> None:
    copy.release("1.0.0")

    spoil(copy.released / "1.0.0")

    assert copy.check()[0] == f"1.0.0: events/catalog/{name} was released and has changed since"


def test_a_release_holds_events_examples_bytes_and_apis(copy: Copy) -> None:
    (copy.apis / "catalog").mkdir()
    (copy.apis / "catalog" / "v1.json").write_text(json.dumps(api()), encoding="utf-8")

    written = copy.release("1.0.0")

    assert len(written) == 3 * len(list(copy.events.glob("*/*.avsc"))) + 1
    assert "apis/catalog/v1.json" in written
    assert copy.check() == []


def test_a_released_api_only_grows(copy: Copy) -> None:
    (copy.apis / "catalog").mkdir()
    published = copy.apis / "catalog" / "v1.json"
    published.write_text(json.dumps(api()), encoding="utf-8")
    copy.release("1.0.0")

    copy.rewrite(published, lambda document: document["paths"].pop("/products"))
    assert copy.check() == ["1.0.0: apis/catalog/v1.json /paths/~1products/get: the path is gone"]

    published.unlink()
    assert copy.check() == ["1.0.0: apis/catalog/v1.json was released and is gone"]


def test_an_operation_may_leave_a_released_api_after_its_sunset(copy: Copy) -> None:
    (copy.apis / "catalog").mkdir()
    published = copy.apis / "catalog" / "v1.json"
    document = api()
    document["paths"]["/products"]["get"] |= {"deprecated": True, "x-sunset": "2026-06-30"}
    published.write_text(json.dumps(document), encoding="utf-8")
    copy.release("1.0.0")
    copy.rewrite(published, lambda document: document["paths"].pop("/products"))

    assert copy.check(today=date(2026, 6, 30)) == [
        "1.0.0: apis/catalog/v1.json /paths/~1products/get: the path is gone"
    ]
    assert copy.check(today=date(2026, 7, 1)) == []


def api() -> dict[str, Any]:
    answer = {"description": "Products"}
    return {"openapi": "3.1.0", "paths": {"/products": {"get": {"responses": {"200": answer}}}}}


def test_a_version_is_released_once(copy: Copy) -> None:
    copy.release("1.0.0")

    with pytest.raises(NotReleasable, match=r"^1\.0\.0 is released already$"):
        copy.release("1.0.0")


def test_stale_contracts_are_not_released(copy: Copy) -> None:
    (copy.events / "catalog" / "v1.py").unlink()

    with pytest.raises(NotReleasable, match=r"^generate first: catalog/v1\.py$"):
        copy.release("1.0.0")
    assert not list(copy.released.iterdir())
