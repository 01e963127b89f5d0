"""Tests of what becomes of each message: no database, no broker."""

from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

import pytest

from site_kit.messaging.event_log import Stream
from site_kit.messaging.identifiers import uuid7
from site_kit.messaging.inbox.arrivals import Arrival, Record, listening, read
from site_kit.messaging.inbox.causes_of_stalling import Reason, State
from site_kit.messaging.inbox.decisions import Decisions, Known, decide
from site_kit.messaging.inbox.pace import Pace
from site_kit.messaging.inbox.portions import portions, runs
from site_kit.messaging.testing import record_for
from site_kit.messaging.tests.shop.events import BasketFilled, ItemRenamed, ItemScrapped, StockCounted

NOW = datetime(2030, 1, 15, tzinfo=UTC)
ITEM, OTHER = uuid4(), uuid4()
STREAM = Stream("shop.item", str(ITEM))


def came(version: int, *, item: UUID = ITEM, at: datetime = NOW, event_id: UUID | None = None) -> Arrival:
    return read(record_for(StockCounted(item, version), version=version, event_id=event_id or uuid7(at)), listening())


def decided(*batch: Arrival, seen: int | None = None, known: tuple[UUID, ...] = (), stalled: bool = False) -> Decisions:
    ids = {arrival.envelope.event_id for arrival in batch if arrival.envelope}
    versions = {} if seen is None else {STREAM: seen}
    return decide(batch, Known(ids - set(known), versions, {STREAM} if stalled else set()), now=NOW)


def test_the_next_version_is_handled() -> None:
    decisions = decided(came(4), came(5), seen=3)

    assert [arrival.message.version for arrival in decisions.to_handle if arrival.message] == [4, 5]
    assert decisions.versions == {STREAM: 5}


def test_the_first_version_of_a_stream_that_is_new_here_is_its_beginning() -> None:
    assert decided(came(7)).versions == {STREAM: 7}


def test_a_known_id_is_a_duplicate_whatever_its_version() -> None:
    arrival = came(4)
    assert arrival.envelope

    decisions = decided(arrival, seen=3, known=(arrival.envelope.event_id,))

    assert decisions.duplicates == [arrival]
    assert decisions.versions == {}


def test_the_same_id_twice_in_one_batch_is_a_duplicate() -> None:
    event_id = uuid7(NOW)

    decisions = decided(came(1, event_id=event_id), came(1, event_id=event_id))

    assert (len(decisions.to_handle), len(decisions.duplicates)) == (1, 1)


def test_a_missing_version_stops_its_key_and_all_that_follow_stand_behind() -> None:
    decisions = decided(came(5), came(6), came(1, item=OTHER), seen=3)

    [(first, cause), (second, behind)] = decisions.to_stall
    assert cause is not None
    assert (cause.reason, cause.state, behind) == (Reason.GAP, State.WAITING, None)
    assert [arrival.stream.aggregate_id for arrival in decisions.to_handle] == [str(OTHER)]
    assert (first.envelope, second.envelope) != (None, None)


def test_a_seen_version_with_an_unknown_id_is_a_fork_and_parked() -> None:
    [(_, cause)] = decided(came(3), seen=3).to_stall

    assert cause is not None
    assert (cause.reason, cause.state) == (Reason.FORK, State.PARKED)


def test_a_seen_version_whose_id_was_forgotten_is_a_duplicate() -> None:
    decisions = decided(came(3, at=NOW - timedelta(days=15)), seen=3)

    assert (len(decisions.duplicates), decisions.to_stall) == (1, [])


def test_everything_of_a_stalled_key_stands_behind() -> None:
    [(_, cause)] = decided(came(4), seen=3, stalled=True).to_stall

    assert cause is None


def test_a_type_nobody_listens_to_still_moves_its_stream() -> None:
    decisions = decided(read(record_for(ItemScrapped(ITEM), version=4, event_id=uuid7(NOW)), listening()), seen=3)

    assert (decisions.to_handle, decisions.unheard, decisions.versions) == ([], 1, {STREAM: 4})


@pytest.mark.parametrize("value", [b"", b"\1\0\0\0\1abc", b"\0\0\0\0\1", b"\0\0\0\0\1\xff\xff\xff", None])
def test_bytes_that_are_no_event_are_parked(value: bytes | None) -> None:
    whole = record_for(StockCounted(ITEM, 1), version=4)
    record = Record(whole.topic, 0, 0, whole.key, value, whole.headers)

    arrival = read(record, listening())

    assert arrival.cause is not None
    assert arrival.cause.reason is Reason.UNDECODABLE


@pytest.mark.parametrize("name", ["ce_id", "ce_type", "ce_sequence", "ce_time", "ce_schemafp"])
@pytest.mark.parametrize("value", [None, b"\xff nonsense"])
def test_an_envelope_without_sense_is_parked(name: str, value: bytes | None) -> None:
    whole = record_for(StockCounted(ITEM, 1), version=4)
    headers = [(given, value if given == name else text) for given, text in whole.headers]

    arrival = read(Record(whole.topic, 0, 0, whole.key, whole.value, headers), listening())

    assert arrival.cause is not None
    assert arrival.cause.reason in {Reason.UNDECODABLE, Reason.SCHEMA}


def test_a_record_without_a_key_stops_nobody_else() -> None:
    whole = record_for(StockCounted(ITEM, 1), version=4)

    arrival = read(Record(whole.topic, 3, 77, None, whole.value, ()), listening())

    assert arrival.stream == Stream("shop.item", "without key: 3/77")


def test_runs_are_few_and_keep_the_order_within_a_key() -> None:
    batch = [
        came(1),
        read(record_for(ItemRenamed(OTHER, "a"), version=1), listening()),
        came(2),
        read(record_for(ItemRenamed(ITEM, "b"), version=3), listening()),
        came(2, item=OTHER),
        came(4),
    ]

    grouped = [[(type(a.message.event).__name__, a.message.version) for a in run if a.message] for run in runs(batch)]

    assert grouped == [
        [("StockCounted", 1), ("StockCounted", 2)],
        [("ItemRenamed", 1), ("ItemRenamed", 3)],
        [("StockCounted", 2), ("StockCounted", 4)],
    ]


def test_a_handler_without_locks_gets_a_transaction_of_its_own() -> None:
    renamed = read(record_for(ItemRenamed(OTHER, "a"), version=1), listening())

    cut = list(portions([came(1), came(2), renamed, came(3), came(4), came(5)], 2))

    assert [len(portion) for portion in cut] == [2, 1, 2, 1]
    assert cut[1] == [renamed]


def test_portions_shrink_when_they_take_too_long_and_grow_when_there_is_time() -> None:
    pace = Pace(aim_s=0.02, smallest=1, largest=500, start=100)

    pace.took(0.2, messages=100)
    after_slow = pace.size
    for _ in range(20):
        pace.took(0.0001 * pace.size, messages=pace.size)

    assert after_slow == 55
    assert pace.size == pytest.approx(200, abs=2)


def test_locks_of_a_basket_are_its_items() -> None:
    arrival = read(record_for(BasketFilled(ITEM, ("A", "B")), version=1), listening())

    assert arrival.handler is not None
    assert arrival.handler.shares_rows
