"""An answer as bytes that only this site can read: AES-256-GCM with a key made of the site's secret."""

import os
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

import orjson
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings
from django.http import HttpResponse
from django.http.response import HttpResponseBase

KEPT_HEADERS = ("Content-Type", "Content-Language", "Content-Location", "ETag", "Last-Modified", "Location", "Link")
PURPOSE = b"site_kit.http stored answers v1"
NONCE_BYTES = 12


class UnreadableAnswer(Exception):  # noqa: N818 - names what is unreadable
    """The answer was sealed with a secret this site no longer has, or it was changed."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What a retry gets again, to the byte."""

    status: int
    headers: tuple[tuple[str, str], ...]
    content: bytes

    @classmethod
    def of(cls, response: HttpResponse) -> "Answer":
        """The part of a rendered response that is kept."""
        headers = tuple((name, response.headers[name]) for name in KEPT_HEADERS if name in response.headers)
        return cls(response.status_code, headers, response.content)

    def response(self) -> HttpResponseBase:
        """The answer given once more."""
        again = HttpResponse(self.content, status=self.status, headers=dict(self.headers))
        if "Content-Type" not in dict(self.headers):
            del again.headers["Content-Type"]
        again.headers["Idempotency-Replayed"] = "true"
        return again


def seal(answer: Answer, *, about: str) -> bytes:
    """Encrypt; `about` (key and fingerprint of the request) is bound to the ciphertext."""
    head = orjson.dumps([answer.status, answer.headers])
    nonce = os.urandom(NONCE_BYTES)
    clear = len(head).to_bytes(4, "big") + head + answer.content
    return nonce + _cipher(str(settings.SECRET_KEY)).encrypt(nonce, clear, about.encode())


def unseal(sealed: bytes, *, about: str) -> Answer:
    """Decrypt with the present secret or a former one. Raises `UnreadableAnswer`."""
    for secret in _secrets():
        try:
            clear = _cipher(secret).decrypt(sealed[:NONCE_BYTES], sealed[NONCE_BYTES:], about.encode())
        except InvalidTag:
            continue
        length = int.from_bytes(clear[:4], "big")
        status, headers = orjson.loads(clear[4 : 4 + length])
        return Answer(status, tuple((name, value) for name, value in headers), clear[4 + length :])
    raise UnreadableAnswer


def _secrets() -> Iterator[str]:
    yield str(settings.SECRET_KEY)
    yield from (str(secret) for secret in settings.SECRET_KEY_FALLBACKS)


@lru_cache(maxsize=16)
def _cipher(secret: str) -> AESGCM:
    return AESGCM(HKDF(algorithm=SHA256(), length=32, salt=None, info=PURPOSE).derive(secret.encode()))
