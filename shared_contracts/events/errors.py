"""What can be wrong with an event: while it is written, and while it is read."""


class EventError(Exception):
    """Any fault of an event's content or contract; trying again does not help."""


class InvalidEvent(EventError, ValueError):  # noqa: N818 - says what is wrong, not that something is
    """A field does not hold what its schema allows; `path` says which, as in `variants[2].prices[0].amount`."""

    def __init__(self, path: str, why: str) -> None:
        super().__init__(f"{path}: {why}")
        self.path = path
        self.why = why

    def __reduce__(self) -> tuple[type["InvalidEvent"], tuple[str, str]]:
        return type(self), (self.path, self.why)

    def inside(self, outer: str) -> "InvalidEvent":
        """The same fault, seen from the record that holds this one in its field `outer`."""
        return InvalidEvent(f"{outer}.{self.path}", self.why)


class UnreadableEvent(EventError, ValueError):  # noqa: N818 - as above
    """The bytes are no record of the schema they claim to be written with."""


class UnknownSchema(EventError, LookupError):  # noqa: N818 - as above
    """No schema with this fingerprint is known here; `schemas.learn` can teach one."""


class UnknownEventType(EventError, LookupError):  # noqa: N818 - as above
    """No event of this type is known here."""
