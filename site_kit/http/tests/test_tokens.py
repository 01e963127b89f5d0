"""Who may pass: attacks on tokens, and what a refused caller is told."""

import base64
import hashlib
import hmac
import json
import os
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, cast

import jwt
import pytest
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from django.contrib.auth.models import User
from django.test import Client
from jwt.algorithms import ECAlgorithm, RSAAlgorithm

from site_kit.http.judged_tokens import JudgedTokens
from site_kit.http.tests.conftest import problem
from site_kit.http.token_keys import KeyFile, usable_keys
from site_kit.http.token_making import jwks, make_key_pair

pytestmark = pytest.mark.django_db

ADDRESS = "/api/v1/count"


def ask(client: Any, header: str | None) -> Any:
    client.credentials(**({"HTTP_AUTHORIZATION": header} if header is not None else {}))
    return client.get(ADDRESS)


def b64(data: Any) -> str:
    raw = data if isinstance(data, bytes) else json.dumps(data).encode()
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


def refused(client: Any, header: str) -> Any:
    response = ask(client, header)
    body = problem(response)
    assert (response.status_code, body["code"]) == (401, "invalid_token")
    assert response["WWW-Authenticate"].startswith('Bearer realm="shelf", error="invalid_token", error_description="')
    assert response["WWW-Authenticate"].isascii()
    return body["detail"]


def test_a_good_token_opens(guest: Any, token: Any) -> None:
    assert ask(guest, f"Bearer {token()}").status_code == 200


@pytest.mark.parametrize("scheme", ["bearer", "BEARER"])
def test_the_scheme_s_case_does_not_matter(guest: Any, token: Any, scheme: str) -> None:
    assert ask(guest, f"{scheme} {token()}").status_code == 200


@pytest.mark.parametrize("header", [None, "", "Basic dXNlcjpwYXNz", "Token abc", "Bearerabc"])
def test_without_a_bearer_token_a_caller_is_a_guest(guest: Any, header: str | None) -> None:
    response = ask(guest, header)

    assert problem(response)["code"] == "not_authenticated"
    assert response["WWW-Authenticate"] == 'Bearer realm="shelf"'


@pytest.mark.parametrize("header", ["Bearer", "Bearer ", "Bearer a b", "Bearer " + "a" * 9000, "Bearer é"])
def test_a_header_of_the_wrong_form_is_no_token(guest: Any, header: str) -> None:
    assert refused(guest, header) == "The Authorization header is not of the form «Bearer TOKEN»."


@pytest.mark.parametrize("text", ["a", "a.b", "a.b.c", "a.b.c.d", "....", "e30.e30.", "=.=.="])
def test_what_is_no_jwt_is_no_token(guest: Any, text: str) -> None:
    assert refused(guest, f"Bearer {text}")


def test_a_token_without_a_signature_is_refused(guest: Any, token: Any) -> None:
    _, payload, _ = token().split(".")

    for alg in ("none", "None", "NONE", ""):
        head = b64({"alg": alg, "kid": "platform-1", "typ": "JWT"})
        assert refused(guest, f"Bearer {head}.{payload}.")


def test_a_token_signed_with_our_public_key_as_a_secret_is_refused(guest: Any, token: Any, platform_key: Any) -> None:
    _, payload, _ = token().split(".")
    head = b64({"alg": "HS256", "kid": "platform-1", "typ": "JWT"})
    public = base64.urlsafe_b64decode(platform_key.public_jwk["x"] + "=")
    signature = b64(hmac.new(public, f"{head}.{payload}".encode(), hashlib.sha256).digest())

    assert refused(guest, f"Bearer {head}.{payload}.{signature}")


def test_a_changed_token_is_refused(guest: Any, token: Any) -> None:
    head, payload, signature = token(scopes=["shelf:none"]).split(".")
    claims = json.loads(base64.urlsafe_b64decode(payload + "=="))
    forged = b64({**claims, "scope": "shelf:read"})

    assert refused(guest, f"Bearer {head}.{forged}.{signature}") == (
        "The token is malformed or its signature is not right."
    )


def test_a_token_of_another_key_is_refused(guest: Any, token: Any) -> None:
    assert refused(guest, f"Bearer {token(key=make_key_pair(kid='platform-1'))}")
    assert refused(guest, f"Bearer {token(key=make_key_pair(kid='stranger'))}") == (
        "The token was signed with a key that is not known here."
    )


def test_a_token_must_name_its_key(guest: Any, token: Any, platform_key: Any) -> None:
    claims = jwt.decode(token(), options={"verify_signature": False})
    nameless = jwt.encode(claims, platform_key.private_pem, algorithm="EdDSA")

    assert refused(guest, f"Bearer {nameless}") == "The token was signed with a key that is not known here."


def test_a_key_of_the_token_s_own_is_not_taken(guest: Any, token: Any) -> None:
    stranger = make_key_pair(kid="platform-1")
    claims = jwt.decode(token(), options={"verify_signature": False})
    headers = {"kid": "platform-1", "jwk": stranger.public_jwk, "jku": "https://evil.example/jwks.json"}
    forged = jwt.encode(claims, stranger.private_pem, algorithm="EdDSA", headers=headers)

    assert refused(guest, f"Bearer {forged}")


