"""Lists of categories read an index instead of sorting the table."""

from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models


class Migration(migrations.Migration):
    atomic = False
    dependencies = [("catalog", "0004_option_of_its_axis")]
    operations = [
        AddIndexConcurrently("category", models.Index(fields=["position", "name", "id"], name="category_in_order")),
        AddIndexConcurrently("category", models.Index(fields=["name", "id"], name="category_by_name")),
    ]
