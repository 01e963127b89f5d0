"""All comparisons of `verify`, in the order in which they are reported."""

from collections.abc import Callable, Iterator

from local_stack.verification import copies, delivery, quiet, stock
from local_stack.verification.databases import Databases
from local_stack.verification.difference import Difference

Check = Callable[[Databases], Iterator[Difference]]

CHECKS: dict[str, Check] = {
    "nothing is pending": quiet.pending_events,
    "nothing is parked or waiting": quiet.stalled_keys,
    "every event applied exactly once where it is consumed": delivery.applied_once,
    "versions in the event logs have no holes": delivery.contiguous,
    "counters equal the stock ledger": stock.counters_equal_ledger,
    "the stock ledger balances": stock.ledger_balances,
    "promises equal open holds, leases and allocations": stock.promises_are_open,
    "availability in the catalogue equals inventory": stock.availability_equal,
    "inventory's copy of the catalogue is current": copies.products_copied,
}
