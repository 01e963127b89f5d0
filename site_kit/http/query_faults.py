"""Query parameters: only those an address knows, each once, each readable."""

from collections.abc import Collection, Iterable
from typing import Any, NoReturn

from site_kit.http.field_errors import FieldError
from site_kit.http.problem import RequestRefused
from site_kit.http.promises import promise


@promise("unknown_parameters_refused", broken=None)
def refuse_unknown(query: Any, known: Collection[str]) -> None:
    """Raise `RequestRefused` (unknown_parameter, 400) naming what is unknown and what there is."""
    unknown = sorted(set(query) - set(known))
    if unknown:
        allowed = sorted(known)
        sentence = f"There are: {', '.join(allowed)}." if allowed else "This address takes none."
        faults = tuple(FieldError(name[:100], "unknown_parameter", sentence) for name in unknown[:20])
        raise RequestRefused("unknown_parameter", sentence, errors=faults, details={"allowed": allowed})


def refuse_repeated(query: Any, repeatable: Collection[str]) -> None:
    """Raise `RequestRefused` (invalid_parameter, 400) for a parameter given twice, where one of them would be lost."""
    for name in query:
        if len(query.getlist(name)) > 1 and name not in repeatable:
            refuse_parameter(name, "Give it once.", code="repeated")


def refuse_nul(query: Any, path: Iterable[Any]) -> None:
    """Raise `RequestRefused` (invalid_parameter, 400) for a NUL, which no text column can be compared with."""
    for name in query:
        if "\x00" in name or any("\x00" in value for value in query.getlist(name)):
            refuse_parameter(name.replace("\x00", "�"), "A NUL character is not text.", code="nul")
    if any(isinstance(value, str) and "\x00" in value for value in path):
        raise RequestRefused("not_found")


def refuse_parameter(name: str, message: str, *, code: str = "invalid", **details: Any) -> NoReturn:
    """Raise `RequestRefused` (invalid_parameter, 400) about one parameter."""
    fault = FieldError(name[:100], code, message)
    raise RequestRefused("invalid_parameter", f"{name[:100]}: {message}", errors=(fault,), details=details)
