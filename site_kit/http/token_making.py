"""Making tokens: for `manage_all.py token`, for a site's own calls, and for tests. Never needed to answer a request."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

import jwt
import orjson
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from jwt.algorithms import OKPAlgorithm

LIFETIME = timedelta(minutes=60)


@dataclass(frozen=True, slots=True)
class KeyPair:
    """An Ed25519 key: `private_pem` stays with the issuer, `public_jwk` goes into every site's JWKS file."""

    kid: str
    private_pem: bytes
    public_jwk: dict[str, Any]


def make_key_pair(*, kid: str = "") -> KeyPair:
    """A new key."""
    name = kid or uuid4().hex[:16]
    private = Ed25519PrivateKey.generate()
    pem = private.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    public = OKPAlgorithm.to_jwk(private.public_key(), as_dict=True)
    return KeyPair(name, pem, {**public, "kid": name, "use": "sig", "alg": "EdDSA"})


def jwks(*keys: KeyPair) -> bytes:
    """The JWKS file of the public halves."""
    return orjson.dumps({"keys": [key.public_jwk for key in keys]}, option=orjson.OPT_INDENT_2)


def make_token(
    *,
    key: KeyPair,
    subject: str,
    scopes: Iterable[str],
    issuer: str,
    audience: str,
    lifetime: timedelta = LIFETIME,
    now: datetime | None = None,
    **claims: Any,
) -> str:
    """A signed token; `claims` are laid over the usual ones."""
    issued = now or datetime.now(UTC)
    payload = {
        "iss": issuer,
        "aud": audience,
        "sub": subject,
        "scope": " ".join(scopes),
        "iat": int(issued.timestamp()),
        "exp": int((issued + lifetime).timestamp()),
        "jti": uuid4().hex,
        **claims,
    }
    return jwt.encode(payload, key.private_pem, algorithm="EdDSA", headers={"kid": key.kid})
