"""Named places in the loops where a test may stop, kill or slow the process; nothing else uses them."""

from collections.abc import Callable

Hook = Callable[[str], None]

_hooks: list[Hook] = []


def reached(point: str) -> None:
    """Tell whoever listens that the program is here. Costs an empty loop."""
    for hook in _hooks:
        hook(point)


def call_at_points(hook: Hook) -> Callable[[], None]:
    """Call `hook(point)` at every named place from now on; the answer takes the hook away again."""
    _hooks.append(hook)
    return lambda: _hooks.remove(hook)
