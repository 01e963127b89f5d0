"""Housekeeping of the back office."""

from django.core.management import call_command

from site_kit.backoffice.login_throttle import forget_old_tries
from site_kit.tasks.periodic import periodic

DAY_S = 24 * 60 * 60


@periodic(every_s=DAY_S)
def forget_old_logins() -> None:
    """Delete counters of failed logins and sessions that are over."""
    forget_old_tries()
    call_command("clearsessions")
