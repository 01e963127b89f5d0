"""The table of answers kept for retries."""

from typing import ClassVar

from django.db import migrations, models
from django.db.models.functions import Now


class Migration(migrations.Migration):
    initial = True

    dependencies: ClassVar[list[tuple[str, str]]] = []

    operations: ClassVar[list[migrations.operations.base.Operation]] = [
        migrations.CreateModel(
            name="StoredAnswer",
            fields=[
                ("key", models.CharField(max_length=64, primary_key=True, serialize=False)),
                ("fingerprint", models.CharField(max_length=64)),
                ("answer", models.BinaryField()),
                ("stored_at", models.DateTimeField(db_default=Now())),
            ],
            options={
                "verbose_name": "stored answer",
                "db_table": "http_stored_answer",
                "indexes": [models.Index(fields=["stored_at"], name="http_stored_answer_age")],
            },
        ),
    ]
