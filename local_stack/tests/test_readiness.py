"""What a start says when a process does not become ready."""

from random import SystemRandom

import pytest

from local_stack import exit_codes, ports
from local_stack.home import Home
from local_stack.refusals import StackRefusal
from local_stack.starting.readiness import Waiting
from local_stack.supervision import client
from local_stack.tests.conftest import MakeSpec


def test_a_process_that_dies_is_named_with_its_last_words_of_this_start(home: Home, spec: MakeSpec) -> None:
    (home.logs / "a.log").write_text('{"event": "words_of_yesterday"}\n')
    supervisor = client.start(home)
    waiting = Waiting(supervisor)
    supervisor.start([spec("a", ports.free(SystemRandom()).of_web("catalog"), "die")])

    with pytest.raises(StackRefusal) as refused:
        waiting.until_ready(["a"], patience_s=30)

    supervisor.quit()
    assert refused.value.exit_code == exit_codes.FAILED
    assert "a did not become ready: it ended 3 times, last with exit code 3." in str(refused.value)
    assert "small_server_started" in str(refused.value)
    assert "words_of_yesterday" not in str(refused.value)


def test_a_process_that_hangs_is_named_when_time_is_up(home: Home, spec: MakeSpec) -> None:
    port = ports.free(SystemRandom()).of_web("catalog")
    supervisor = client.start(home)
    waiting = Waiting(supervisor)
    supervisor.start([spec("a", port, "mute")])

    with pytest.raises(StackRefusal, match=r"a did not become ready within 1 s; it runs \(pid \d+\)"):
        waiting.until_ready(["a"], patience_s=1)

    supervisor.quit()
