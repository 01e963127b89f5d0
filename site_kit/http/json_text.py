"""JSON as a strict reader takes it: one meaning per document, and nothing that a database cannot hold."""

import json
import math
import re
from collections.abc import Iterator
from decimal import Decimal
from typing import Any, NoReturn

from site_kit.http.problem import RequestRefused
from site_kit.http.promises import promise

# What a text may hold in JSON but not in PostgreSQL: NUL, and halves of a surrogate pair.
UNSTORABLE = re.compile("[\x00\ud800-\udfff]")
SUSPICIOUS = re.compile(rb"\\u(?:0000|[dD][89a-fA-F])")
MAX_NUMBER_DIGITS = 400
MAX_WHOLE = 2**63 - 1  # what a bigint holds


def read_json(raw: bytes, *, max_depth: int) -> Any:
    """The value of a UTF-8 JSON document; fractions are `Decimal`.

    Raises `RequestRefused` (malformed_json, 400, with the place) for anything but strict JSON, and for a doubled
    key, NaN and Infinity, a number beyond a double or 64 bits, a NUL or a lone surrogate in a text, or more than
    `max_depth` levels.
    """
    text = _decoded(raw)
    try:
        value = json.loads(
            text,
            object_pairs_hook=_once_each,
            parse_constant=_no_constant,
            parse_float=_finite,
            parse_int=_whole,
        )
    except json.JSONDecodeError as fault:
        _refuse(f"Line {fault.lineno}, column {fault.colno}: {fault.msg}.", line=fault.lineno, column=fault.colno)
    except RecursionError:
        _refuse_depth(max_depth)
    judge_depth(value, raw, max_depth)
    if SUSPICIOUS.search(raw):
        _refuse_unstorable(value)
    return value


@promise("json_depth_limited", broken=None)
def judge_depth(value: Any, raw: bytes, max_depth: int) -> None:
    """Refuse deep nesting. Brackets in the raw text bound the depth from above, so most bodies are not walked."""
    if raw.count(b"[") + raw.count(b"{") <= max_depth:
        return
    level = [value]
    for _ in range(max_depth):
        level = [inner for outer in level for inner in _inside(outer)]
        if not level:
            return
    if any(isinstance(inner, (dict, list)) for inner in level):
        _refuse_depth(max_depth)


def _decoded(raw: bytes) -> str:
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError as fault:
        _refuse(f"Byte {fault.start + 1} is not UTF-8.", byte=fault.start + 1)


@promise("doubled_keys_refused", broken=dict)
def _once_each(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    made = dict(pairs)
    if len(made) < len(pairs):
        names = [name for name, _ in pairs]
        doubled = next(name for name in names if names.count(name) > 1)
        _refuse(f"The key «{doubled[:100]}» stands twice in one object.", key=doubled[:100])
    return made


def _no_constant(name: str) -> NoReturn:
    _refuse(f"{name} is not a JSON number.")


def _finite(text: str) -> Decimal:
    if len(text) > MAX_NUMBER_DIGITS or math.isinf(float(text)):
        _refuse(f"The number {text[:20]}… is too large or too long.")
    return Decimal(text)


def _whole(text: str) -> int:
    number = int(text) if len(text) <= MAX_NUMBER_DIGITS else None
    if number is None or not -MAX_WHOLE - 1 <= number <= MAX_WHOLE:
        _refuse(f"The number {text[:20]}… is too large or too long.")
    return number


def _inside(value: Any) -> Iterator[Any]:
    if isinstance(value, dict):
        return iter(value.values())
    return iter(value) if isinstance(value, list) else iter(())


def _refuse_unstorable(value: Any, path: str = "") -> None:
    if isinstance(value, str) and UNSTORABLE.search(value):
        _refuse(f"The text at «{path}» holds a NUL or half a surrogate pair.", field=path)
    if isinstance(value, list):
        for place, inner in enumerate(value):
            _refuse_unstorable(inner, f"{path}[{place}]")
    if isinstance(value, dict):
        for name, inner in value.items():
            _refuse_unstorable(name, path)
            _refuse_unstorable(inner, f"{path}.{name}" if path else name)


def _refuse_depth(limit: int) -> NoReturn:
    _refuse(f"The document is nested deeper than {limit} levels.")


def _refuse(sentence: str, **place: Any) -> NoReturn:
    raise RequestRefused("malformed_json", sentence, details=place) from None
