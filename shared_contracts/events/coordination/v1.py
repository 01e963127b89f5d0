"""Events of coordination, v1. Generated from the .avsc files in this folder; do not edit.

`python3 manage_all.py contracts generate` writes it anew.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar, Self
from uuid import UUID

from shared_contracts.events import fields
from shared_contracts.events.event import Event, Part, Record, parts


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting(Part):
    """One public setting.

    name   Dotted name of the setting.
    value  Its value as JSON text.
    """

    name: str
    value: str

    def to_record(self) -> Record:
        return {
            "name": fields.text("name", self.name),
            "value": fields.text("value", self.value),
        }

    @classmethod
    def from_record(cls, record: Record) -> Self:
        return cls(
            name=record["name"],
            value=record["value"],
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class ConfigurationUpdated(Event):
    """A new revision of a service's public configuration is in force; secrets are never part of it.

    service            Name of the service it is meant for; key of the topic.
    revision           Number of the revision in force, counted from 1.
    previous_revision  The revision it replaces; null = the first.
    settings           All public settings of the service in this revision.
    changed_names      Names of the settings that differ from the previous revision.
    changed_at         When the revision came into force.
    """

    TYPE: ClassVar[str] = "firstviscount.coordination.v1.ConfigurationUpdated"
    TOPIC: ClassVar[str] = "coordination.config"
    KEY: ClassVar[str] = "service"
    FINGERPRINT: ClassVar[str] = "85fff00b11798cb9"

    service: str
    revision: int
    previous_revision: int | None = None
    settings: tuple[Setting, ...] = ()
    changed_names: tuple[str, ...] = ()
    changed_at: datetime

    def to_record(self) -> Record:
        return {
            "service": fields.text("service", self.service),
            "revision": fields.whole("revision", self.revision),
            "previous_revision": fields.optional("previous_revision", self.previous_revision, fields.whole),
            "settings": fields.array("settings", self.settings, fields.record, Setting),
            "changed_names": fields.array("changed_names", self.changed_names, fields.text),
            "changed_at": fields.moment("changed_at", self.changed_at),
        }

    @classmethod
    def from_record(cls, record: Record) -> Self:
        return cls(
            service=record["service"],
            revision=record["revision"],
            previous_revision=record["previous_revision"],
            settings=parts(Setting, record["settings"]),
            changed_names=tuple(record["changed_names"]),
            changed_at=record["changed_at"],
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class ServiceDeregistered(Event):
    """An instance of a service is gone, by its own word or because its lease ran out.

    service_id       The service; key of the topic.
    name             The service's name.
    instance_id      The instance that is gone; null = the whole service.
    reason           Why: `graceful`, `lease_expired`, `evicted` or `superseded`.
    deregistered_at  When it was taken off.
    """

    TYPE: ClassVar[str] = "firstviscount.coordination.v1.ServiceDeregistered"
    TOPIC: ClassVar[str] = "coordination.service"
    KEY: ClassVar[str] = "service_id"
    FINGERPRINT: ClassVar[str] = "5b452ebb6332f8f6"

    service_id: UUID
    name: str
    instance_id: UUID | None = None
    reason: str
    deregistered_at: datetime

    def to_record(self) -> Record:
        return {
            "service_id": fields.uuid("service_id", self.service_id),
            "name": fields.text("name", self.name),
            "instance_id": fields.optional("instance_id", self.instance_id, fields.uuid),
            "reason": fields.required_code("reason", self.reason),
            "deregistered_at": fields.moment("deregistered_at", self.deregistered_at),
        }

    @classmethod
    def from_record(cls, record: Record) -> Self:
        return cls(
            service_id=record["service_id"],
            name=record["name"],
            instance_id=record["instance_id"],
            reason=record["reason"],
            deregistered_at=record["deregistered_at"],
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class ServiceHealthChanged(Event):
    """The health of a service, seen over all its instances, changed.

    service_id            The service; key of the topic.
    name                  The service's name.
    health                The health from now on.
    previous_health       The health until now.
    instances_registered  Instances that hold a lease.
    instances_healthy     Instances that answered their last check.
    cause                 The part or check that tipped it; empty = not known.
    changed_at            When it changed.
    """

    TYPE: ClassVar[str] = "firstviscount.coordination.v1.ServiceHealthChanged"
    TOPIC: ClassVar[str] = "coordination.service"
    KEY: ClassVar[str] = "service_id"
    FINGERPRINT: ClassVar[str] = "c02f6f69ce94e632"

    service_id: UUID
    name: str
    health: str
    previous_health: str = "unknown"
    instances_registered: int = 0
    instances_healthy: int = 0
    cause: str = ""
    changed_at: datetime

    def to_record(self) -> Record:
        return {
            "service_id": fields.uuid("service_id", self.service_id),
            "name": fields.text("name", self.name),
            "health": fields.one_of("health", self.health, ("unknown", "healthy", "degraded", "unhealthy")),
            "previous_health": fields.one_of(
                "previous_health", self.previous_health, ("unknown", "healthy", "degraded", "unhealthy")
            ),
            "instances_registered": fields.whole("instances_registered", self.instances_registered),
            "instances_healthy": fields.whole("instances_healthy", self.instances_healthy),
            "cause": fields.text("cause", self.cause),
            "changed_at": fields.moment("changed_at", self.changed_at),
        }

    @classmethod
    def from_record(cls, record: Record) -> Self:
        return cls(
            service_id=record["service_id"],
            name=record["name"],
            health=record["health"],
            previous_health=record["previous_health"],
            instances_registered=record["instances_registered"],
            instances_healthy=record["instances_healthy"],
            cause=record["cause"],
            changed_at=record["changed_at"],
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class ServiceRegistered(Event):
    """An instance of a service announced itself and holds a lease.

    service_id     The service; key of the topic.
    name           The service's name, such as `inventory`.
    instance_id    The instance that registered.
    base_url       Where the instance answers.
    version        Release the instance runs.
    lease_ttl_s    Seconds after which the instance is taken off unless it renews; 0 = no lease.
    registered_at  When it registered.
    """

    TYPE: ClassVar[str] = "firstviscount.coordination.v1.ServiceRegistered"
    TOPIC: ClassVar[str] = "coordination.service"
    KEY: ClassVar[str] = "service_id"
    FINGERPRINT: ClassVar[str] = "4e1d71c4bf0d42f6"

    service_id: UUID
    name: str
    instance_id: UUID | None = None
    base_url: str = ""
    version: str = ""
    lease_ttl_s: int = 0
    registered_at: datetime

    def to_record(self) -> Record:
        return {
            "service_id": fields.uuid("service_id", self.service_id),
            "name": fields.text("name", self.name),
            "instance_id": fields.optional("instance_id", self.instance_id, fields.uuid),
            "base_url": fields.text("base_url", self.base_url),
            "version": fields.text("version", self.version),
            "lease_ttl_s": fields.whole("lease_ttl_s", self.lease_ttl_s),
            "registered_at": fields.moment("registered_at", self.registered_at),
        }

    @classmethod
    def from_record(cls, record: Record) -> Self:
        return cls(
            service_id=record["service_id"],
            name=record["name"],
            instance_id=record["instance_id"],
            base_url=record["base_url"],
            version=record["version"],
            lease_ttl_s=record["lease_ttl_s"],
            registered_at=record["registered_at"],
        )


EVENTS: tuple[type[Event], ...] = (
    ConfigurationUpdated,
    ServiceDeregistered,
    ServiceHealthChanged,
    ServiceRegistered,
)
