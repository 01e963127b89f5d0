"""What a person, or a machine, reads at the end of a run."""

from collections.abc import Sequence
from pathlib import Path

from local_stack.checks.outcome import Outcome
from local_stack.checks.runner import Result

TAIL_LINES = 120
"""Of a failed stage's log; the whole of it stays in its file."""


def line(result: Result) -> str:
    """One line of a stage that just ended."""
    state = "ok" if result.outcome.good else "FAILED"
    return f"{result.stage.name:<22} {state:<7} {result.duration_s:7.1f} s   {counts(result.outcome)}"


def counts(outcome: Outcome) -> str:
    """`N passed, N failed, N skipped`: the form of the closing line, which machines read."""
    return f"{outcome.passed} passed, {outcome.failed} failed, {outcome.skipped} skipped"


def failing_output(result: Result) -> str:
    """The end of a failed stage's log, and the names of what failed in it."""
    lines = result.log.read_text(encoding="utf-8", errors="replace").splitlines()
    left_out = len(lines) - TAIL_LINES
    head = [f"════ {result.stage.name} failed ({result.log})"]
    if left_out > 0:
        head.append(f"… {left_out} earlier lines are in that file")
    return "\n".join([*head, *lines[-TAIL_LINES:], *(f"  failed: {name}" for name in result.outcome.failures)])


def table(results: Sequence[Result], *, duration_s: float, logs: Path) -> str:
    """Every stage with its numbers, then why anything was skipped, then the closing line alone."""
    whole = Outcome.together(result.outcome for result in results)
    rows = [f"{'stage':<22} {'passed':>7} {'failed':>7} {'skipped':>8} {'seconds':>9}"]
    rows += [
        f"{result.stage.name:<22} {result.outcome.passed:>7} {result.outcome.failed:>7} "
        f"{result.outcome.skipped:>8} {result.duration_s:>9.1f}"
        for result in results
    ]
    rows += [f"skipped, {number}×: {reason}" for reason, number in sorted(whole.skips.items())]
    rows += [f"failed: {name}" for name in whole.failures]
    rows += [f"{duration_s:.0f} s; logs in {logs}", "", counts(whole)]
    return "\n".join(rows)
