"""Reading the sites' databases, with the operator's read-only role."""

from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from typing import Any

import psycopg

Row = tuple[Any, ...]
Databases = Mapping[str, psycopg.Connection[Row]]
"""One connection per site, by the site's name."""

CONNECT_TIMEOUT_S = 5


@contextmanager
def read_only(addresses: Mapping[str, str]) -> Iterator[Databases]:
    """Open one read-only connection per site; `addresses` are PostgreSQL URLs by site name.

    Each statement sees the data as of its own start; nothing is locked and nothing can be written.
    """
    with ExitStack() as opened:
        yield {site: opened.enter_context(_connect(address)) for site, address in addresses.items()}


def _connect(address: str) -> psycopg.Connection[Row]:
    connection = psycopg.connect(address, autocommit=True, connect_timeout=CONNECT_TIMEOUT_S)
    connection.read_only = True
    return connection
