"""Leave a neighbour that does not answer alone for a while."""

from site_kit.messaging import clock


class Breaker:
    """Open for `rest_s` seconds after each failure, twice as long after each further one up to `longest_rest_s`."""

    def __init__(self, *, rest_s: float, longest_rest_s: float) -> None:
        self._first_rest_s = rest_s
        self._longest_rest_s = longest_rest_s
        self._rest_s = rest_s
        self._open_until_s = 0.0

    @property
    def is_open(self) -> bool:
        """Whether it is too early to ask again."""
        return clock.elapsed_s() < self._open_until_s

    def failed(self) -> None:
        """The neighbour did not answer."""
        self._open_until_s = clock.elapsed_s() + self._rest_s
        self._rest_s = min(self._rest_s * 2, self._longest_rest_s)

    def worked(self) -> None:
        """The neighbour answered."""
        self._rest_s = self._first_rest_s
        self._open_until_s = 0.0
