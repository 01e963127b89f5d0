"""How many messages go into one transaction when others wait for the same rows."""


class Pace:
    """Sizes portions by time: the next one should take about `aim_s` seconds.

    Never fewer than `smallest`: a transaction has a price of its own, and on a busy machine that price alone is
    longer than the aim. Without a floor the portions would shrink to one message, and take as long.
    """

    def __init__(self, *, aim_s: float = 0.02, smallest: int = 50, largest: int = 500, start: int = 50) -> None:
        self._aim_s = aim_s
        self._smallest = smallest
        self._largest = largest
        self.size = start

    def took(self, seconds: float, *, messages: int) -> None:
        """Learn from a portion; half of what was known before stays."""
        fitting = self._aim_s / max(seconds / messages, 1e-6)
        self.size = max(self._smallest, min(self._largest, round((self.size + fitting) / 2)))
