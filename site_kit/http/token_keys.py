"""The public keys that tokens are checked with: a JWKS file in the site's state folder, read again when it changes."""

import os
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from threading import Lock
from typing import Any

import orjson
import structlog
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey
from jwt import PyJWK
from jwt.exceptions import PyJWTError

log = structlog.get_logger(__name__)

# What a key of each type may sign with; a symmetric key ("oct") is no public key and is never read.
ALGORITHMS: Mapping[tuple[str, str | None], frozenset[str]] = {
    ("RSA", None): frozenset({"RS256", "PS256"}),
    ("OKP", "Ed25519"): frozenset({"EdDSA"}),
    ("EC", "P-256"): frozenset({"ES256"}),
}
MIN_RSA_BITS = 2048

Signature = tuple[int, int, int]


class KeyFile:
    """The keys of one JWKS file, by key id; a file that cannot be read leaves the keys known before in force."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._read: Signature | None = None
        self._keys: Mapping[str, PyJWK] = {}
        self._lock = Lock()

    def keys(self) -> Mapping[str, PyJWK]:
        """The keys by `kid`, as the file says now; costs one stat call."""
        signature = self._signature()
        if signature is not None and signature != self._read:
            with self._lock:
                if signature != self._read:
                    self._reload(signature)
        return self._keys

    def _signature(self) -> Signature | None:
        try:
            found = os.stat(self._path)
        except OSError:
            return None
        return found.st_mtime_ns, found.st_size, found.st_ino

    def _reload(self, signature: Signature) -> None:
        try:
            self._keys = usable_keys(orjson.loads(self._path.read_bytes()))
        except (OSError, ValueError, TypeError, AttributeError) as fault:
            log.warning("token_keys_unreadable", error=type(fault).__name__)
        # Remembered even when unreadable: the writer's next change is the next try, not every request.
        self._read = signature


@cache
def key_file(path: Path) -> KeyFile:
    """The process's one reader of a JWKS file."""
    return KeyFile(path)


def usable_keys(document: Mapping[str, Any]) -> dict[str, PyJWK]:
    """The keys of a JWKS document that may check a token: named, public, strong, of an allowed algorithm."""
    made = (_made(key) for key in document["keys"] if isinstance(key, dict))
    return {str(key.key_id): key for key in made if key is not None}


def _made(data: dict[str, Any]) -> PyJWK | None:
    allowed = ALGORITHMS.get((str(data.get("kty")), data.get("crv")), frozenset())
    if not data.get("kid") or data.get("use", "sig") != "sig" or not allowed:
        return None
    try:
        key = PyJWK(data)
    except PyJWTError:
        return None
    weak = isinstance(key.key, RSAPublicKey) and key.key.key_size < MIN_RSA_BITS
    return None if weak or key.algorithm_name not in allowed else key
