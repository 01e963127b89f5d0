"""Roles: named sets of rights, declared in code by the site, held in Django's groups."""

from collections.abc import Mapping, Sequence
from typing import cast

from django.conf import settings
from django.contrib.auth.models import Group, Permission
from django.db import transaction
from django.db.models import Q
from django.utils.module_loading import import_string

Roles = Mapping[str, Sequence[str]]


class UnknownRight(Exception):  # noqa: N818 - named like the fault it reports
    """A role names a right that no model of this site has."""


def declared_roles() -> Roles:
    """The site's ROLES: role name → rights such as "catalog.change_product"; "catalog.view_*" means every model."""
    return cast(Roles, import_string(settings.BACKOFFICE["ROLES"]))


@transaction.atomic
def sync_roles() -> dict[str, int]:
    """Make the groups exactly what ROLES says; returns how many rights each holds.

    Safe to repeat. A role no longer declared loses its group. Raises `UnknownRight` naming the first right
    that does not exist.
    """
    roles = declared_roles()
    held: dict[str, int] = {}
    for name, rights in roles.items():
        group, _ = Group.objects.get_or_create(name=name)
        permissions = [permission for right in rights for permission in _permissions(name, right)]
        group.permissions.set(permissions)
        held[name] = len({permission.pk for permission in permissions})
    Group.objects.exclude(name__in=roles).delete()
    return held


def _permissions(role: str, right: str) -> list[Permission]:
    app, _, codename = right.partition(".")
    wanted = Q(codename__startswith=codename[:-1]) if codename.endswith("*") else Q(codename=codename)
    if app != "*":
        wanted &= Q(content_type__app_label=app)
    found = list(Permission.objects.filter(wanted))
    if not found:
        raise UnknownRight(f"role {role} names {right}, which no model of this site has")
    return found
