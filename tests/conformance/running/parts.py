"""The four parts that sites under test lean on: those that the test command started, else some of our own."""

import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Self

from local_stack import testing


@dataclass(frozen=True, slots=True)
class Parts:
    """Where the parts really are. `database` is a superuser's way into PostgreSQL."""

    database: str
    brokers: str
    registry: str
    valkey: str

    @classmethod
    def of(cls, environment: Mapping[str, str]) -> Self:
        """As the environment names them. Raises KeyError for one that it does not."""
        return cls(
            database=environment["TEST_DATABASE_URL"],
            brokers=environment["KAFKA_BOOTSTRAP_SERVERS"],
            registry=environment["SCHEMA_REGISTRY_URL"],
            valkey=environment["VALKEY_URL"],
        )


@contextmanager
def parts() -> Iterator[Parts]:
    """Parts to use while the block runs; started here, fresh, when the environment does not name all of them."""
    try:
        found = Parts.of(os.environ)
    except KeyError:
        with testing.stack() as running:
            running.wait_for_registry()
            yield Parts.of(running.environment)
    else:
        yield found
