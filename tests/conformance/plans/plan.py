"""What the suite has to know of a site in order to ask it for anything: its nouns, not its promises."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from shared_contracts.events.event import Event
from tests.conformance.running.caller import Ask, Reply

if TYPE_CHECKING:
    from tests.conformance.running.started_site import StartedSite


@dataclass(frozen=True, slots=True)
class Stream:
    """Where a site spoke: topic and aggregate."""

    topic: str
    key: str


@dataclass(frozen=True, slots=True)
class Pages:
    """A list that the check has for itself, newest first, with `size` rows; `more` makes another one."""

    path: str
    size: int
    more: Ask


@dataclass(frozen=True, slots=True)
class Sparse:
    """A list from which a caller takes a `field` beside the id, and what it can have `expanded` (maybe nothing)."""

    path: str
    field: str
    expanded: str


@dataclass(frozen=True, slots=True)
class Held:
    """A write, and the statement that takes the lock it needs."""

    write: Ask
    statement: str
    parameters: Sequence[str]


@dataclass(frozen=True, slots=True)
class Provoked:
    """A fact of another site that makes this one say something: what, and where."""

    event: Event
    answer: str
    on: Stream


class Subject(Protocol):
    """Something of another site that this one keeps a copy of."""

    @property
    def key(self) -> str:
        """Its aggregate id."""


class Plan(Protocol):
    """One site's nouns. Whatever a method makes, it makes anew at every call."""

    site: str
    scopes: Sequence[str]
    bare_paths: Sequence[tuple[Ask, str]]
    """Requests without a version, and where they are sent to."""
    list_path: str
    """A list that a caller with all scopes may read."""
    public_path: str
    """The same for guests; empty where they may read nothing."""
    sparse: Sparse
    """A list that takes `fields`."""
    deprecated: Ask
    """Of the operation that the test settings declare to end."""
    hears: Sequence[str]
    """The topics it listens to."""
    key_required: bool
    """Whether `writing` needs an Idempotency-Key."""

    def writing(self, site: "StartedSite") -> Ask:
        """A write that tells a fact."""

    def spoke_on(self, reply: Reply) -> Stream:
        """Where the fact of such a write was told."""

    def again(self, reply: Reply) -> Ask:
        """Another write about the same aggregate."""

    def refused(self, site: "StartedSite") -> tuple[Ask, str, int]:
        """A write that the domain refuses, with code and status."""

    def thing(self, site: "StartedSite") -> Ask:
        """A change of something that has just been made, and has an ETag at the same address."""

    def pages(self, site: "StartedSite") -> Pages:
        """A list to go through."""

    def held(self, site: "StartedSite") -> Held:
        """A write that can be stood in the way of."""

    def subject(self, site: "StartedSite") -> Subject:
        """Something to hear about."""

    def fact(self, subject: Subject, number: int, version: int) -> Event:
        """What the other site says: the number is such-and-such now."""

    def shown(self, site: "StartedSite", subject: Subject) -> int | None:
        """The number that this site shows; None while it knows nothing."""

    def provoked(self, site: "StartedSite") -> Provoked:
        """A fact that is answered."""
