"""A reader's clone: the committed tree, fresh, with the packages and downloads of this one so that it stays quick."""

import re
import subprocess
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SHARED = ("env", "downloads")
"""Of `.state`: what a second clone would fetch again, byte for byte the same."""

_UP = re.compile(r"(python3 manage_all\.py up)\b(?!.*--port-offset)(?!.*--help)")
_LOCAL_PORT = re.compile(r"\b(127\.0\.0\.1|localhost):(\d{4,5})\b")


def make_clone(folder: Path) -> Path:
    """Clone the committed tree into the folder."""
    trusted = ("-c", "safe.directory=*")
    subprocess.run(["git", *trusted, "clone", "-q", "--no-hardlinks", str(ROOT), str(folder)], check=True)
    share_caches(folder)
    return folder


def share_caches(clone: Path) -> None:
    """Let a clone use the environment and the downloads of this tree."""
    state = clone / ".state"
    state.mkdir(exist_ok=True)
    for name in SHARED:
        source = ROOT / ".state" / name
        if source.exists() and not (state / name).exists():
            (state / name).symlink_to(source, target_is_directory=True)


def shifted(text: str, offset: int) -> str:
    """The text for a platform whose ports are all moved: its `up` says so, its addresses follow."""
    moved = _UP.sub(rf"\1 --port-offset {offset}", text)
    return _LOCAL_PORT.sub(lambda match: f"{match[1]}:{int(match[2]) + offset}", moved)


def redirected_clones(pages: list[str]) -> dict[str, str]:
    """Environment with which `git clone` of any address in these pages clones this tree instead."""
    addresses = sorted({address for page in pages for address in re.findall(r"git clone (?:-\S+ )*(\S+)", page)})
    pairs = [("safe.directory", "*"), *((f"url.{ROOT}/.insteadOf", address) for address in addresses)]
    settings = {"GIT_CONFIG_COUNT": str(len(pairs))}
    for number, (key, value) in enumerate(pairs):
        settings |= {f"GIT_CONFIG_KEY_{number}": key, f"GIT_CONFIG_VALUE_{number}": value}
    return settings
