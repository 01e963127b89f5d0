"""Who may sit at this back office, and how often somebody tried."""

import uuid
from typing import Any, ClassVar

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager, Group, Permission, PermissionsMixin
from django.core.validators import RegexValidator
from django.db import models


class StaffManager(BaseUserManager["StaffMember"]):
    """Makes staff accounts."""

    def create_user(self, username: str, password: str | None = None, **fields: Any) -> "StaffMember":
        """A staff account without rights; the password is hashed."""
        member = self.model(username=self.model.normalize_username(username), **fields)
        member.set_password(password)
        member.save(using=self._db)
        return member

    def create_superuser(self, username: str, password: str | None = None, **fields: Any) -> "StaffMember":
        """A staff account with every right."""
        return self.create_user(username, password, is_superuser=True, **fields)

    def with_right(self, codename: str) -> models.QuerySet["StaffMember"]:
        """Everybody whose role holds the right, or who has every right."""
        return self.filter(
            models.Q(groups__permissions__codename=codename) | models.Q(is_superuser=True), is_active=True
        ).distinct()


class StaffMember(AbstractBaseUser, PermissionsMixin):
    """A person who works in this back office.

    The id is opaque and the only thing events and logs know of a person; the login name is not personal data
    unless somebody makes it so.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    username = models.CharField(
        "login name",
        max_length=64,
        unique=True,
        validators=[RegexValidator(r"^[a-z0-9][a-z0-9._-]*\Z", "Small letters, digits, dots and dashes.")],
    )
    is_superuser = models.BooleanField("holds every right", default=False)
    groups = models.ManyToManyField(  # type: ignore[assignment]  # the base class has it for any model
        Group, verbose_name="roles", blank=True, related_name="user_set", related_query_name="user"
    )
    user_permissions = models.ManyToManyField(  # type: ignore[assignment]  # as above
        Permission, blank=True, related_name="user_set", related_query_name="user"
    )
    is_active = models.BooleanField("may log in", default=True)
    created_at = models.DateTimeField(auto_now_add=True)

    is_staff = True  # every account of a back office is staff; there are no others

    USERNAME_FIELD = "username"
    REQUIRED_FIELDS: ClassVar[list[str]] = []
    objects: ClassVar[StaffManager] = StaffManager()

    class Meta:
        verbose_name = "staff member"
        ordering: ClassVar[list[str]] = ["username"]

    def __str__(self) -> str:
        return self.username

    def get_full_name(self) -> str:
        """What the back office calls the person."""
        return self.username

    get_short_name = get_full_name


class LoginAttempts(models.Model):
    """Failed logins of one account from one address, or of one address; keyed by a digest, so that nobody is named."""

    digest = models.CharField(primary_key=True, max_length=64)
    failures = models.PositiveIntegerField()
    since = models.DateTimeField()

    def __str__(self) -> str:
        return self.digest[:8]


class Role(Group):
    """Django's group under the name that people use: a set of rights."""

    class Meta:
        proxy = True
