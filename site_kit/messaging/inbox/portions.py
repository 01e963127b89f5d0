"""Cut what arrived into transactions, and a transaction into calls of handlers."""

from collections.abc import Iterator, Sequence

from site_kit.messaging.event_log import Stream
from site_kit.messaging.inbox.arrivals import Arrival


def portions(arrivals: Sequence[Arrival], largest: int) -> Iterator[list[Arrival]]:
    """Consecutive stretches of at most `largest` messages that may share a transaction.

    A message whose handler declares no locks goes alone: nobody could take its locks before those of the others.
    """
    portion: list[Arrival] = []
    for arrival in arrivals:
        if _goes_alone(arrival):
            if portion:
                yield portion
            yield [arrival]
            portion = []
            continue
        portion.append(arrival)
        if len(portion) >= largest:
            yield portion
            portion = []
    if portion:
        yield portion


def _goes_alone(arrival: Arrival) -> bool:
    return arrival.message is not None and arrival.handler is not None and arrival.handler.locks is None


def shares_rows(arrivals: Sequence[Arrival]) -> bool:
    """Whether a portion touches rows that HTTP requests want too, so that it should be over soon."""
    return any(arrival.handler is not None and arrival.handler.shares_rows for arrival in arrivals)


def runs(arrivals: Sequence[Arrival]) -> list[list[Arrival]]:
    """Group messages by type into as few runs as keep the order within every key.

    A message joins the first run of its type that does not come before the run its key was last in.
    """
    grouped: list[list[Arrival]] = []
    types: list[type[object]] = []
    reached: dict[Stream, int] = {}
    for arrival in arrivals:
        kind = type(arrival.message.event) if arrival.message else object
        earliest = reached.get(arrival.stream, 0)
        place = next((i for i in range(earliest, len(grouped)) if types[i] is kind), len(grouped))
        if place == len(grouped):
            grouped.append([])
            types.append(kind)
        grouped[place].append(arrival)
        reached[arrival.stream] = place
    return grouped
