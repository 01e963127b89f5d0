"""Which files the embedded parts are made of: artifacts.toml, read and narrowed to this machine."""

import platform
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from local_stack import exit_codes
from local_stack.refusals import StackRefusal

ARTIFACTS = Path(__file__).parent.parent / "artifacts.toml"
MACHINES = {"x86_64": "amd64", "amd64": "amd64", "aarch64": "arm64", "arm64": "arm64"}
SYSTEMS = {"Linux": "linux", "Darwin": "macos"}


@dataclass(frozen=True, slots=True)
class Artifact:
    """One file: `coordinate` is group:name:packaging[:classifier]:version, `size` is in bytes."""

    part: str
    coordinate: str
    size: int
    sha256: str
    platform: str = "any"

    @property
    def fields(self) -> tuple[str, str, str, str, str]:
        """Group, name, packaging, classifier (may be empty), version."""
        group, name, packaging, *middle, version = self.coordinate.split(":")
        return group, name, packaging, middle[0] if middle else "", version

    @property
    def filename(self) -> str:
        """The last part of the path."""
        _, name, packaging, classifier, version = self.fields
        return "-".join(filter(None, (name, version, classifier))) + f".{packaging}"

    @property
    def path(self) -> Path:
        """Where the file lies below a folder laid out like a Maven repository."""
        group, name, _, _, version = self.fields
        return Path(*group.split("."), name, version, self.filename)


def read() -> list[Artifact]:
    """Every file of every platform."""
    with ARTIFACTS.open("rb") as file:
        return [Artifact(**row) for row in tomllib.load(file)["artifact"]]


def of_part(part: str) -> Sequence[Artifact]:
    """The files of one part on this machine. Raises StackRefusal where the part does not exist for it."""
    here = this_platform()
    found = [row for row in read() if row.part == part and row.platform in ("any", here)]
    if not found:
        raise _unsupported(here)
    return found


def this_platform() -> str:
    """`linux-amd64`, `linux-arm64`, `macos-amd64` or `macos-arm64`. Raises StackRefusal on any other machine."""
    system, machine = platform.system(), platform.machine()
    if system not in SYSTEMS or machine.lower() not in MACHINES:
        raise _unsupported(f"{system} {machine}")
    return f"{SYSTEMS[system]}-{MACHINES[machine.lower()]}"


def _unsupported(machine: str) -> StackRefusal:
    sentence = (
        f"There are no PostgreSQL binaries for {machine}: First Viscount runs on Linux and macOS, amd64 or arm64."
    )
    return StackRefusal(sentence, exit_code=exit_codes.WRONG_MACHINE)
