"""What `verify` has to say: one sentence for each thing that should be equal and is not."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Difference:
    """Two things that should agree and do not.

    `check` is the name of the comparison, `subject` the id of what differs, `sentence` says both sides.
    """

    check: str
    subject: str
    sentence: str

    def __str__(self) -> str:
        return f"{self.check}: {self.subject}: {self.sentence}"
