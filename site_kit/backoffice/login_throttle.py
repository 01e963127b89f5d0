"""Guessing passwords stops after five tries, before a hash is computed (a hash costs a third of a second of CPU)."""

import hashlib
import hmac
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import structlog
from django.conf import settings
from django.contrib.auth.backends import ModelBackend
from django.db import connection
from django.db.models import F
from django.http import HttpRequest
from django.utils import timezone

from site_kit.backoffice.models import LoginAttempts, StaffMember
from site_kit.http.client_address import client_address

log = structlog.get_logger(__name__)

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
            return super().authenticate(request, username, password, **more)
        keys = _Keys.of(username or "", client_address(request))
        if count_try(keys.address) > TRIES_PER_ADDRESS or count_try(keys.account) > TRIES_PER_ACCOUNT:
            log.warning("login_refused", throttled=True)
            return None
        member = super().authenticate(request, username, password, **more)
        if member is None:
            log.info("login_refused", throttled=False)
            return None
        keys.take_back()
        return member


@dataclass(frozen=True, slots=True)
class _Keys:
    address: str
    account: str

    @classmethod
    def of(cls, username: str, address: str) -> "_Keys":
        return cls(digest("address", address), digest("account", username.lower(), address))

    def take_back(self) -> None:
        """A success was no guess: forget the account's tries and this one of the address."""
        LoginAttempts.objects.filter(digest=self.account).delete()
        LoginAttempts.objects.filter(digest=self.address, failures__gt=0).update(failures=F("failures") - 1)


def digest(*parts: str) -> str:
    """A key that names nobody: a keyed hash of what was typed and from where."""
    return hmac.new(str(settings.SECRET_KEY).encode(), "\0".join(parts).encode(), hashlib.sha256).hexdigest()


COUNT_TRY = """
INSERT INTO backoffice_loginattempts AS known (digest, failures, since) VALUES (%(key)s, 1, now())
ON CONFLICT (digest) DO UPDATE SET
    failures = CASE WHEN known.since < %(forgotten)s THEN 1 ELSE known.failures + 1 END,
    since = CASE WHEN known.since < %(forgotten)s THEN now() ELSE known.since END
RETURNING failures
"""


def count_try(key: str) -> int:
    """Count one try and return how many there were in the window, this one included. Atomic across processes."""
    with connection.cursor() as cursor:
        cursor.execute(COUNT_TRY, {"key": key, "forgotten": timezone.now() - WINDOW})
        [count] = cursor.fetchone()
    return int(count)


def forget_old_tries() -> int:
    """Delete counters whose window is over; returns how many."""
    deleted, _ = LoginAttempts.objects.filter(since__lt=timezone.now() - WINDOW).delete()
    return deleted
