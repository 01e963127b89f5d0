"""Rooms, boxes and their ledger."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="Room",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=50, unique=True)),
            ],
        ),
        migrations.CreateModel(
            name="Box",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("label", models.CharField(max_length=200)),
                ("weight_g", models.PositiveIntegerField()),
                ("is_sealed", models.BooleanField(default=False)),
                ("note", models.TextField(blank=True)),
                ("arrived_at", models.DateTimeField()),
                ("room", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to="shelf.room")),
            ],
            options={
                "verbose_name_plural": "boxes",
                "ordering": ["-id"],
            },
        ),
        migrations.CreateModel(
            name="Weighing",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("weight_g", models.PositiveIntegerField()),
                ("weighed_at", models.DateTimeField()),
                ("box", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to="shelf.box")),
            ],
            options={
                "ordering": ["-id"],
            },
        ),
    ]
