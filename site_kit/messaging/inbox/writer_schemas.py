"""The schema a record was written with: ours by fingerprint, else the registry's by id, never a guess."""

import json

from site_kit.messaging.configuration import catalogue
from site_kit.messaging.registry import RegistryAway, registry


class SchemaAway(Exception):  # noqa: N818 - says what is missing
    """The writer is newer than this site and the registry cannot be asked now."""


_known: set[str] = set()


def know_schema(fingerprint: str, registry_id: int) -> None:
    """Make sure the catalogue knows a writer's schema, asking the registry at most once for each.

    The registry's answer counts only if it has the fingerprint the header promises: a registry that was wiped
    and numbered anew would else make sense of bytes that mean something different. Raises SchemaAway, or
    UnknownToRegistry when the registry answers that it has no such schema.
    """
    if fingerprint in _known:
        return
    try:
        catalogue().schema_by_fingerprint(fingerprint)
    except LookupError:
        _learn(fingerprint, registry_id)
    _known.add(fingerprint)


def _learn(fingerprint: str, registry_id: int) -> None:
    try:
        text = registry().schema_text(registry_id)
    except RegistryAway as away:
        raise SchemaAway(f"schema {fingerprint} is unknown here and the registry did not say: {away}") from away
    learnt = catalogue().learn(json.dumps(json.loads(text)))
    if learnt != fingerprint:
        raise SchemaAway(f"the registry's schema {registry_id} is {learnt}, the record was written with {fingerprint}")
