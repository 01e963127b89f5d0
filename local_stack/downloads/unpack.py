"""Unpack archives into folders that are either complete or not there."""

import io
import shutil
import tarfile
import zipfile
from collections.abc import Callable
from pathlib import Path

from local_stack.downloads import catalogue, fetch
from local_stack.downloads.catalogue import Artifact
from local_stack.home import Home
from local_stack.ui.lines import say

STAMP = "unpacked-from"


def unpacked(home: Home, part: str) -> Path:
    """The folder of a part that consists of one archive; fetched and unpacked when it is not there yet.

    Safe to interrupt and to repeat: the folder gets its name when it is complete. Raises StackRefusal.
    """
    [artifact] = catalogue.of_part(part)
    folder = _folder(home, artifact)
    if not is_unpacked(home, part):
        fetch.ensure(home, [artifact])
        say(f"Unpacking {part} into {folder}")
        _unpack(home.downloads / artifact.path, folder, artifact.sha256)
    return folder


def is_unpacked(home: Home, part: str) -> bool:
    """True when the part lies there completely, from the archive that is wanted now."""
    [artifact] = catalogue.of_part(part)
    stamp = _folder(home, artifact) / STAMP
    return stamp.exists() and stamp.read_text() == artifact.sha256


def _folder(home: Home, artifact: Artifact) -> Path:
    return home.parts / f"{artifact.part}-{artifact.fields[-1]}"


def _unpack(archive: Path, folder: Path, sha256: str) -> None:
    unfinished = folder.with_name(f"{folder.name}.unfinished")
    shutil.rmtree(unfinished, ignore_errors=True)
    unfinished.mkdir(parents=True)
    opener = _tar_inside_jar if archive.suffix == ".jar" else _tar
    with opener(archive) as tar:
        _extract(tar, unfinished)
    _let_others_read(unfinished)
    (unfinished / STAMP).write_text(sha256)
    shutil.rmtree(folder, ignore_errors=True)
    unfinished.rename(folder)


def _tar(archive: Path) -> tarfile.TarFile:
    return tarfile.open(archive)


def _tar_inside_jar(archive: Path) -> tarfile.TarFile:
    with zipfile.ZipFile(archive) as jar:
        [name] = [name for name in jar.namelist() if name.endswith(".txz")]
        return tarfile.open(fileobj=io.BytesIO(jar.read(name)), mode="r:xz")


def _extract(tar: tarfile.TarFile, folder: Path) -> None:
    if hasattr(tarfile, "data_filter"):  # Python 3.11.4 and later
        tar.extractall(folder, filter="data")
    else:
        tar.extractall(folder)  # noqa: S202 - the archive was checked against its SHA-256


def _let_others_read(folder: Path) -> None:
    """PostgreSQL runs as another account when root starts the stack."""
    add: Callable[[Path, int], None] = lambda path, bits: path.chmod(path.stat().st_mode | bits)  # noqa: E731
    add(folder, 0o555)
    for path in folder.rglob("*"):
        if not path.is_symlink():
            add(path, 0o555 if path.is_dir() or path.stat().st_mode & 0o100 else 0o444)
