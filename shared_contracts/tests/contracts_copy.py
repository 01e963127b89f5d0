"""A copy of the contracts that a test may spoil: events, APIs and releases."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from shared_contracts.tooling.check import check
from shared_contracts.tooling.generate import generate
from shared_contracts.tooling.released import release


@dataclass(frozen=True)
class Copy:
    """Events, APIs and releases in a folder of their own."""

    root: Path

    @property
    def events(self) -> Path:
        return self.root / "events"

    @property
    def apis(self) -> Path:
        return self.root / "apis"

    @property
    def released(self) -> Path:
        return self.root / "released"

    def change(self, event: str, edit: Callable[[dict[str, Any]], object]) -> None:
        """Edit the schema of an event, given as `<site>/<Event>`."""
        self.rewrite(self.events / f"{event}.avsc", edit)

    def change_examples(self, event: str, edit: Callable[[dict[str, Any]], object]) -> None:
        self.rewrite(self.events / f"{event}.examples.json", edit)

    def rewrite(self, path: Path, edit: Callable[[Any], object]) -> None:
        content = json.loads(path.read_text(encoding="utf-8"))
        edit(content)
        path.write_text(json.dumps(content), encoding="utf-8")

    def generate(self, *, write: bool = True) -> list[str]:
        return generate(write=write, events_folder=self.events)

    def release(self, version: str) -> list[str]:
        return release(version, events_folder=self.events, apis_folder=self.apis, released_folder=self.released)

    def check(self, today: date | None = None) -> list[str]:
        return check(events_folder=self.events, apis_folder=self.apis, released_folder=self.released, today=today)


def field(schema: dict[str, Any], name: str) -> dict[str, Any]:
    """A field of a schema, to edit."""
    found: dict[str, Any] = next(field for field in schema["fields"] if field["name"] == name)
    return found
