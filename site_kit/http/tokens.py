"""Bearer tokens (RFC 6750): JWTs of the platform, checked offline with keys from a file. Nothing else opens the API."""

import re
from collections.abc import Mapping
from typing import Any, NoReturn

import jwt
from jwt import PyJWK
from jwt.exceptions import (
    ExpiredSignatureError,
    ImmatureSignatureError,
    InvalidAudienceError,
    InvalidIssuerError,
    MissingRequiredClaimError,
    PyJWTError,
)
from rest_framework.authentication import BaseAuthentication, get_authorization_header
from rest_framework.request import Request

from site_kit.http.caller import Caller
from site_kit.http.judged_tokens import JudgedTokens
from site_kit.http.options import options
from site_kit.http.problem import RequestRefused
from site_kit.http.promises import switch
from site_kit.http.scopes import HasScope, PublicRead
from site_kit.http.token_keys import key_file

__all__ = ["BearerTokenAuthentication", "Caller", "HasScope", "PublicRead"]

MAX_TOKEN_BYTES = 8192
NEEDED_CLAIMS = ["exp", "iss", "aud", "sub"]
SUBJECT = re.compile(r"[!-~]{1,200}")
REASONS: dict[type[PyJWTError], str] = {
    ExpiredSignatureError: "The token has expired.",
    ImmatureSignatureError: "The token is not valid yet.",
    InvalidAudienceError: "The token is meant for somebody else.",
    InvalidIssuerError: "The token's issuer is not trusted here.",
    MissingRequiredClaimError: "The token lacks a claim.",
}

judged = JudgedTokens()
signature_checked = switch("token_signature")
expiry_checked = switch("token_expiry")
audience_checked = switch("token_audience")
issuer_checked = switch("token_issuer")


class BearerTokenAuthentication(BaseAuthentication):
    """DRF authentication: a valid token makes a `Caller`, none a guest, a bad one 401 with the reason."""

    def authenticate(self, request: Request) -> tuple[Caller, Mapping[str, Any]] | None:
        """The caller and the token's claims. Raises `RequestRefused` (401; 503 while there are no keys at all)."""
        token = bearer_token(request)
        if token is None:
            return None
        claims = claims_of(token)
        caller = Caller(
            id=claims["sub"], scopes=frozenset(str(claims.get("scope", "")).split()), token_id=claims.get("jti")
        )
        return caller, claims

    def authenticate_header(self, request: Request) -> str:
        """The challenge of a 401."""
        return challenge()


def bearer_token(request: Any) -> str | None:
    """The token in the Authorization header; None without one, or with another scheme."""
    scheme, _, token = get_authorization_header(request).strip().partition(b" ")
    if scheme.lower() != b"bearer":
        return None
    token = token.strip()
    if not token or b" " in token or len(token) > MAX_TOKEN_BYTES or not token.isascii():
        _refuse("The Authorization header is not of the form «Bearer TOKEN».")
    return token.decode("ascii")


def claims_of(token: str) -> dict[str, Any]:
    """The claims of a token that is valid now. Raises `RequestRefused`."""
    path = options().jwks_file
    keys = key_file(path).keys() if path else {}
    if not keys:
        raise RequestRefused("token_keys_missing", headers={"Retry-After": "5"})
    return judged.claims(token, keys=keys, rules=options(), judge=lambda: _judge(token, keys))


def _judge(token: str, keys: Mapping[str, PyJWK]) -> tuple[dict[str, Any], float]:
    key = _key(token, keys)
    try:
        claims = jwt.decode(
            token,
            key=key,
            algorithms=[key.algorithm_name],
            issuer=options().token_issuer,
            audience=options().token_audience,
            leeway=options().token_leeway_s,
            options={
                "require": NEEDED_CLAIMS,
                "verify_signature": signature_checked(),
                "verify_exp": expiry_checked(),
                "verify_nbf": expiry_checked(),
                "verify_iat": expiry_checked(),
                "verify_aud": audience_checked(),
                "verify_iss": issuer_checked(),
            },
        )
    except PyJWTError as fault:
        _refuse(REASONS.get(type(fault), "The token is malformed or its signature is not right."))
    if not SUBJECT.fullmatch(claims["sub"]) or not isinstance(claims.get("scope", ""), str):
        _refuse("The token has a claim of a wrong form.")
    return claims, int(claims["exp"]) + options().token_leeway_s


def challenge(error: str = "", description: str = "") -> str:
    """A WWW-Authenticate value: bare for a caller without a token, with the error for one with a bad token."""
    more = f', error="{error}", error_description="{description}"' if error else ""
    return f'Bearer realm="{options().site}"{more}'


def _key(token: str, keys: Mapping[str, PyJWK]) -> PyJWK:
    try:
        kid = jwt.get_unverified_header(token).get("kid")
    except PyJWTError:
        _refuse("The token is malformed or its signature is not right.")
    if not isinstance(kid, str) or kid not in keys:
        _refuse("The token was signed with a key that is not known here.")
    return keys[kid]


def _refuse(reason: str) -> NoReturn:
    plain = reason.replace("«", "").replace("»", "")
    raise RequestRefused(
        "invalid_token", reason, headers={"WWW-Authenticate": challenge("invalid_token", plain)}
    ) from None
