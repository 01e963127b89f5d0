"""How many messages go into one transaction when others wait for the same rows."""


class Pace:
    """Sizes portions by time: the next one should take about `aim_s` seconds."""

    def __init__(self, *, aim_s: float = 0.02, largest: int = 500, start: int = 20) -> None:
        self._aim_s = aim_s
        self._largest = largest
        self.size = start

    def took(self, seconds: float, *, messages: int) -> None:
        """Learn from a portion; half of what was known before stays."""
        fitting = self._aim_s / max(seconds / messages, 1e-6)
        self.size = max(1, min(self._largest, round((self.size + fitting) / 2)))
