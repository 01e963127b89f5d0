"""The lock of each site: the part of the root lock that the site needs, line for line the same.

Computed from the installed environment, which is the root lock, so that it needs no network and a test can
compare. Locks hold third-party packages only; the site's own wheels and those of the two shared distributions
are installed second, without dependencies.
"""

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path
from typing import Any

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT_LOCK = "requirements.lock"
SITE_LOCK = "requirements.lock"
SITE_TEST_LOCK = "requirements-test.lock"
LOCAL = ("shared_contracts", "site_kit")
"""Folders of the distributions that sites share; never in a lock, because pip knows no hash for them."""

TEST_EXTRA = "testing"
"""The extra of a site's `pyproject.toml` that names what its tests need beside what it runs with."""

_BLOCK = re.compile(r"^(?P<name>[A-Za-z0-9._-]+)==(?:[^\n]*\\\n)*[^\n]*$", re.MULTILINE)


class Unlocked(Exception):  # noqa: N818 - it says what a package is
    """A package is needed that the root lock, or the environment made from it, does not have."""


@dataclass(frozen=True)
class SiteLocks:
    """Texts of a site's two locks: what it runs with, and what its tests need on top."""

    runtime: str
    tests: str


def site_locks(root: Path, site: str) -> SiteLocks:
    """Compute the locks of one site. Raises `Unlocked`."""
    blocks = _blocks((root / ROOT_LOCK).read_text(encoding="utf-8"))
    local = {_project(root / name)["name"]: root / name for name in LOCAL}
    folder = root / f"{site}_site"
    runtime = _closure(_declared(folder, set(), local), blocks)
    tests = _closure(_declared(folder, {TEST_EXTRA}, local), blocks)
    return SiteLocks(runtime=_text(runtime, blocks), tests=_text(tests - runtime, blocks))


def write_site_locks(root: Path, sites: Iterable[str]) -> list[Path]:
    """Write the locks of the sites; answers the files that changed. Safe to repeat."""
    changed = []
    for path, text in _files(root, sites):
        if not path.exists() or path.read_text(encoding="utf-8") != text:
            path.write_text(text, encoding="utf-8")
            changed.append(path)
    return changed


def outdated_locks(root: Path, sites: Iterable[str]) -> list[Path]:
    """Lock files that are not what the root lock and the site's `pyproject.toml` make of them now."""
    return [path for path, text in _files(root, sites) if not path.exists() or path.read_text(encoding="utf-8") != text]


def _files(root: Path, sites: Iterable[str]) -> Iterator[tuple[Path, str]]:
    for site in sites:
        locks = site_locks(root, site)
        yield root / f"{site}_site" / SITE_LOCK, locks.runtime
        yield root / f"{site}_site" / SITE_TEST_LOCK, locks.tests


def _blocks(lock: str) -> dict[str, str]:
    return {canonicalize_name(match["name"]): match[0] for match in _BLOCK.finditer(lock)}


def _text(names: Iterable[str], blocks: Mapping[str, str]) -> str:
    return "".join(f"{blocks[name]}\n" for name in sorted(names))


def _project(folder: Path) -> dict[str, Any]:
    project: dict[str, Any] = tomllib.loads((folder / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    return project


def _declared(folder: Path, extras: set[str], local: Mapping[str, Path]) -> Iterator[Requirement]:
    """Third-party needs of a distribution of this tree, those of its local needs among them."""
    project = _project(folder)
    optional = project.get("optional-dependencies", {})
    for line in [*project.get("dependencies", []), *(line for extra in extras for line in optional.get(extra, []))]:
        need = Requirement(line)
        if need.name in local:
            yield from _declared(local[need.name], need.extras, local)
        else:
            yield need


def _closure(wanted: Iterable[Requirement], blocks: Mapping[str, str]) -> set[str]:
    waiting = list(wanted)
    extras: dict[str, set[str]] = {}
    while waiting:
        need = waiting.pop()
        name = canonicalize_name(need.name)
        known = extras.get(name)
        if known is not None and need.extras <= known:
            continue
        extras[name] = need.extras | (known or set())
        waiting.extend(_needs_of(name, extras[name], blocks))
    return set(extras)


def _needs_of(name: str, extras: set[str], blocks: Mapping[str, str]) -> Iterator[Requirement]:
    """Every need under any Python and system that the root lock knows; the lock's own markers decide at install."""
    if name not in blocks:
        raise Unlocked(f"{name} is needed, but {ROOT_LOCK} does not have it; add it to requirements.in.")
    try:
        lines = distribution(name).requires or []
    except PackageNotFoundError:
        if ";" in blocks[name].splitlines()[0]:
            return  # not for this Python or system; such packages have no needs of their own in the lock
        raise Unlocked(f"{name} is locked but not installed; let manage_all.py refresh the environment.") from None
    for need in map(Requirement, lines):
        if canonicalize_name(need.name) in blocks and _asked_for(need, extras):
            yield need


def _asked_for(need: Requirement, extras: set[str]) -> bool:
    named = set(re.findall(r"extra == \"([^\"]+)\"", str(need.marker or "")))
    return not named or bool({canonicalize_name(name) for name in named} & {canonicalize_name(name) for name in extras})
