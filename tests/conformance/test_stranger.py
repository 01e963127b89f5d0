"""The stranger of ADR 1 keeps the delivery promise with the contracts alone, whatever is done to it."""

import ast
import contextlib
import os
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from random import Random

from tests.conformance import stranger, switches
from tests.conformance.plans.plan import Stream
from tests.conformance.promises.hearing import telling
from tests.conformance.running.broker import Told
from tests.conformance.running.started_site import StartedSite
from tests.conformance.running.waiting import until

CLONE = Path(__file__).parents[2]
ALLOWED = {"sqlite3", "sys", "time", "typing", "uuid", "confluent_kafka", "shared_contracts"}
LARGEST = 85
"""Lines of the stranger, words and all."""
STREAMS, WRITES = 5, 4


@contextmanager
def listening(site: StartedSite, topic: str, file: Path) -> Iterator[None]:
    """The stranger runs; at the end it is killed, wherever it is."""
    process = subprocess.Popen(
        [sys.executable, stranger.__file__, site.behind.brokers, site.broker.prefix + topic, str(file)],
        env={**os.environ, "PYTHONPATH": str(CLONE)},
        stdin=subprocess.DEVNULL,
    )
    try:
        yield
        assert process.poll() is None, "the stranger still runs"
    finally:
        with contextlib.suppress(ProcessLookupError):
            process.send_signal(signal.SIGKILL)
        process.wait()


def applied(file: Path) -> dict[str, list[int]]:
    """What the stranger has applied, in its order."""
    found: dict[str, list[int]] = {}
    for key, version in _asked(file, "SELECT key, version FROM applied ORDER BY rowid"):
        found.setdefault(key, []).append(version)
    return found


def test_the_stranger_knows_nothing_of_this_project_but_its_contracts() -> None:
    source = Path(stranger.__file__).read_text(encoding="utf-8")

    imported = {name.partition(".")[0] for node in ast.walk(ast.parse(source)) for name in _names(node)}

    assert imported == ALLOWED
    assert len(source.splitlines()) <= LARGEST


def test_it_is_right_about_a_site_that_repeats_itself_while_it_is_killed(sound: StartedSite, tmp_path: Path) -> None:
    file, chance = tmp_path / "stranger.sqlite", Random(switches.SEED)
    streams = [_spoken(sound) for _ in range(STREAMS)]
    told = [record for stream in streams for record in _all_of(sound, stream)]
    topic = streams[0].topic
    wanted: dict[str, list[int]] = {}
    for record in told:
        wanted.setdefault(record.key.decode(), []).append(record.sequence)

    for _ in range(3):
        sound.broker.repeat(chance.sample(told, len(told)))
        with listening(sound, topic, file):
            until(lambda: len(_place(file)) > 0, within_s=20, what="the stranger listens")
    sound.broker.repeat(chance.sample(told, len(told)))
    with listening(sound, topic, file):
        _await_the_end(sound, topic, file)

    found = applied(file)
    assert {key: found[key] for key in wanted} == wanted
    assert _states(file, wanted) == {record.key.decode(): repr(record.event) for record in _last(told)}
    assert _asked(file, "SELECT key FROM waiting UNION SELECT key FROM stream WHERE stopped <> ''") == []


def test_a_gap_waits_and_another_history_stops_its_key_alone(sound: StartedSite, tmp_path: Path) -> None:
    file, subjects = tmp_path / "stranger.sqlite", [sound.plan.subject(sound) for _ in range(3)]
    gap, fork, other = subjects
    sound.hear()
    first = telling(sound, fork, 1, 1)
    topic = first.event.TOPIC

    sound.broker.tell(first, telling(sound, gap, 1, 1), telling(sound, gap, 3, 3), telling(sound, fork, 9, 1))
    sound.broker.tell(telling(sound, other, 4, 1), telling(sound, fork, 2, 2))
    with listening(sound, topic, file):
        until(lambda: applied(file).get(other.key) == [1], within_s=20, what="another key")
        until(lambda: _stopped(file) == [(fork.key,)], within_s=20, what="the key with two histories stops")
        before = applied(file)
        sound.broker.tell(telling(sound, gap, 2, 2))
        until(lambda: applied(file)[gap.key] == [1, 2, 3], within_s=20, what="what was missing")

    assert before[gap.key] == [1]
    assert applied(file)[fork.key] == [1]


def _spoken(site: StartedSite) -> Stream:
    reply = site.written(site.plan.writing(site))
    stream = site.plan.spoke_on(reply)
    for _ in range(WRITES):
        reply = site.written(site.plan.again(reply))
    return stream


def _all_of(site: StartedSite, stream: Stream) -> list[Told]:
    logged = "SELECT count(*) FROM messaging_event WHERE topic = %s AND aggregate_id = %s"
    [(count,)] = site.rows(logged, stream.topic, stream.key)
    firsts = {record["ce_id"]: record for record in site.broker.arrived(stream.topic, stream.key, at_least=count)}
    assert len(firsts) == count
    return sorted(firsts.values(), key=lambda record: record.sequence)


def _last(told: Sequence[Told]) -> list[Told]:
    return list({record.key: record for record in sorted(told, key=lambda record: record.sequence)}.values())


def _await_the_end(site: StartedSite, topic: str, file: Path) -> None:
    ends = site.broker.ends(topic)
    until(lambda: _place(file) == ends, within_s=30, what="the stranger has read everything")


def _place(file: Path) -> dict[int, int]:
    return dict(_asked(file, "SELECT partition, next FROM place"))


def _states(file: Path, keys: dict[str, list[int]]) -> dict[str, str]:
    return {key: state for key, state in _asked(file, "SELECT key, state FROM stream") if key in keys}


def _stopped(file: Path) -> list[tuple[str]]:
    return _asked(file, "SELECT key FROM stream WHERE stopped = 'fork'")


def _asked(file: Path, question: str) -> list[tuple]:  # type: ignore[type-arg]  # rows of any shape
    with contextlib.closing(sqlite3.connect(file, timeout=10)) as book:
        try:
            return book.execute(question).fetchall()
        except sqlite3.OperationalError:  # not made yet
            return []


def _names(node: ast.AST) -> list[str]:
    if isinstance(node, ast.Import):
        return [alias.name for alias in node.names]
    return [node.module or ""] if isinstance(node, ast.ImportFrom) else []
