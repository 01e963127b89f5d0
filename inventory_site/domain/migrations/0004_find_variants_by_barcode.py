"""A scanner finds a variant among many; made beside running work, so alone."""

from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models


class Migration(migrations.Migration):
    atomic = False
    dependencies = [("inventory", "0003_runtime_role_reads_and_appends")]
    operations = [
        AddIndexConcurrently(
            "variant",
            models.Index(fields=["barcode"], condition=~models.Q(barcode=""), name="variant_by_barcode"),
        )
    ]
