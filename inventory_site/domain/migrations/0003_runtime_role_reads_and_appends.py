"""The role that the site's processes run as may append to the ledger and change nothing in it."""

from django.conf import settings
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

PROTECTED = ("inventory_movement", "inventory_stockitem")


def keep_to_appending(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Take away what default privileges gave; nothing where the role does not exist (tests, a shared owner)."""
    role = settings.MESSAGING["RUNTIME_ROLE"]
    with schema_editor.connection.cursor() as cursor:
        cursor.execute("SELECT 1 FROM pg_roles WHERE rolname = %s AND rolname <> current_user", [role])
        if cursor.fetchone() is None:
            return
        quoted = schema_editor.connection.ops.quote_name(role)
        cursor.execute(f"REVOKE ALL ON {', '.join(PROTECTED)} FROM {quoted}")
        cursor.execute(f"GRANT SELECT, INSERT ON {', '.join(PROTECTED)} TO {quoted}")


class Migration(migrations.Migration):
    dependencies = [("inventory", "0002_numbers_move_by_movements_only")]
    operations = [migrations.RunPython(keep_to_appending, migrations.RunPython.noop)]
