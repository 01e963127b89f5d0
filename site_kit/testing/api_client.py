"""A client of the API under test, and the key its tokens are signed with."""

from functools import cache
from typing import Any

from django.conf import settings
from rest_framework.test import APIClient

from site_kit.http.options import options
from site_kit.http.token_making import KeyPair, jwks, make_key_pair, make_token


@cache
def platform_key() -> KeyPair:
    """The key that signs tokens in tests; its public half goes into the site's JWKS file."""
    key = make_key_pair(kid="tests")
    file = settings.HTTP["JWKS_FILE"]
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(jwks(key))
    return key


def bearer_token(scope: str, *, subject: str = "tests", **claims: Any) -> str:
    """A token with the scopes named in `scope`, separated by spaces."""
    at = options()
    return make_token(
        key=platform_key(),
        subject=subject,
        scopes=scope.split(),
        issuer=at.token_issuer,
        audience=at.token_audience,
        **claims,
    )


class Api(APIClient):
    """A guest; called with scopes, a caller who has them.

    api.get("/api/v1/products")
    api(scope="catalog:write").post("/api/v1/products", body, headers={"Idempotency-Key": "1"})
    """

    def __call__(self, *, scope: str = "", subject: str = "tests", **claims: Any) -> "Api":
        client = Api()
        client.credentials(HTTP_AUTHORIZATION=f"Bearer {bearer_token(scope, subject=subject, **claims)}")
        return client
