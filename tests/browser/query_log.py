"""What PostgreSQL itself wrote down of a request: every statement, in the order of its log."""

import re
from dataclasses import dataclass
from pathlib import Path

_ENTRY = re.compile(r"^[^\n]*?LOG:  (?:statement|execute [^:]*): (?P<statement>.*(?:\n\t.*)*)", re.MULTILINE)
_OWN_NOISE = re.compile(r"^(SELECT 1|BEGIN|COMMIT|ROLLBACK|SET |SHOW |DISCARD |SAVEPOINT|RELEASE |DEALLOCATE)\b", re.I)


@dataclass(frozen=True)
class QueryLog:
    """A server's log file, from where it stood when this was made."""

    file: Path
    begun_at: int

    @classmethod
    def from_now(cls, file: Path) -> "QueryLog":
        """Only what is written after this moment."""
        return cls(file=file, begun_at=file.stat().st_size)

    def queries(self, *, of: str) -> list[str]:
        """Statements of one program (its application name stands in the log line's prefix), probes left out."""
        with self.file.open("rb") as log:
            log.seek(self.begun_at)
            text = log.read().decode(errors="replace")
        found = (match["statement"] for match in _ENTRY.finditer(text) if of in match[0].partition("LOG:")[0])
        return [" ".join(statement.split()) for statement in found if not _OWN_NOISE.match(statement)]


def counts_everything(statement: str) -> bool:
    """Whether it counts a whole table: a COUNT with no condition anywhere."""
    upper = statement.upper()
    return "COUNT(" in upper and " WHERE " not in upper and "PG_CLASS" not in upper
