"""Metrics of several processes together, joined with what the database says."""

import os
import subprocess
import sys
from collections.abc import Callable, Iterable
from pathlib import Path

import pytest

from site_kit.processes import database_gate
from site_kit.telemetry import metrics
from site_kit.telemetry.metrics import Gauge, read_with, render_metrics, use_multiprocess_dir

ROOT = Path(__file__).resolve().parents[3]

COUNTING = """
import os, sys
from prometheus_client import Counter, Gauge
Counter("boxes_sealed", "Boxes.").inc(int(sys.argv[1]))
Gauge("boxes_open", "Boxes.", multiprocess_mode="livesum").set(int(sys.argv[1]))
print(os.getpid())
"""

READING = """
import sys
from site_kit.telemetry import metrics
from site_kit.processes import database_gate
database_gate.is_open = lambda: False
for pid in sys.argv[1:]:
    metrics.forget_process(int(pid))
print(metrics.render_metrics()[0].decode())
"""


@pytest.fixture
def no_readers(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(metrics, "_readers", [])
    monkeypatch.setattr(metrics, "_gauges_of_the_bridge", lambda: ())


def run(script: str, *words: str, folder: Path) -> str:
    environment = {**os.environ, metrics.MULTIPROCESS_DIR: str(folder), "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-c", script, *words]
    done = subprocess.run(command, env=environment, check=True, capture_output=True, text=True)  # noqa: S603
    return done.stdout


def test_several_processes_count_together_and_the_dead_leave_only_what_happened(tmp_path: Path) -> None:
    pids = [run(COUNTING, number, folder=tmp_path).strip() for number in ("2", "5")]

    shown = run(READING, folder=tmp_path)
    assert "boxes_sealed_total 7.0" in shown
    assert "boxes_open 7.0" in shown

    after = run(READING, pids[0], folder=tmp_path)
    assert "boxes_sealed_total 7.0" in after
    assert "boxes_open 5.0" in after


def test_a_new_start_begins_at_nought(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(metrics.MULTIPROCESS_DIR, "")
    (tmp_path / "counter_1.db").write_bytes(b"old")

    use_multiprocess_dir(tmp_path)

    assert list(tmp_path.iterdir()) == []
    assert os.environ[metrics.MULTIPROCESS_DIR] == str(tmp_path)


def test_gauges_join_with_their_labels_escaped(no_readers: None) -> None:
    @read_with
    def gauges() -> Iterable[Gauge]:
        return [
            Gauge("boxes_waiting", "Boxes that wait.", [({"room": 'a "b"\n'}, 3)]),
            Gauge("oldest_box_seconds", "Age.", [({}, 1.5)]),
        ]

    shown = render_metrics()[0].decode()

    assert '# TYPE boxes_waiting gauge\nboxes_waiting{room="a \\"b\\"\\n"} 3.0\n' in shown
    assert "oldest_box_seconds 1.5" in shown
    assert render_metrics()[1].startswith("text/plain")


def test_a_reader_that_fails_does_not_hide_the_others(no_readers: None) -> None:
    read_with(_failing)
    read_with(lambda: [Gauge("boxes", "Boxes.", [({}, 1)])])

    assert "boxes 1.0" in render_metrics()[0].decode()


def test_without_the_database_its_gauges_are_left_out(no_readers: None, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[int] = []
    read_with(_noting(asked))
    monkeypatch.setattr(database_gate, "is_open", lambda: False)

    shown = render_metrics()[0].decode()

    assert asked == []
    assert "python_info" in shown


def _failing() -> Iterable[Gauge]:
    raise RuntimeError("no table")


def _noting(asked: list[int]) -> Callable[[], Iterable[Gauge]]:
    def gauges() -> Iterable[Gauge]:
        asked.append(1)
        return []

    return gauges
