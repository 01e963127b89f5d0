"""One run of the test command from beginning to end: its folder, its parts, its stages, what is left of it."""

import os
import shutil
import signal
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import FrameType

from local_stack import exit_codes, home
from local_stack.checks import summary
from local_stack.checks.outcome import Outcome
from local_stack.checks.parts import SharedParts
from local_stack.checks.plan import Plan, Wanted
from local_stack.checks.process import RUN_MARK, kill_left_running
from local_stack.checks.runner import Result, Runner
from local_stack.checks.stage import Stage
from local_stack.ui.lines import next_step, say


@dataclass(frozen=True, kw_only=True)
class Place:
    """Where a run works. Logs and caches stay for the next one; the scratch folder goes with the run."""

    run_id: str
    root: Path
    scratch: Path
    logs: Path
    caches: Path

    def environment(self) -> Mapping[str, str]:
        """What every command of the run gets."""
        return {
            RUN_MARK: self.run_id,
            "TMPDIR": str(self.scratch),
            "PYTHONPATH": str(self.root),
            "PYTHONUNBUFFERED": "1",
            "NO_COLOR": "1",
        }


def check_everything(wanted: Wanted, *, sites: Sequence[str]) -> int:
    """Run the stages asked for and report; answers the exit code."""
    begun = time.monotonic()
    with _place() as place:
        plan = Plan(root=place.root, reports=place.scratch, caches=place.caches, sites=tuple(sites), wanted=wanted)
        if plan.left_out():
            say(f"left out without --chaos, because they start whole platforms: {', '.join(plan.left_out())}")
        results, finished = _run(plan.stages(), place)
        results += _left_behind(place)
    good = finished and all(result.outcome.good for result in results)
    next_step("Everything holds." if good else f"Read the logs in {place.logs}; `-k` repeats single tests.")
    print(summary.table(results, duration_s=time.monotonic() - begun, logs=place.logs), flush=True)
    return exit_codes.OK if good else exit_codes.FAILED if finished else exit_codes.INTERRUPTED


def _run(stages: Sequence[Stage], place: Place) -> tuple[list[Result], bool]:
    """Run the stages; False beside the results of those that ended when the person did not want to wait."""
    results: list[Result] = []
    environment = place.environment()
    parts = SharedParts(scratch=place.scratch)
    runner = Runner(
        root=place.root,
        logs=place.logs,
        parts=parts,
        environment=environment,
        told=lambda result: _tell(result, results),
    )
    say(f"{len(stages)} stages, two side by side; logs in {place.logs}")
    try:
        with _interruptible():
            runner.run(stages)
    except KeyboardInterrupt:
        say("Stopping; what the run started is being ended.")
        return results, False
    else:
        return results, True
    finally:
        with _undisturbed():
            runner.stop()
            parts.stop()


def _tell(result: Result, results: list[Result]) -> None:
    results.append(result)
    say(summary.line(result))
    if not result.outcome.good:
        print(summary.failing_output(result), flush=True)


def _left_behind(place: Place) -> list[Result]:
    """A failed stage of its own when processes of the run outlived it; they are killed."""
    with _undisturbed():
        lines = kill_left_running(place.run_id, place.scratch)
    if not lines:
        return []
    log = place.logs / "left-running.log"
    log.write_text("\n".join(lines) + "\n", encoding="utf-8")
    outcome = Outcome.together(Outcome.failure(f"left running: {line}") for line in lines)
    return [Result(stage=Stage(name="left running", steps=()), outcome=outcome, duration_s=0.0, log=log)]


@contextmanager
def _place() -> Iterator[Place]:
    where = home.find()
    kept = where.state / "test"
    logs, caches = kept / "logs", kept / "caches"
    shutil.rmtree(logs, ignore_errors=True)
    for folder in (logs, caches):
        folder.mkdir(parents=True, exist_ok=True)
    scratch = Path(tempfile.mkdtemp(prefix="first-viscount-test-"))
    scratch.chmod(0o711)  # PostgreSQL's account has to pass through
    run_id = f"{os.getpid()}-{time.time_ns()}"
    try:
        yield Place(run_id=run_id, root=where.clone, scratch=scratch, logs=logs, caches=caches)
    finally:
        with _undisturbed():
            shutil.rmtree(scratch, ignore_errors=True)


@contextmanager
def _interruptible() -> Iterator[None]:
    """SIGTERM and SIGHUP end the run as Ctrl-C does."""

    def interrupt(number: int, frame: FrameType | None) -> None:
        raise KeyboardInterrupt

    before = {number: signal.signal(number, interrupt) for number in (signal.SIGTERM, signal.SIGHUP)}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


@contextmanager
def _undisturbed() -> Iterator[None]:
    """Cleaning up goes on although somebody presses Ctrl-C again; every wait in it has an end."""
    before = {
        number: signal.signal(number, signal.SIG_IGN) for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
    }
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
