"""The runner of stages, with small commands in place of the real ones."""

import sys
import threading
import time
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from local_stack.checks.outcome import Outcome
from local_stack.checks.process import RUN_MARK, kill_left_running, left_running
from local_stack.checks.runner import Result, Runner
from local_stack.checks.stage import Stage, Step

OneRunner = Callable[..., Runner]


class NoParts:
    """Parts that are there at once."""

    def start(self) -> None:
        """Nothing to start."""

    def environment(self, stage: str) -> Mapping[str, str]:
        """One variable, to be seen in a stage."""
        return {"PARTS_OF": stage}


class BrokenParts(NoParts):
    """Parts that do not come up."""

    def start(self) -> None:
        """Raises, as a taken port would."""
        raise RuntimeError("port 1 is taken")


@pytest.fixture
def told() -> list[Result]:
    return []


@pytest.fixture
def runner(tmp_path: Path, told: list[Result]) -> OneRunner:
    def make(parts: NoParts | None = None) -> Runner:
        environment = {RUN_MARK: tmp_path.name}
        return Runner(root=tmp_path, logs=tmp_path, parts=parts or NoParts(), environment=environment, told=told.append)

    return make


def python(code: str, title: str = "a check") -> Step:
    return Step(title=title, command=(sys.executable, "-c", code))


def stage(name: str, *steps: Step, parts: bool = False, limit_s: float = 60.0) -> Stage:
    return Stage(name=name, steps=steps, parts=parts, limit_s=limit_s)


def by_name(results: list[Result]) -> dict[str, Outcome]:
    return {result.stage.name: result.outcome for result in results}


def test_a_command_is_one_check_judged_by_its_exit_code(runner: OneRunner) -> None:
    results = runner().run([stage("good", python("pass")), stage("bad", python("exit(3)", "it holds"))])

    assert by_name(results) == {"good": Outcome(passed=1), "bad": Outcome(failed=1, failures=("it holds",))}


def test_the_steps_after_a_failed_one_still_run(runner: OneRunner) -> None:
    [result] = runner().run([stage("both", python("exit(1)"), python("pass"))])

    assert (result.outcome.passed, result.outcome.failed) == (1, 1)


def test_pytest_is_counted_test_by_test_with_the_reasons_for_skips(runner: OneRunner, tmp_path: Path) -> None:
    report = tmp_path / "report.xml"
    (tmp_path / "test_some.py").write_text(
        "import pytest\n"
        "def test_good(): pass\n"
        "def test_bad(): assert False\n"
        "@pytest.fixture\n"
        "def broken():\n    yield\n    raise ValueError\n"
        "def test_bad_twice(broken): assert False\n"
        "def test_not_here(): pytest.skip('no moon today')\n"
    )
    command = (sys.executable, "-m", "pytest", "-q", f"--junitxml={report}", "-c/dev/null", str(tmp_path))

    [result] = runner().run([stage("tests", Step(title="pytest", command=command, report=report))])

    assert (result.outcome.passed, result.outcome.failed, result.outcome.skipped) == (1, 2, 1)
    assert result.outcome.skips == {"no moon today": 1}


def test_a_pytest_that_dies_is_a_failure_although_no_test_failed(runner: OneRunner, tmp_path: Path) -> None:
    step = Step(title="pytest", command=(sys.executable, "-c", "exit(4)"), report=tmp_path / "never-written.xml")

    [result] = runner().run([stage("tests", step)])

    assert result.outcome.failed == 1


def test_a_stage_that_takes_too_long_is_stopped_with_its_children(runner: OneRunner, tmp_path: Path) -> None:
    child = "import subprocess, sys; subprocess.run([sys.executable, '-c', 'import time; time.sleep(100)'])"
    begun = time.monotonic()

    [result] = runner().run([stage("slow", python(child), limit_s=1.0)])

    assert result.outcome.failed == 1
    assert time.monotonic() - begun < 30
    assert left_running(tmp_path.name, tmp_path) == []


def test_two_stages_run_side_by_side(runner: OneRunner, tmp_path: Path) -> None:
    # Each waits for the file that the other one writes, so that one after another neither would end.
    wait = "import pathlib, time\npathlib.Path({0!r}).touch()\nwhile not pathlib.Path({1!r}).exists(): time.sleep(0.01)"
    stages = [stage("one", python(wait.format("a", "b"))), stage("other", python(wait.format("b", "a")))]

    assert all(result.outcome.good for result in runner().run(stages))


def test_stages_get_the_parts_addresses_made_for_them(runner: OneRunner) -> None:
    code = "import os; exit(os.environ.get('PARTS_OF') != 'sites')"

    [result] = runner().run([stage("sites", python(code), parts=True)])

    assert result.outcome.good


def test_parts_that_do_not_start_fail_only_the_stages_that_need_them(runner: OneRunner) -> None:
    stages = [stage("needs", python("pass"), parts=True), stage("does not", python("pass"))]

    results = runner(BrokenParts()).run(stages)

    assert by_name(results)["does not"].good
    assert by_name(results)["needs"].failures == ("needs: the parts did not start",)
    assert "port 1 is taken" in next(r.log.read_text() for r in results if not r.outcome.good)


def test_every_stage_is_told_when_it_ends(runner: OneRunner, told: list[Result]) -> None:
    results = runner().run([stage("one", python("pass")), stage("two", python("pass"))])

    assert told == results


def test_stop_ends_what_runs_and_starts_nothing_more(runner: OneRunner, tmp_path: Path) -> None:
    one = runner()
    stages = [stage(str(number), python("import time; time.sleep(100)")) for number in range(4)]
    threading.Timer(1.0, one.stop).start()

    results = one.run(stages)

    assert all(result.outcome.failed for result in results)
    assert left_running(tmp_path.name, tmp_path) == []


def test_what_outlives_a_stage_is_found_and_killed(runner: OneRunner, tmp_path: Path) -> None:
    code = "import subprocess; subprocess.Popen(['sleep', '1000'], start_new_session=True)"
    runner().run([stage("leaves", python(code))])

    [line] = kill_left_running(tmp_path.name, tmp_path)

    assert line.endswith("sleep 1000")
    assert left_running(tmp_path.name, tmp_path) == []
