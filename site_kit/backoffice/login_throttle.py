"""Guessing passwords stops after five tries, before a hash is computed (a hash costs a third of a second of CPU)."""

import hashlib
import hmac
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.contrib.auth.backends import ModelBackend
from django.db import connection
from django.http import HttpRequest

from site_kit.backoffice.models import LoginAttempts, StaffMember

TRIES_PER_ACCOUNT = 5  # of one account from one address
TRIES_PER_ADDRESS = 50
WINDOW = timedelta(minutes=15)


class ThrottledBackend(ModelBackend):
    """Django's password check behind a counter per account and address.

    The try is counted before the password is looked at, so a thousand parallel guesses are still five. The
    same person from another address is not locked out. A success clears the account's counter. The caller
    cannot tell a locked door from a wrong password.
    """

    def authenticate(
        self, request: HttpRequest | None, username: str | None = None, password: str | None = None, **more: Any
    ) -> StaffMember | None:
        """The staff member, or None for a wrong name, a wrong password and too many tries alike."""
        if request is None:  # commands and tests: nobody is guessing
            return super().authenticate(request, username, password, **more)  # type: ignore[return-value]
        address = request.META.get("REMOTE_ADDR", "")
        account = digest("account", (username or "").lower(), address)
        if count_try(digest("address", address)) > TRIES_PER_ADDRESS or count_try(account) > TRIES_PER_ACCOUNT:
            return None
        member = super().authenticate(request, username, password, **more)
        if member is not None:
            LoginAttempts.objects.filter(digest=account).delete()
        return member  # type: ignore[return-value]  # the user model is StaffMember


def digest(*parts: str) -> str:
    """A key that names nobody: a keyed hash of what was typed and from where."""
    return hmac.new(settings.SECRET_KEY.encode(), "\0".join(parts).encode(), hashlib.sha256).hexdigest()


def count_try(key: str) -> int:
    """Count one try and return how many there were in the window, this one included. Atomic across processes."""
    with connection.cursor() as cursor:
        cursor.execute(
            """
            INSERT INTO backoffice_loginattempts AS known (digest, failures, since) VALUES (%(key)s, 1, now())
            ON CONFLICT (digest) DO UPDATE SET
                failures = CASE WHEN known.since < now() - %(window)s THEN 1 ELSE known.failures + 1 END,
                since = CASE WHEN known.since < now() - %(window)s THEN now() ELSE known.since END
            RETURNING failures
            """,
            {"key": key, "window": WINDOW},
        )
        [count] = cursor.fetchone()
    return int(count)
