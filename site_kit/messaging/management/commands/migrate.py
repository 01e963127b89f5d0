"""Django's `migrate`, and then what must follow every time: partitions ahead, and the runtime role's rights."""

from typing import Any

from django.core.management.commands import migrate
from django.db import connection

from site_kit.messaging.configuration import configuration
from site_kit.messaging.partitions import keep_partitions
from site_kit.messaging.rights import grant_rights


class Command(migrate.Command):
    """Migrate as the owner of the tables; the steps after it need the owner too."""

    def handle(self, *args: Any, **options: Any) -> None:
        """Migrate, make partitions, grant. Safe to repeat."""
        super().handle(*args, **options)
        if options["plan"] or options["check_unapplied"] or not _has_tables():
            return
        keep_partitions()
        grant_rights(configuration().runtime_role)


def _has_tables() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT to_regprocedure('messaging_keep_partitions(integer, integer)') IS NOT NULL")
        row = cursor.fetchone()
    return bool(row and row[0])
