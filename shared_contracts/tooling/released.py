"""Frozen copies of what was released: `released/<version>/` with events, API documents and a list of digests."""

import json
import shutil
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path

from shared_contracts.events.schemas import EVENTS_FOLDER, RELEASED_FOLDER
from shared_contracts.tooling.generate import generate

DIGESTS = "digests.json"
_EVENT_FILES = ("*.avsc", "*.examples.json", "*.golden.hex")


class NotReleasable(Exception):  # noqa: N818 - a refusal
    """The contracts are not in a state to be frozen, or this version already is."""


def release(
    version: str,
    *,
    events_folder: Path = EVENTS_FOLDER,
    apis_folder: Path = EVENTS_FOLDER.parent / "apis",
    released_folder: Path = RELEASED_FOLDER,
) -> list[str]:
    """Freeze today's contracts as a version; from then on they only grow. Returns the files written.

    Raises NotReleasable when generated files are stale or the version exists.
    """
    target = released_folder / version
    if target.exists():
        raise NotReleasable(f"{version} is released already")
    stale = generate(write=False, events_folder=events_folder)
    if stale:
        raise NotReleasable(f"generate first: {', '.join(stale)}")
    for source, name in _sources(events_folder, apis_folder):
        (target / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(source, target / name)
    digests = dict(_digests(target))
    (target / DIGESTS).write_text(json.dumps(digests, indent=2) + "\n", encoding="utf-8")
    return list(digests)


def versions(released_folder: Path = RELEASED_FOLDER) -> list[Path]:
    """The folders of all releases."""
    return sorted(path for path in released_folder.glob("*") if path.is_dir())


def tampered(release_folder: Path) -> list[str]:
    """Files of a release that were changed, added or removed since."""
    listed = release_folder / DIGESTS
    wanted: dict[str, str] = json.loads(listed.read_text(encoding="utf-8")) if listed.exists() else {}
    found = dict(_digests(release_folder))
    return sorted(name for name in wanted.keys() | found.keys() if wanted.get(name) != found.get(name))


def _sources(events_folder: Path, apis_folder: Path) -> Iterator[tuple[Path, str]]:
    for pattern in _EVENT_FILES:
        for path in events_folder.glob(f"*/{pattern}"):
            yield path, f"events/{path.relative_to(events_folder).as_posix()}"
    for path in apis_folder.glob("*/v*.json"):
        yield path, f"apis/{path.relative_to(apis_folder).as_posix()}"


def _digests(folder: Path) -> Iterator[tuple[str, str]]:
    for path in sorted(folder.rglob("*")):
        if path.is_file() and path.name != DIGESTS:
            yield path.relative_to(folder).as_posix(), sha256(path.read_bytes()).hexdigest()
