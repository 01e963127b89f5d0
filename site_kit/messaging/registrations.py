"""Registry ids of schemas: remembered in this process, kept in the database, asked from the registry last."""

import json
from typing import Any

import structlog

from site_kit.messaging import clock
from site_kit.messaging.configuration import catalogue
from site_kit.messaging.database import fast_cursor
from site_kit.messaging.registry import Registry, RegistryAway, RegistryRefused, UnknownToRegistry, registry, subject_of

log = structlog.get_logger(__name__)

_READ = "SELECT subject, fingerprint, registry_id FROM messaging_schema_registration"
_KEEP = """
    INSERT INTO messaging_schema_registration (subject, fingerprint, registry_id, registered_at)
    VALUES (%s, %s, %s, %s)
    ON CONFLICT (subject, fingerprint) DO UPDATE SET registry_id = EXCLUDED.registry_id,
        registered_at = EXCLUDED.registered_at
"""
_FRESH_S = 30.0
_ASK_AGAIN_S = 1.0


class Registrations:
    """The ids of the schemas this process sends with.

    Read anew every 30 s, because a registry that was wiped numbers its schemas anew and the publisher then
    corrects the table.
    """

    def __init__(self) -> None:
        self._ids: dict[tuple[str, str], int] = {}
        self._read_at_s = float("-inf")

    def id_of(self, topic: str, type_name: str, fingerprint: str) -> int | None:
        """The registry id to send with; None while nobody knows it, and then the event has to wait."""
        wanted = (subject_of(topic, type_name), fingerprint)
        if clock.elapsed_s() - self._read_at_s > (_FRESH_S if wanted in self._ids else _ASK_AGAIN_S):
            self._read()
        if wanted not in self._ids:
            self._ask(type_name, *wanted)
        return self._ids.get(wanted)

    def _read(self) -> None:
        with fast_cursor() as cursor:
            rows = cursor.execute(_READ).fetchall()
        self._ids = {(subject, fingerprint): registry_id for subject, fingerprint, registry_id in rows}
        self._read_at_s = clock.elapsed_s()

    def _ask(self, type_name: str, subject: str, fingerprint: str) -> None:
        try:
            registry_id = registry().id_of(subject, schema_for(type_name, fingerprint))
        except (RegistryAway, RegistryRefused, UnknownToRegistry, LookupError):
            return
        keep_registration(subject, fingerprint, registry_id)
        self._ids[subject, fingerprint] = registry_id


def schema_for(type_name: str, fingerprint: str) -> str:
    """The schema text with that fingerprint: today's, or a released one. Raises LookupError."""
    kind = catalogue().EVENTS.get(type_name)
    if kind is not None and fingerprint == kind.FINGERPRINT:
        return catalogue().schema_json(type_name)
    parsed: dict[str, Any] = catalogue().schema_by_fingerprint(fingerprint)
    return json.dumps({name: value for name, value in parsed.items() if not name.startswith("__")})


def keep_registration(subject: str, fingerprint: str, registry_id: int) -> None:
    """Write an id down for every process of the site; an id that changed is an alarm."""
    with fast_cursor() as cursor:
        known = cursor.execute(f"{_READ} WHERE subject = %s AND fingerprint = %s", [subject, fingerprint]).fetchone()
        cursor.execute(_KEEP, [subject, fingerprint, registry_id, clock.now()])
    if known is not None and known[2] != registry_id:
        log.error("registry_renumbered", subject=subject, registry_id=registry_id, before=known[2])


def register(at: Registry, topic: str, type_name: str) -> int:
    """Register an event's current schema under its subject. Raises RegistryRefused, RegistryAway."""
    subject = subject_of(topic, type_name)
    registry_id = at.register(subject, catalogue().schema_json(type_name))
    keep_registration(subject, catalogue().EVENTS[type_name].FINGERPRINT, registry_id)
    return registry_id
