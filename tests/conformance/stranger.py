"""A consumer by a stranger: the contracts and confluent-kafka, nothing else of this project (ADR 1).

    python stranger.py BROKERS TOPIC FILE

keeps the delivery promise of shared_contracts/delivery.md: in one SQLite file stands what each aggregate looks like
now, which facts were applied to it, and what waits; memory and effect of a record share one transaction. It may be
killed at any time. A schema that it does not know ends it, without having taken the record: it is then started anew
with newer contracts.
"""

import sqlite3
import sys
import time
from typing import Any
from uuid import UUID

from confluent_kafka import Consumer, TopicPartition

from shared_contracts.events.catalogue import event_type
from shared_contracts.events.errors import UnreadableEvent

REMEMBERED_S = 14 * 24 * 3600
TABLES = """
CREATE TABLE IF NOT EXISTS place (partition INTEGER PRIMARY KEY, next INTEGER);
CREATE TABLE IF NOT EXISTS stream (key TEXT PRIMARY KEY, version INTEGER, state TEXT, stopped TEXT DEFAULT '');
CREATE TABLE IF NOT EXISTS seen (id TEXT PRIMARY KEY);
CREATE TABLE IF NOT EXISTS waiting (key TEXT, version INTEGER, state TEXT, PRIMARY KEY (key, version));
CREATE TABLE IF NOT EXISTS applied (key TEXT, version INTEGER);
"""


def take(book: sqlite3.Connection, record: Any) -> None:
    """Apply a record, put it in line, drop it, or stop its key; all or nothing."""
    head = {name: value.decode() for name, value in record.headers()}
    key, version, event_id = record.key().decode(), int(head["ce_sequence"]), head["ce_id"]
    state: str | None
    try:
        state = repr(event_type(head["ce_type"]).from_bytes(record.value()[5:], head["ce_schemafp"]))
    except UnreadableEvent:
        state = None  # its key stops here
    with book:
        is_new = book.execute("INSERT OR IGNORE INTO seen VALUES (?)", [event_id]).rowcount == 1
        known = book.execute("SELECT version FROM stream WHERE key = ?", [key]).fetchone()
        if known is None:
            known = (version - 1,)  # a stream never seen before: this is its base
            book.execute("INSERT INTO stream (key, version) VALUES (?, ?)", [key, version - 1])
        if version > known[0]:
            book.execute("INSERT OR IGNORE INTO waiting VALUES (?, ?, ?)", [key, version, state])
            go_on(book, key)
        elif is_new and time.time() - (UUID(event_id).int >> 80) / 1000 < REMEMBERED_S:
            book.execute("UPDATE stream SET stopped = 'fork' WHERE key = ?", [key])
        book.execute("INSERT OR REPLACE INTO place VALUES (?, ?)", [record.partition(), record.offset() + 1])


def go_on(book: sqlite3.Connection, key: str) -> None:
    """Apply what waits for this key as far as there is no hole, unless somebody has to look first."""
    while row := book.execute(
        "SELECT waiting.version, waiting.state FROM waiting JOIN stream USING (key) "
        "WHERE key = ? AND stopped = '' AND waiting.version = stream.version + 1",
        [key],
    ).fetchone():
        if row[1] is None:
            book.execute("UPDATE stream SET stopped = 'unreadable' WHERE key = ?", [key])
            return
        book.execute("INSERT INTO applied VALUES (?, ?)", [key, row[0]])
        book.execute("UPDATE stream SET version = ?, state = ? WHERE key = ?", [*row, key])
        book.execute("DELETE FROM waiting WHERE key = ? AND version = ?", [key, row[0]])


def main(brokers: str, topic: str, file: str) -> None:
    """Listen until killed."""
    book = sqlite3.connect(file)
    book.executescript(TABLES)
    consumer = Consumer({"bootstrap.servers": brokers, "group.id": f"stranger of {topic}", "enable.auto.commit": False})
    place = dict(book.execute("SELECT partition, next FROM place"))
    consumer.assign([TopicPartition(topic, number, place.get(number, 0)) for number in range(8)])
    while True:
        record = consumer.poll(1.0)
        if record is not None and record.error() is None:
            take(book, record)


if __name__ == "__main__":
    main(*sys.argv[1:])
