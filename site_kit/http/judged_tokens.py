"""Tokens that were judged good a moment ago, so that a busy caller's signature is not computed at every request."""

import hashlib
from collections import OrderedDict
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from threading import Lock
from time import time
from typing import Any

from jwt import PyJWK

Keys = Mapping[str, PyJWK]
Judge = Callable[[], tuple[dict[str, Any], float]]


@dataclass(frozen=True, slots=True)
class _Judged:
    claims: dict[str, Any]
    keys: Keys
    rules: object
    until: float


class JudgedTokens:
    """The claims of tokens judged good, by a hash of the token; the oldest of 2,000 gives way.

    A verdict holds while the keys and the rules are the very same objects, and until the token expires: a key
    taken out of the JWKS file ends it at once.
    """

    def __init__(self, *, most: int = 2_000) -> None:
        self._most = most
        self._known: OrderedDict[bytes, _Judged] = OrderedDict()
        self._lock = Lock()

    def claims(self, token: str, *, keys: Keys, rules: object, judge: Judge) -> dict[str, Any]:
        """The claims; `judge` is called for a token not known, and answers them with the time they expire."""
        digest = hashlib.sha256(token.encode()).digest()
        known = self._known.get(digest)
        if known is not None and known.keys is keys and known.rules is rules and time() < known.until:
            return known.claims
        claims, until = judge()
        with self._lock:
            self._known[digest] = _Judged(claims, keys, rules, until)
            if len(self._known) > self._most:
                self._known.popitem(last=False)
        return claims
