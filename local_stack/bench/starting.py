"""`bench start`: how long a second start takes, and what everything together weighs."""

import os
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from random import SystemRandom
from tempfile import TemporaryDirectory

import requests

from local_stack import home, ports
from local_stack.bench.memory import pss_bytes
from local_stack.bench.result import Result
from local_stack.home import STATE_VARIABLE, Home
from local_stack.ports import Ports
from local_stack.sites import SITES
from local_stack.supervision import leftovers
from local_stack.ui.lines import say

RUNS = 3
SETTLED_S = 60.0
SLOWEST_START_S = 120.0
POLL_S = 0.05
TARGETS = {2: (15.0, 1_600.0), 6: (25.0, 3_000.0)}
"""By number of sites: the most seconds of a second start, and the most MB of memory."""


class NotStarted(Exception):  # noqa: N818 - a fact
    """A platform did not start; the message is what it said."""


@dataclass(frozen=True, slots=True)
class Platform:
    """A platform with data and ports of its own, started through the front door as a person would."""

    home: Home
    ports: Ports

    def up(self) -> float:
        """Start it; seconds until every site answers ready. The registry is not waited for."""
        started = time.monotonic()
        self._manage("up", "--detach", "--port-offset", str(self.ports.offset))
        for site in SITES:
            _wait_until_ready(f"http://127.0.0.1:{self.ports.of_web(site)}/health/ready", started + SLOWEST_START_S)
        return time.monotonic() - started

    def down(self) -> None:
        """End it."""
        self._manage("down")

    def megabytes(self) -> float:
        """Proportional set size of everything that runs, in MB; shared pages are divided among those who share."""
        return sum(pss_bytes(leftovers.find(self.home)).values()) / 1_000_000

    def _manage(self, *arguments: str) -> None:
        command = [sys.executable, "manage_all.py", *arguments]
        environment = os.environ | {STATE_VARIABLE: str(self.home.state)}
        ended = subprocess.run(command, cwd=self.home.clone, env=environment, capture_output=True, text=True)
        if ended.returncode:
            raise NotStarted(ended.stderr)


def run() -> list[Result]:
    """The median of three second starts, and the memory a minute after the last one."""
    with _platform() as platform:
        say("first start, which makes databases and the sample store")
        platform.up()
        platform.down()
        seconds = [_second_start(platform, number) for number in range(1, RUNS + 1)]
        say(f"waiting {SETTLED_S:.0f} s until everything has settled")
        time.sleep(SETTLED_S)  # the measurement is defined as "60 s later"; nothing is waited for
        megabytes = platform.megabytes()
    most_s, most_mb = TARGETS.get(len(SITES), (None, None))
    return [
        Result("second start, until every site is ready", round(statistics.median(seconds), 1), "s", target=most_s),
        Result("memory of all processes (PSS)", round(megabytes), "MB", target=most_mb),
    ]


def _second_start(platform: Platform, number: int) -> float:
    seconds = platform.up()
    say(f"start {number} of {RUNS}: {seconds:.1f} s")
    if number < RUNS:
        platform.down()
    return seconds


@contextmanager
def _platform() -> Iterator[Platform]:
    """An empty platform on free ports; ended and removed afterwards, whatever happened."""
    usual = home.find()
    with TemporaryDirectory(dir=usual.state, prefix="bench-") as folder:
        Path(folder).chmod(0o755)  # PostgreSQL's account must be able to enter it
        platform = Platform(replace(usual, state=Path(folder)), ports.free(SystemRandom()))
        try:
            yield platform
        finally:
            platform.down()


def _wait_until_ready(address: str, deadline: float) -> None:
    while time.monotonic() < deadline:
        try:
            if requests.get(address, timeout=1).status_code == requests.codes.ok:
                return
        except requests.RequestException:
            pass  # not there yet
        time.sleep(POLL_S)
    raise NotStarted(f"{address} did not answer ready within {SLOWEST_START_S:.0f} s")
