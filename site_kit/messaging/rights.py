"""What the runtime role may do with the bridge's tables; the owner may do the rest."""

from django.db import connection
from psycopg import sql

_APPEND_ONLY = ("messaging_event", "messaging_inbox")
_CHANGED = (
    "messaging_stream",
    "messaging_outbox",
    "messaging_unsendable",
    "messaging_schema_registration",
    "messaging_inbox_stream",
    "messaging_consumer_offset",
    "messaging_consumed_topic",
    "messaging_stalled_key",
    "messaging_stalled_message",
)
_PARTITIONS = "SELECT inhrelid::regclass::text FROM pg_inherits WHERE inhparent IN (%s::regclass, %s::regclass)"


def grant_rights(role: str) -> bool:
    """Give a role what the processes of a site need, and take from it what they must not have.

    Safe to repeat. False, and nothing done, when there is no such role, or it is the owner itself.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1 FROM pg_roles WHERE rolname = %s AND rolname <> current_user", [role])
        if cursor.fetchone() is None:
            return False
        cursor.execute(_PARTITIONS, list(_APPEND_ONLY))
        partitions = [name for (name,) in cursor.fetchall()]
        for statement in _statements(role, partitions):
            cursor.execute(statement)
    return True


def _statements(role: str, partitions: list[str]) -> list[sql.Composable]:
    def tables(names: tuple[str, ...] | list[str]) -> sql.Composable:
        return sql.SQL(", ").join(map(sql.Identifier, names))

    to = sql.Identifier(role)
    return [
        sql.SQL("REVOKE ALL ON {} FROM {}").format(tables([*_APPEND_ONLY, *partitions]), to),
        sql.SQL("GRANT SELECT, INSERT ON {} TO {}").format(tables(_APPEND_ONLY), to),
        sql.SQL("GRANT SELECT ON messaging_event_default, messaging_inbox_default TO {}").format(to),
        sql.SQL("GRANT SELECT, INSERT, UPDATE, DELETE ON {} TO {}").format(tables(_CHANGED), to),
        sql.SQL("GRANT EXECUTE ON FUNCTION messaging_keep_partitions(integer, integer) TO {}").format(to),
    ]
