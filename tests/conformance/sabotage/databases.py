"""Promises that lie in the database: broken at the end of `migrate`, when everything else was made."""

from tests.conformance.sabotage.entries import breaks, replaced


@breaks("event_log_is_append_only")
def let_the_processes_edit_the_log() -> None:
    """The runtime role may change what is written."""
    _after_migrating("GRANT UPDATE, DELETE ON messaging_event TO {role}")


@breaks("runtime_role_has_no_ddl")
def let_the_processes_make_tables() -> None:
    """The runtime role may create."""
    _after_migrating("GRANT CREATE ON SCHEMA public TO {role}")


@breaks("partitions_are_made_ahead")
def make_partitions_for_now_only() -> None:
    """A later partition is not there."""
    _after_migrating(
        "DO $$ BEGIN EXECUTE format('DROP TABLE %I', "
        "to_char((now() AT TIME ZONE 'UTC')::date + 40, '\"messaging_inbox_\"YYYY_MM_DD')); END $$"
    )


def _after_migrating(statement: str) -> None:
    from django.db import connection

    from site_kit.messaging.management.commands import migrate
    from site_kit.messaging.rights import grant_rights

    def and_then(role: str) -> bool:
        granted = grant_rights(role)
        with connection.cursor() as cursor:
            cursor.execute(statement.replace("{role}", role))
        return granted

    replaced(migrate, "grant_rights", and_then)
