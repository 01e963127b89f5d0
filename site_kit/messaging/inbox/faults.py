"""What kind of trouble an exception is; everything that happens to a message follows from that."""

from enum import Enum

from django.db import DatabaseError, InterfaceError, OperationalError

from site_kit.messaging.handlers import Awaiting


class Kind(Enum):
    """How a fault is answered."""

    OUTAGE = "outage"
    """A neighbour is away: everything waits, nothing is parked."""
    CONTENTION = "contention"
    """Two transactions in each other's way: at once again, never counted."""
    TIMEOUT = "timeout"
    """It takes too long although the database answers: the key waits, and is parked in the end."""
    AWAITING = "awaiting"
    """Not yet: the key waits for another aggregate."""
    FAILURE = "failure"
    """The message and the handler do not fit: the key is parked."""


_CONTENTION = {"40P01", "40001"}  # deadlock_detected, serialization_failure
_TIMEOUT = {"57014", "55P03"}  # query_canceled (statement time-out), lock_not_available
_OUTAGE_CODES = {"25006", "25P03", "25P04"}  # read-only after a failover, session ended for idling, for its age
_OUTAGE_CLASSES = {"08", "53", "57", "58"}  # connection, resources (disk, memory), operator's action, system


def kind_of(fault: BaseException) -> Kind:
    """Which kind an exception of a handler or of the inbox itself is."""
    if isinstance(fault, Awaiting):
        return Kind.AWAITING
    if isinstance(fault, DatabaseError | InterfaceError):
        return _kind_of_database_error(fault)
    if isinstance(fault, TimeoutError):
        return Kind.TIMEOUT
    return Kind.FAILURE


def _kind_of_database_error(fault: Exception) -> Kind:
    code = sqlstate(fault)
    if code is None:
        return Kind.OUTAGE if isinstance(fault, OperationalError | InterfaceError) else Kind.FAILURE
    if code in _CONTENTION:
        return Kind.CONTENTION
    if code in _TIMEOUT:
        return Kind.TIMEOUT
    if code in _OUTAGE_CODES or code[:2] in _OUTAGE_CLASSES:
        return Kind.OUTAGE
    return Kind.FAILURE


def sqlstate(fault: BaseException) -> str | None:
    """PostgreSQL's five-letter code of a database error, if the server sent one."""
    return getattr(fault.__cause__, "sqlstate", None) or getattr(fault, "sqlstate", None)
