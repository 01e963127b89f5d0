"""The beat ticks, and a broker that is away costs ticks and nothing else."""

import threading
from collections.abc import Iterator

import pytest
from structlog.testing import capture_logs

from site_kit.tasks.beat import Beat


class Line:
    """Where ticks are sent; can be down."""

    def __init__(self) -> None:
        self.sent: list[str] = []
        self.up = True
        self.tried = threading.Semaphore(0)

    def __call__(self, name: str) -> None:
        try:
            if not self.up:
                raise ConnectionError
            self.sent.append(name)
        finally:
            self.tried.release()

    def wait(self, tries: int) -> None:
        for _ in range(tries):
            assert self.tried.acquire(timeout=10)


@pytest.fixture
def line() -> Line:
    return Line()


@pytest.fixture
def beat(line: Line) -> Iterator[Beat]:
    beat = Beat(line, {"fast": 0.02, "slow": 30})
    yield beat
    beat.stop()


def test_each_kind_is_asked_for_at_its_own_pace(beat: Beat, line: Line) -> None:
    beat.start()
    line.wait(6)

    assert line.sent.count("slow") == 1
    assert line.sent.count("fast") >= 4


def test_an_outage_is_told_once_and_ends_by_itself(beat: Beat, line: Line) -> None:
    line.up = False
    with capture_logs() as logs:
        beat.start()
        line.wait(3)
        line.up = True
        line.wait(3)

    assert line.sent
    assert [entry["event"] for entry in logs] == ["beat_cannot_send", "beat_sends_again"]
    assert "ConnectionError" in str(logs[0]["fault"])
