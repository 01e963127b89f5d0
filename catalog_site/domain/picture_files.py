"""Where pictures lie: two files each, under a random name, in a folder the web processes share.

A file is written before the row that names it is committed, and removed after the row that named it is gone; what a
crash leaves between is found by `sweep_pictures`.
"""

import os
import re
import secrets
from collections.abc import Iterable
from contextlib import suppress
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.db import transaction

from catalog_site.domain.picture_redraw import Redrawn

NAME = re.compile(r"[0-9a-f]{32}")


def picture_path(name: str, *, small: bool = False) -> Path:
    """The file of a picture; `name` is 32 hex digits."""
    if not NAME.fullmatch(name):
        raise ValueError(name)
    folder: Path = settings.CATALOG_PICTURES_DIR
    return folder / name[:2] / f"{name}{'-small' if small else ''}.webp"


def store_picture(picture: Redrawn) -> str:
    """Write both sizes; returns the new random name. They vanish again if the transaction is rolled back."""
    name = secrets.token_hex(16)
    _write(picture_path(name), picture.large)
    _write(picture_path(name, small=True), picture.small)
    return name


def remove_after_commit(name: str) -> None:
    """Remove a picture's files once nothing names them; nothing happens without a name."""
    if name:
        transaction.on_commit(lambda: remove_files(name), robust=True)


def remove_files(name: str) -> None:
    """Remove a picture's files; safe to repeat."""
    for small in (False, True):
        picture_path(name, small=small).unlink(missing_ok=True)


def forgotten_pictures(named: Iterable[str], *, before: datetime) -> list[str]:
    """Names of pictures that no product has and that were written before a moment."""
    known = set(named)
    folder: Path = settings.CATALOG_PICTURES_DIR
    found = set()
    for path in folder.glob("??/*.webp"):
        name = path.stem.removesuffix("-small")
        with suppress(FileNotFoundError):
            if name not in known and NAME.fullmatch(name) and path.stat().st_mtime < before.timestamp():
                found.add(name)
    return sorted(found)


def _write(path: Path, content: bytes) -> None:
    """All or nothing: a reader never sees half a file, not even after a power cut."""
    path.parent.mkdir(parents=True, exist_ok=True)
    scratch = path.with_suffix(".part")
    with scratch.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    scratch.replace(path)
