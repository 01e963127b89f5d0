"""What came of a stage: counts, the names of what failed, and why something was skipped."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Outcome:
    """Counts of one stage, or of all of them together."""

    passed: int = 0
    failed: int = 0
    skipped: int = 0
    failures: tuple[str, ...] = ()
    skips: Mapping[str, int] = field(default_factory=dict)
    """Reason → number of tests skipped for it."""

    @classmethod
    def together(cls, outcomes: Iterable["Outcome"]) -> "Outcome":
        """The sum of several outcomes, failures in the order given."""
        found = tuple(outcomes)
        skips: Counter[str] = Counter()
        for outcome in found:
            skips.update(outcome.skips)
        return cls(
            passed=sum(outcome.passed for outcome in found),
            failed=sum(outcome.failed for outcome in found),
            skipped=sum(outcome.skipped for outcome in found),
            failures=tuple(name for outcome in found for name in outcome.failures),
            skips=dict(skips),
        )

    @classmethod
    def success(cls) -> "Outcome":
        """One check that held."""
        return cls(passed=1)

    @classmethod
    def failure(cls, name: str) -> "Outcome":
        """One check that did not hold."""
        return cls(failed=1, failures=(name,))

    @property
    def good(self) -> bool:
        """True while nothing failed."""
        return self.failed == 0