class At(float):
    """So many seconds from now."""


def dated(claims: dict[str, Any]) -> dict[str, Any]:
    now = datetime.now(UTC)
    return {name: now + timedelta(seconds=value) if isinstance(value, At) else value for name, value in claims.items()}


@pytest.mark.parametrize(
    ("claims", "detail"),
    [
        ({"exp": At(-90)}, "The token has expired."),
        ({"nbf": At(90)}, "The token is not valid yet."),
        ({"iat": At(90)}, "The token is not valid yet."),
        ({"iss": "https://evil.example"}, "The token's issuer is not trusted here."),
        ({"aud": "somebody-else"}, "The token is meant for somebody else."),
        ({"aud": ["a", "b"]}, "The token is meant for somebody else."),
        ({"aud": None}, "The token lacks a claim."),
        ({"exp": None}, "The token lacks a claim."),
        ({"sub": None}, "The token lacks a claim."),
        ({"exp": "soon"}, "The token is malformed or its signature is not right."),
        ({"sub": ""}, "The token has a claim of a wrong form."),
        ({"sub": "a\nb"}, "The token has a claim of a wrong form."),
        ({"sub": "x" * 201}, "The token has a claim of a wrong form."),
        ({"scope": ["shelf:read"]}, "The token has a claim of a wrong form."),
        ({"scope": None}, "The token has a claim of a wrong form."),
    ],
)
def test_each_wrong_claim_is_told(guest: Any, token: Any, claims: dict[str, Any], detail: str) -> None:
    assert refused(guest, f"Bearer {token(**dated(claims))}") == detail


@pytest.mark.parametrize(
    "claims",
    [
        {"exp": At(-30)},
        {"nbf": At(30)},
        {"aud": ["first-viscount", "other"]},
    ],
)
def test_clocks_may_differ_by_a_minute_and_audiences_be_several(guest: Any, token: Any, claims: Any) -> None:
    assert ask(guest, f"Bearer {token(**dated(claims))}").status_code == 200


@pytest.mark.parametrize("scopes", [[], ["shelf:rea"], ["shelf:read2"], ["SHELF:READ"], ["shelf:*"]])
def test_only_the_very_scope_opens(guest: Any, token: Any, scopes: list[str]) -> None:
    response = ask(guest, f"Bearer {token(scopes=scopes)}")

    assert response.status_code == 403
    assert problem(response)["detail"] == "The token needs the scope shelf:read."


def test_staff_with_a_session_are_strangers_to_the_api() -> None:
    client = Client()
    client.force_login(cast(Any, User.objects).create_superuser("boss", password="pw"))

    assert client.get(ADDRESS).status_code == 401
    assert client.post("/api/v1/books", {"title": "x"}, content_type="application/json").status_code == 401


def test_keys_are_read_again_when_their_file_changes(guest: Any, token: Any, http_setting: Any, tmp_path: Path) -> None:
    first, second = make_key_pair(kid="one"), make_key_pair(kid="two")
    file = tmp_path / "jwks.json"
    file.write_bytes(jwks(first))
    http_setting(JWKS_FILE=file)

    assert ask(guest, f"Bearer {token(key=first)}").status_code == 200
    assert ask(guest, f"Bearer {token(key=second)}").status_code == 401

    file.write_bytes(jwks(first, second))
    assert [ask(guest, f"Bearer {token(key=key)}").status_code for key in (first, second)] == [200, 200]

    file.write_bytes(jwks(second))
    assert [ask(guest, f"Bearer {token(key=key)}").status_code for key in (first, second)] == [401, 200]


def test_a_file_that_cannot_be_read_leaves_the_known_keys_in_force(tmp_path: Path) -> None:
    file = tmp_path / "jwks.json"
    file.write_bytes(jwks(make_key_pair(kid="one")))
    keys = KeyFile(file)
    assert set(keys.keys()) == {"one"}

    for nonsense in (b"", b"{", b"[]", b'{"keys": 7}', b'{"keys": null}', b"\xff"):
        file.write_bytes(nonsense)
        assert set(keys.keys()) == {"one"}
    file.unlink()
    assert set(keys.keys()) == {"one"}

    file.write_bytes(jwks(make_key_pair(kid="two")))
    assert set(keys.keys()) == {"two"}


def test_the_file_costs_one_stat_while_it_stays_the_same(tmp_path: Path, monkeypatch: Any) -> None:
    file = tmp_path / "jwks.json"
    file.write_bytes(jwks(make_key_pair(kid="one")))
    keys = KeyFile(file)
    keys.keys()
    monkeypatch.setattr(Path, "read_bytes", lambda path: pytest.fail("read again"))

    assert set(keys.keys()) == {"one"}
    assert os.stat(file)


