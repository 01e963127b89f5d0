"""What a block of code asked the database."""

import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field

from django.db import connection
from django.test.utils import CaptureQueriesContext

BOOKKEEPING = re.compile(r"^(SAVEPOINT|RELEASE SAVEPOINT|ROLLBACK TO SAVEPOINT|BEGIN|COMMIT)\b")
COUNT = re.compile(r"\bCOUNT\(", re.IGNORECASE)
CONDITION = re.compile(r"\bWHERE\b", re.IGNORECASE)


@dataclass
class QueryLog:
    """The statements of a block, once it has ended; transactions' own are left out."""

    statements: list[str] = field(default_factory=list)

    def __len__(self) -> int:
        return len(self.statements)

    def __iter__(self) -> Iterator[str]:
        return iter(self.statements)

    @property
    def unfiltered_counts(self) -> Sequence[str]:
        """Statements that count a whole table."""
        return [
            statement for statement in self.statements if COUNT.search(statement) and not CONDITION.search(statement)
        ]


@contextmanager
def query_log() -> Iterator[QueryLog]:
    """`with query_log() as queries: …; assert len(queries) == 3`."""
    log = QueryLog()
    with CaptureQueriesContext(connection) as captured:
        yield log
    log.statements += [query["sql"] for query in captured.captured_queries if not BOOKKEEPING.match(query["sql"])]
