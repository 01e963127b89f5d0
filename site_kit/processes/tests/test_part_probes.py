"""A part is up when its program answers, not when the kernel accepts."""

import os
import socket
import time
from collections.abc import Iterator

import pytest

from site_kit.processes.part_probes import broker_answers, registry_answers, valkey_answers

BROKER = os.environ.get("KAFKA_BOOTSTRAP_SERVERS", "127.0.0.1:29092")
VALKEY = os.environ.get("VALKEY_URL", "redis://127.0.0.1:26379")
REGISTRY = os.environ.get("SCHEMA_REGISTRY_URL", "http://127.0.0.1:28070/apis/ccompat/v7")


@pytest.fixture
def hole() -> Iterator[int]:
    """A port that accepts and never answers."""
    with socket.create_server(("127.0.0.1", 0), backlog=64) as listener:
        yield listener.getsockname()[1]


@pytest.fixture
def closed_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port: int = listener.getsockname()[1]
    return port


def test_the_real_parts_answer() -> None:
    assert broker_answers(BROKER)
    assert valkey_answers(VALKEY)
    assert registry_answers(REGISTRY)


def test_a_black_hole_is_down_and_costs_half_a_second_at_most(hole: int) -> None:
    for answers, address in [
        (broker_answers, f"127.0.0.1:{hole}"),
        (valkey_answers, f"redis://127.0.0.1:{hole}"),
        (registry_answers, f"http://127.0.0.1:{hole}/apis"),
        (valkey_answers, f"rediss://127.0.0.1:{hole}"),
    ]:
        began = time.monotonic()
        assert not answers(address)
        assert time.monotonic() - began < 0.8


def test_a_closed_port_is_down(closed_port: int) -> None:
    assert not broker_answers(f"127.0.0.1:{closed_port}")
    assert not valkey_answers(f"redis://127.0.0.1:{closed_port}")


def test_one_of_several_brokers_is_enough(closed_port: int) -> None:
    assert broker_answers(f"127.0.0.1:{closed_port},{BROKER}")


def test_a_name_that_nobody_knows_is_down() -> None:
    assert not registry_answers("http://nobody.invalid:80/")