def test_while_there_are_no_keys_at_all_a_token_cannot_be_judged(
    guest: Any, token: Any, http_setting: Any, tmp_path: Any
) -> None:
    http_setting(JWKS_FILE=tmp_path / "missing.json")

    response = ask(guest, f"Bearer {token()}")

    assert (response.status_code, problem(response)["code"]) == (503, "token_keys_missing")
    assert response["Retry-After"] == "5"
    assert ask(guest, None).status_code == 401


def test_only_public_strong_named_keys_of_allowed_kinds_are_used() -> None:
    strong = RSAAlgorithm.to_jwk(rsa.generate_private_key(65537, 2048).public_key(), as_dict=True)
    weak = RSAAlgorithm.to_jwk(rsa.generate_private_key(65537, 1024).public_key(), as_dict=True)  # noqa: S505 - weak on purpose
    curve = ECAlgorithm.to_jwk(ec.generate_private_key(ec.SECP256R1()).public_key(), as_dict=True)
    other = ECAlgorithm.to_jwk(ec.generate_private_key(ec.SECP384R1()).public_key(), as_dict=True)
    eddsa = make_key_pair(kid="eddsa").public_jwk

    found = usable_keys(
        {
            "keys": [
                {**strong, "kid": "rsa"},
                {**curve, "kid": "ec"},
                eddsa,
                {**weak, "kid": "weak"},
                {**other, "kid": "p384"},
                {**strong, "kid": "encrypts", "use": "enc"},
                {**strong, "kid": "odd", "alg": "HS256"},
                {**strong, "kid": "sha1", "alg": "RS1"},
                {**strong, "kid": ""},
                {"kty": "oct", "k": "c2VjcmV0", "kid": "secret", "alg": "HS256"},
                {"kty": "RSA", "kid": "broken", "n": "?"},
                "no key",
            ]
        }
    )

    assert {kid: key.algorithm_name for kid, key in found.items()} == {"rsa": "RS256", "ec": "ES256", "eddsa": "EdDSA"}


def test_an_rsa_token_passes_and_its_key_cannot_be_used_as_a_secret(
    guest: Any, token: Any, http_setting: Any, tmp_path: Any
) -> None:
    private = rsa.generate_private_key(65537, 2048)
    public = {**RSAAlgorithm.to_jwk(private.public_key(), as_dict=True), "kid": "rsa"}
    file = tmp_path / "jwks.json"
    file.write_text(json.dumps({"keys": [public]}))
    http_setting(JWKS_FILE=file)
    claims = jwt.decode(token(), options={"verify_signature": False})

    good = jwt.encode(claims, private, algorithm="RS256", headers={"kid": "rsa"})
    assert ask(guest, f"Bearer {good}").status_code == 200

    pem = private.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
    head, payload = b64({"alg": "HS256", "kid": "rsa"}), good.split(".")[1]
    forged = b64(hmac.new(pem, f"{head}.{payload}".encode(), hashlib.sha256).digest())
    assert refused(guest, f"Bearer {head}.{payload}.{forged}")

    weaker = jwt.encode(claims, private, algorithm="RS384", headers={"kid": "rsa"})
    assert refused(guest, f"Bearer {weaker}")


def test_a_good_token_is_judged_once_until_it_expires(monkeypatch: Any) -> None:
    clock, calls = [1_000.0], []
    monkeypatch.setattr("site_kit.http.judged_tokens.time", lambda: clock[0])
    tokens, keys, rules = JudgedTokens(), {"a": cast(Any, None)}, object()

    def ask(token: str, **other: Any) -> Any:
        def judge() -> tuple[dict[str, Any], float]:
            calls.append(token)
            return {"sub": token}, 1_060.0

        return tokens.claims(token, **{"keys": keys, "rules": rules, "judge": judge, **other})

    assert [ask("t"), ask("t"), ask("u"), ask("u")] == [{"sub": "t"}, {"sub": "t"}, {"sub": "u"}, {"sub": "u"}]
    assert calls == ["t", "u"]

    clock[0] = 1_060.0
    ask("t")
    assert calls == ["t", "u", "t"]


def test_a_verdict_ends_with_its_keys_and_its_rules() -> None:
    tokens, calls = JudgedTokens(), []

    def judge() -> tuple[dict[str, Any], float]:
        calls.append(1)
        return {}, 9e9

    old, new, rules = {"a": cast(Any, 1)}, {"a": cast(Any, 1)}, object()
    for keys, by in ((old, rules), (old, rules), (new, rules), (new, object())):
        tokens.claims("t", keys=keys, rules=by, judge=judge)

    assert len(calls) == 3


def test_a_bad_token_is_not_remembered_and_the_oldest_give_way() -> None:
    tokens, keys, rules = JudgedTokens(most=2), {"a": cast(Any, None)}, object()

    def refuse() -> Any:
        raise LookupError

    with pytest.raises(LookupError):
        tokens.claims("bad", keys=keys, rules=rules, judge=refuse)
    for token in ("a", "b", "c"):
        tokens.claims(token, keys=keys, rules=rules, judge=lambda: ({}, 9e9))

    assert len(tokens._known) == 2
