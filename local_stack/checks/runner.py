"""Runs stages side by side on the cores there are, the longest first, and tells how each of them went."""

import os
import queue
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from local_stack.checks import junit
from local_stack.checks.outcome import Outcome
from local_stack.checks.process import Command, Ended
from local_stack.checks.stage import CORES, Stage, Step

NOTHING_COLLECTED = 5
"""pytest's exit code when an expression leaves no test."""


class Parts(Protocol):
    """The running parts that stages use: one set for the whole run."""

    def start(self) -> None:
        """Start them. Raises when one does not come up."""

    def environment(self, stage: str) -> Mapping[str, str]:
        """Addresses for one stage, with databases and names that no other stage uses."""


@dataclass(frozen=True, kw_only=True)
class Result:
    """How one stage went."""

    stage: Stage
    outcome: Outcome
    duration_s: float
    log: Path


class Runner:
    """One run. `run` blocks until every stage ended; `stop` may be called from a signal handler's thread."""

    def __init__(
        self, *, root: Path, logs: Path, parts: Parts, environment: Mapping[str, str], told: Callable[[Result], None]
    ) -> None:
        self._root = root
        self._logs = logs
        self._parts = parts
        self._environment = environment
        self._told = told
        self._ended: queue.SimpleQueue[Result | None] = queue.SimpleQueue()
        self._commands: set[Command] = set()
        self._lock = threading.Lock()
        self._stopped = False

    def run(self, stages: Sequence[Stage]) -> list[Result]:
        """Run all stages, in the order given as far as cores and parts allow. Answers in order of their end."""
        waiting = list(stages)
        running: list[Stage] = []
        results: list[Result] = []
        parts = self._start_parts(wanted=any(stage.parts for stage in stages))
        while len(results) < len(stages):
            for stage in self._startable(waiting, running, parts_up=parts.done()):
                waiting.remove(stage)
                running.append(stage)
                threading.Thread(target=self._run_stage, args=(stage, parts.fault), daemon=True).start()
            result = self._ended.get()
            if result is not None:
                running.remove(result.stage)
                results.append(result)
                self._told(result)
        return results

    def stop(self) -> None:
        """End every command of the run and start no other. Safe to repeat."""
        with self._lock:
            self._stopped = True
            commands = list(self._commands)
        stopping = [threading.Thread(target=command.stop) for command in commands]
        for thread in stopping:
            thread.start()
        for thread in stopping:
            thread.join()

    def _start_parts(self, *, wanted: bool) -> "_Starting":
        starting = _Starting(self._parts.start, on_end=lambda: self._ended.put(None))
        if wanted:
            starting.thread.start()
        return starting

    @staticmethod
    def _startable(waiting: Sequence[Stage], running: Sequence[Stage], *, parts_up: bool) -> list[Stage]:
        free = CORES - sum(stage.slots for stage in running)
        chosen: list[Stage] = []
        for stage in waiting:
            if stage.slots <= free and (parts_up or not stage.parts):
                chosen.append(stage)
                free -= stage.slots
        return chosen

    def _run_stage(self, stage: Stage, parts_fault: str) -> None:
        log = self._logs / f"{stage.name.replace(' ', '-')}.log"
        log.write_text("", encoding="utf-8")
        begun = time.monotonic()
        try:
            outcome = self._outcome(stage, parts_fault if stage.parts else "", log)
        except Exception as fault:  # a thread's edge: a lost result would hang the whole run
            _write(log, f"{type(fault).__name__}: {fault}")
            outcome = Outcome.failure(f"{stage.name}: {fault}")
        self._ended.put(Result(stage=stage, outcome=outcome, duration_s=time.monotonic() - begun, log=log))

    def _outcome(self, stage: Stage, parts_fault: str, log: Path) -> Outcome:
        if parts_fault:
            _write(log, parts_fault)
            return Outcome.failure(f"{stage.name}: the parts did not start")
        environment = {**self._environment, **(self._parts.environment(stage.name) if stage.parts else {})}
        limit = time.monotonic() + stage.limit_s
        return Outcome.together(
            self._outcome_of_step(step, environment, log, limit_s=limit - time.monotonic()) for step in stage.steps
        )

    def _outcome_of_step(self, step: Step, environment: Mapping[str, str], log: Path, *, limit_s: float) -> Outcome:
        _write(log, f"── {step.title}: {' '.join(step.command)}")
        ended = self._execute(step, {**environment, **step.environment}, log, limit_s=max(limit_s, 1.0))
        if ended.code is None:
            _write(log, f"{step.title} took longer than its stage may and was stopped")
        if step.report is not None and step.report.exists():
            return _judged(step, ended, junit.outcome_of(step.report))
        return Outcome.success() if ended.code == 0 else Outcome.failure(step.title)

    def _execute(self, step: Step, environment: Mapping[str, str], log: Path, *, limit_s: float) -> Ended:
        with self._lock:
            if self._stopped:
                return Ended(code=None)
            command = Command(step.command, cwd=self._root, environment={**os.environ, **environment}, log=log)
            self._commands.add(command)
        try:
            return command.wait(limit_s=limit_s)
        finally:
            with self._lock:
                self._commands.discard(command)


class _Starting:
    """The start of the parts, beside the first stages that do not need them."""

    def __init__(self, start: Callable[[], None], *, on_end: Callable[[], None]) -> None:
        self.fault = ""
        self.thread = threading.Thread(target=self._run, args=(start, on_end), daemon=True)
        self._done = threading.Event()

    def done(self) -> bool:
        return self._done.is_set()

    def _run(self, start: Callable[[], None], on_end: Callable[[], None]) -> None:
        try:
            start()
        except Exception as fault:  # a thread's edge: the stages that need the parts say it
            self.fault = f"{type(fault).__name__}: {fault}"
        self._done.set()
        on_end()


def _judged(step: Step, ended: Ended, reported: Outcome) -> Outcome:
    """A report counts, but not more than the exit code: pytest can end badly after its last test passed."""
    if reported.failed or ended.code == 0 or (ended.code == NOTHING_COLLECTED and reported == Outcome()):
        return reported
    return Outcome.together([reported, Outcome.failure(f"{step.title}: ended with {ended.code}")])


def _write(log: Path, line: str) -> None:
    with log.open("a", encoding="utf-8") as file:
        file.write(line + "\n")
