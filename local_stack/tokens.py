"""The platform's signing key, and tokens for API callers until the coordination site issues them."""

import json
from collections.abc import Iterable

from local_stack.home import Home
from local_stack.private_files import write_private
from local_stack.sites import SITES
from site_kit.http.token_making import KeyPair, jwks, make_key_pair, make_token

ISSUER = "https://coordination.firstviscount.local"  # what every site expects, see site_kit/http/options.py
AUDIENCE = "first-viscount"
SCOPES = ("catalog:read", "catalog:write", "inventory:adjust", "inventory:read", "inventory:reserve")


def platform_key(home: Home) -> KeyPair:
    """The key of this home; made once, kept in a private file."""
    file = home.state / "platform_key.json"
    if not file.exists():
        made = make_key_pair()
        content = {"kid": made.kid, "private_pem": made.private_pem.decode(), "public_jwk": made.public_jwk}
        write_private(file, json.dumps(content))
    known = json.loads(file.read_text())
    return KeyPair(kid=known["kid"], private_pem=known["private_pem"].encode(), public_jwk=known["public_jwk"])


def publish_key(home: Home) -> None:
    """Put the public half where every site reads it; safe to repeat."""
    content = jwks(platform_key(home))
    for site in SITES:
        folder = home.of_site(site)
        folder.mkdir(parents=True, exist_ok=True)
        file = folder / "jwks.json"
        if not file.exists() or file.read_bytes() != content:
            unfinished = folder / ".jwks.json"
            unfinished.write_bytes(content)
            unfinished.replace(file)


def signed(home: Home, *, client: str, scopes: Iterable[str]) -> str:
    """A token for one client, valid for 60 minutes in every site of this home."""
    publish_key(home)
    return make_token(
        key=platform_key(home),
        subject=client,
        scopes=scopes,
        issuer=ISSUER,
        audience=AUDIENCE,
    )
