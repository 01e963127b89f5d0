"""Writes what follows from the schemas: the dataclasses and the golden bytes."""

from itertools import groupby
from pathlib import Path

from shared_contracts.events.schemas import EVENTS_FOLDER
from shared_contracts.tooling.dataclass_source import module_source
from shared_contracts.tooling.golden_files import golden_source
from shared_contracts.tooling.shapes import EventSchema, event_schemas


def generate(*, write: bool, events_folder: Path = EVENTS_FOLDER) -> list[str]:
    """Bring generated files up to date; returns those that were not, by their path below `events/`.

    With `write=False` nothing is touched: an empty answer means no drift. Repeating is safe.
    Raises ForbiddenSchema when a schema breaks a rule.
    """
    schemas = event_schemas(events_folder)
    wanted = _modules(schemas) | _golden(schemas)
    changed = [name for name, text in wanted.items() if _text(events_folder / name) != text]
    if write:
        for name in changed:
            (events_folder / name).write_text(wanted[name], encoding="utf-8")
    return changed


def _modules(schemas: list[EventSchema]) -> dict[str, str]:
    def module(schema: EventSchema) -> tuple[str, str]:
        return schema.site, schema.version

    return {
        f"{site}/{version}.py": module_source(site, version, list(events))
        for (site, version), events in groupby(sorted(schemas, key=module), key=module)
    }


def _golden(schemas: list[EventSchema]) -> dict[str, str]:
    return {f"{schema.site}/{schema.path.with_suffix('.golden.hex').name}": golden_source(schema) for schema in schemas}


def _text(path: Path) -> str | None:
    return path.read_text(encoding="utf-8") if path.exists() else None
