"""Exceptions in log lines: where and what kind, without the values that a database puts into its messages."""

import sys
import traceback
from collections.abc import Iterator, MutableMapping
from typing import Any

FRAMES = 30
MESSAGE_LENGTH = 300


def fault_of(logger: Any, method: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """Turn `exc_info` into the text field `exception`."""
    info = event.pop("exc_info", None)
    if isinstance(info, BaseException):
        event["exception"] = written(info)
    elif isinstance(info, tuple) and info[1] is not None:
        event["exception"] = written(info[1])
    elif info and sys.exc_info()[1] is not None:
        event["exception"] = written(sys.exc_info()[1])
    return event


def written(fault: BaseException | None) -> str:
    """The frames and kinds of a fault and its causes, oldest first."""
    return "\n".join(line for each in reversed(list(_causes(fault))) for line in _one(each))


def _one(fault: BaseException) -> Iterator[str]:
    for frame in traceback.extract_tb(fault.__traceback__)[-FRAMES:]:
        yield f"  {frame.filename}:{frame.lineno} {frame.name}"
    yield f"{type(fault).__module__}.{type(fault).__qualname__}: {_message(fault)}"


def _message(fault: BaseException) -> str:
    """The first line only: PostgreSQL puts the row's values into the DETAIL below it."""
    first, *_ = str(fault).splitlines() or [""]
    return first[:MESSAGE_LENGTH]


def _causes(fault: BaseException | None) -> Iterator[BaseException]:
    seen: set[int] = set()
    while fault is not None and id(fault) not in seen:
        seen.add(id(fault))
        yield fault
        fault = fault.__cause__ or (None if fault.__suppress_context__ else fault.__context__)
