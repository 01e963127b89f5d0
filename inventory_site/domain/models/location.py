"""Where goods lie."""

from typing import ClassVar

from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q

CODE = r"^[A-Z0-9][A-Z0-9-]{0,31}$"


class Location(models.Model):
    """A place with shelves. The code is what other sites and people say; it never changes.

    Promises take from the lowest `rank` first. A closed location (not `active`) is empty.
    """

    LOCK_KEY: ClassVar[tuple[str, ...]] = ("code",)

    code = models.CharField(
        max_length=32, unique=True, validators=[RegexValidator(CODE, "Capital letters, digits and dashes, at most 32.")]
    )
    name = models.CharField(max_length=120)
    rank = models.PositiveSmallIntegerField(default=100, help_text="Promises take from the lowest rank first.")
    active = models.BooleanField(default=True)
    revision = models.PositiveBigIntegerField(default=1, editable=False)

    class Meta:
        ordering = ("rank", "code")
        constraints = (
            models.CheckConstraint(condition=Q(code__regex=CODE), name="location_code_well_formed"),
            models.CheckConstraint(condition=~Q(name=""), name="location_name_not_blank"),
        )

    def __str__(self) -> str:
        return self.code
