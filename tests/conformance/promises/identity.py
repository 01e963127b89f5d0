"""Names that keep sites apart on one machine: cookies (which ignore ports) and keys in a shared Valkey."""

import re
from urllib.parse import urlencode

from tests.conformance.promises.registry import promised
from tests.conformance.running.caller import Ask, Reply
from tests.conformance.running.started_site import StartedSite

TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')


@promised()
def cookies_named_per_site(site: StartedSite) -> None:
    """Session and CSRF cookies carry the site's name: who is signed in to two sites is so in both."""
    guest, login = site.guest(), "/admin/login/"

    form = guest.get(login, accept="text/html")
    token = TOKEN.search(form.content.decode())
    assert token is not None, form
    fields = {"csrfmiddlewaretoken": token[1], "username": "admin", "password": site.staff_password}
    signed_in = guest.send(
        Ask("POST", login, urlencode(fields).encode(), {"Cookie": _cookies(form)}).plus(
            content_type="application/x-www-form-urlencoded", referer=f"http://127.0.0.1{login}"
        )
    )

    assert signed_in.status == 302, signed_in
    name = site.plan.site
    assert {cookie.partition("=")[0] for cookie in _set(form)} == {f"{name}_csrf"}
    session = [cookie for cookie in _set(signed_in) if cookie.startswith(f"{name}_session=")]
    assert len(session) == 1, _set(signed_in)
    assert "HttpOnly" in session[0]
    assert "SameSite=Lax" in session[0]


@promised()
def valkey_keys_named_per_site(site: StartedSite) -> None:
    """Everything a site writes into the shared Valkey starts with its name."""
    assert site.client().get(site.plan.list_path).status == 200

    strangers = [key for key in site.valkey_keys() if not key.startswith(f"{site.plan.site}:")]

    assert not strangers


def _set(reply: Reply) -> list[str]:
    return reply.headers.get_all("Set-Cookie") or []


def _cookies(reply: Reply) -> str:
    return "; ".join(cookie.partition(";")[0] for cookie in _set(reply))
