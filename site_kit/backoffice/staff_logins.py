"""Staff accounts from a file: made once, kept as told."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.contrib.auth.models import Group
from django.db import transaction

from site_kit.backoffice.models import StaffMember
from site_kit.backoffice.roles import declared_roles

ADMIN = "admin"


@dataclass(frozen=True, slots=True)
class StaffLogins:
    """What `ensure_staff` did, by login name."""

    made: tuple[str, ...]
    password_set: tuple[str, ...]
    unchanged: tuple[str, ...]


@transaction.atomic
def ensure_staff(*, logins: Mapping[str, str]) -> StaffLogins:
    """Make or mend the accounts of `logins` (name → password).

    `admin` gets every right; an account named like a role gets that role; others get none. Safe to
    repeat: a password that already fits is not hashed again. Accounts not named are left alone.
    """
    made: list[str] = []
    password_set: list[str] = []
    unchanged: list[str] = []
    for name, password in logins.items():
        member, is_new = StaffMember.objects.get_or_create(username=name, defaults={"is_superuser": name == ADMIN})
        if is_new or not member.check_password(password):
            member.set_password(password)
            member.save(update_fields=["password"])
            (made if is_new else password_set).append(name)
        else:
            unchanged.append(name)
        if name in declared_roles():
            member.groups.set(Group.objects.filter(name=name))
    return StaffLogins(tuple(made), tuple(password_set), tuple(unchanged))
