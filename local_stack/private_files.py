"""Files that only their owner may read, replaced in one step so that no reader sees half of one."""

import os
from pathlib import Path


def write_private(path: Path, text: str) -> None:
    """Write `text` with mode 0600; the old content stays until the new one is complete."""
    unfinished = path.with_name(f".{path.name}.{os.getpid()}")
    descriptor = os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w") as file:
        file.write(text)
    unfinished.replace(path)
