"""How much memory a set of processes really takes."""

from collections.abc import Iterable

import psutil


def pss_bytes(processes: Iterable[psutil.Process]) -> dict[str, int]:
    """Proportional set size by process id and name, in bytes: shared pages are divided among those who share them.

    Another user's processes can be read by root only. A process that has ended counts nothing. Where the system
    knows no PSS (macOS), the unique set size stands in, which leaves shared pages out.
    """
    sizes: dict[str, int] = {}
    for process in processes:
        try:
            memory = process.memory_full_info()
            sizes[f"{process.pid} {process.name()}"] = getattr(memory, "pss", memory.uss)
        except psutil.NoSuchProcess:
            continue
    return sizes
