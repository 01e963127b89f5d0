"""From schemas to the text of a module with one frozen dataclass per record."""

import json
from textwrap import wrap

from shared_contracts.events.schemas import fingerprint_of
from shared_contracts.tooling.shapes import EventSchema, Field, ForbiddenSchema, Record, Type, records_of

WIDTH = 120
_PYTHON = {
    "text": "str",
    "uuid": "UUID",
    "whole": "int",
    "truth": "bool",
    "blob": "bytes",
    "money": "Decimal",
    "moment": "datetime",
}
_IMPORTED = {
    "moment": "from datetime import datetime",
    "money": "from decimal import Decimal",
    "uuid": "from uuid import UUID",
}


def module_source(site: str, version: str, schemas: list[EventSchema]) -> str:
    """The whole module of one site and version, formatted. Raises ForbiddenSchema when a nested record differs."""
    parts = _shared_parts(schemas)
    blocks = [_head(site, version, schemas, parts)]
    blocks += [_class_source(part, "Part", []) for part in parts]
    blocks += [_class_source(schema.record, "Event", _constants(schema)) for schema in schemas]
    names = "".join(f"    {schema.record.name},\n" for schema in schemas)
    blocks.append(f"EVENTS: tuple[type[Event], ...] = (\n{names})\n")
    return "\n\n".join(blocks)


def _shared_parts(schemas: list[EventSchema]) -> list[Record]:
    known: dict[str, tuple[EventSchema, Record]] = {}
    for schema, part in records_of(schemas):
        first, same = known.setdefault(part.name, (schema, part))
        if same != part:
            raise ForbiddenSchema(f"record {part.name} differs between {first.path.name} and {schema.path.name}")
    return [part for _, part in known.values()]


def _head(site: str, version: str, schemas: list[EventSchema], parts: list[Record]) -> str:
    fields = [field for record in (*parts, *(schema.record for schema in schemas)) for field in record.fields]
    kinds = {field.type.item.kind if field.type.item else field.type.kind for field in fields}
    imports = ["from dataclasses import dataclass"]
    imports += [line for kind, line in _IMPORTED.items() if kind in kinds and kind != "uuid"]
    imports.append("from typing import ClassVar, Self")
    imports += [_IMPORTED["uuid"]] if "uuid" in kinds else []
    used = ["Event"] + (["Part"] if parts else []) + ["Record"]
    used += ["part_or_none"] if any(field.type.kind == "record" for field in fields) else []
    used += ["parts"] if any(field.type.item and field.type.item.record for field in fields) else []
    return (
        f'"""Events of {site}, {version}. Generated from the .avsc files in this folder; do not edit.\n\n'
        f'`python3 manage_all.py contracts generate` writes it anew.\n"""\n\n'
        + "\n".join(imports)
        + "\n\nfrom shared_contracts.events import fields\n"
        + f"from shared_contracts.events.event import {', '.join(used)}\n"
    )


def _constants(schema: EventSchema) -> list[str]:
    return [
        f'    TYPE: ClassVar[str] = "{schema.type_name}"',
        f'    TOPIC: ClassVar[str] = "{schema.topic}"',
        f'    KEY: ClassVar[str] = "{schema.key}"',
        f'    FINGERPRINT: ClassVar[str] = "{fingerprint_of(schema.raw)}"',
        "",
    ]


def _class_source(record: Record, parent: str, constants: list[str]) -> str:
    lines = [
        "@dataclass(frozen=True, slots=True, kw_only=True)",
        f"class {record.name}({parent}):",
        *_docstring(record),
        "",
        *constants,
        *(_declaration(field) for field in record.fields),
        "",
        "    def to_record(self) -> Record:",
        "        return {",
        *(line for field in record.fields for line in _written(field)),
        "        }",
        "",
        "    @classmethod",
        "    def from_record(cls, record: Record) -> Self:",
        "        return cls(",
        *(f"            {field.name}={_read(field)}," for field in record.fields),
        "        )",
    ]
    return "\n".join(lines) + "\n"


def _docstring(record: Record) -> list[str]:
    width = max(len(field.name) for field in record.fields) + 2
    lines = wrap(record.doc, WIDTH - 7, initial_indent='    """', subsequent_indent="    ")
    lines.append("")
    for field in record.fields:
        lines += wrap(field.doc, WIDTH, initial_indent=f"    {field.name:{width}}", subsequent_indent=" " * (width + 4))
    return [*lines, '    """']


def _annotation(of: Type) -> str:
    if of.item:
        return f"tuple[{_annotation(of.item)}, ...]"
    name = of.record or _PYTHON[of.kind]
    return f"{name} | None" if of.nullable else name


def _declaration(field: Field) -> str:
    start = f"    {field.name}: {_annotation(field.type)}"
    return start if field.required else f"{start} = {_default(field)}"


def _default(field: Field) -> str:
    if field.type.item:
        return "()"
    if field.type.kind == "text" and not field.type.nullable:
        return json.dumps(field.default, ensure_ascii=False)
    return repr(field.default)


def _written(field: Field) -> list[str]:
    """The line that writes a field, broken where the formatter would break it."""
    line = f'            "{field.name}": {_call(field)},'
    if len(line) <= WIDTH:
        return [line]
    function, _, rest = _call(field).partition("(")
    inner = [f"                {rest[:-1]}"]
    if len(inner[0]) > WIDTH:
        words = [f"                    {json.dumps(word)}," for word in field.one_of]
        inner = [f'                "{field.name}",', f"                self.{field.name},", "                (", *words]
        inner.append("                ),")
    return [f'            "{field.name}": {function}(', *inner, "            ),"]


def _call(field: Field) -> str:
    value = f'"{field.name}", self.{field.name}'
    if field.type.item:
        return f"fields.array({value}, {_item(field.type.item)})"
    if field.type.nullable:
        return f"fields.optional({value}, {_item(field.type)})"
    if field.one_of:
        words = ", ".join(json.dumps(word) for word in field.one_of)
        return f"fields.one_of({value}, ({words}{',' if len(field.one_of) == 1 else ''}))"
    if field.type.record:
        return f"fields.record({value}, {field.type.record})"
    return f"fields.{_check(field)}({value})"


def _check(field: Field) -> str:
    if field.format == "code" and field.required:
        return "required_code"
    return field.format or field.type.kind


def _item(of: Type) -> str:
    return f"fields.record, {of.record}" if of.record else f"fields.{of.kind}"


def _read(field: Field) -> str:
    value = f'record["{field.name}"]'
    if field.type.item:
        item = field.type.item
        return f"parts({item.record}, {value})" if item.record else f"tuple({value})"
    if field.type.record:
        call = "part_or_none({}, {})" if field.type.nullable else "{}.from_record({})"
        return call.format(field.type.record, value)
    return value
