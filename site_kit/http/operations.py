"""The operations of a site's API: what its OpenAPI document lists, and where Django finds each."""

from dataclasses import dataclass
from functools import cache
from typing import Any

from drf_spectacular.drainage import GENERATOR_STATS
from drf_spectacular.generators import SchemaGenerator

PREFIX = "^/api/v1"


@dataclass(frozen=True, slots=True)
class Operation:
    """One method at one address. `route` is Django's, as in `request.resolver_match.route`."""

    operation_id: str
    method: str
    path: str
    route: str
    view: Any


@cache
def operations() -> tuple[Operation, ...]:
    """Every operation below /api/, in the document's order."""
    generator: Any = SchemaGenerator()  # type: ignore[no-untyped-call]  # spectacular types its surface only
    generator._initialise_endpoints()
    found: list[Operation] = []
    with GENERATOR_STATS.silence():
        for path, route, method, view in generator._get_paths_and_endpoints():
            schema = view.schema
            schema.path, schema.path_regex, schema.path_prefix, schema.method = path, route, PREFIX, method.upper()
            if path.startswith("/api/") and not schema.is_excluded():
                found.append(Operation(schema.get_operation_id(), method.upper(), path, route, view))
    return tuple(found)
