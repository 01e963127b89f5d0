"""How each promise is broken that site_kit.http does not break itself: name → what to do while a process starts.

Imports of the product stand inside the functions: they run when its modules may be loaded, and this table is also
read where there is no Django.
"""

from collections.abc import Callable
from typing import Any

SABOTAGE: dict[str, Callable[[], None]] = {}


def breaks(name: str) -> Callable[[Callable[[], None]], Callable[[], None]]:
    """Enter a function as the one that breaks a promise."""

    def entered(sabotage: Callable[[], None]) -> Callable[[], None]:
        SABOTAGE[name] = sabotage
        return sabotage

    return entered


def replaced(owner: Any, name: str, by: Any) -> None:
    """Put something else in the place of a name of the product. Raises AttributeError when there is none any more."""
    getattr(owner, name)
    setattr(owner, name, by)
