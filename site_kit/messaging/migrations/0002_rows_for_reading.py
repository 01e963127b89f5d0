"""The rows of the bridge as Django models, for reading and for the back office; changes nothing in the database."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("messaging", "0001_event_log_outbox_inbox")]
    operations = [
        migrations.CreateModel(
            name="ConsumedTopic",
            fields=[
                ("topic", models.TextField(primary_key=True, serialize=False)),
                ("is_present", models.BooleanField()),
                ("broker_topic_id", models.TextField()),
                ("alarm", models.TextField()),
                ("alarmed_at", models.DateTimeField(null=True)),
            ],
            options={
                "db_table": "messaging_consumed_topic",
                "managed": False,
                "default_permissions": ("view", "change"),
            },
        ),
        migrations.CreateModel(
            name="ConsumerOffset",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "topic", "partition_number", blank=True, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("topic", models.TextField()),
                ("partition_number", models.IntegerField()),
                ("next_offset", models.BigIntegerField()),
                ("end_offset", models.BigIntegerField(default=0)),
            ],
            options={
                "db_table": "messaging_consumer_offset",
                "managed": False,
                "default_permissions": ("view",),
            },
        ),
        migrations.CreateModel(
            name="InboxStream",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "topic", "aggregate_id", blank=True, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("topic", models.TextField()),
                ("aggregate_id", models.TextField()),
                ("version", models.IntegerField()),
            ],
            options={
                "db_table": "messaging_inbox_stream",
                "managed": False,
                "default_permissions": ("view",),
            },
        ),
        migrations.CreateModel(
            name="LoggedEvent",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("recorded_at", models.DateTimeField()),
                ("event_id", models.UUIDField()),
                ("version", models.IntegerField()),
                ("published", models.BooleanField()),
                ("topic", models.TextField()),
                ("aggregate_id", models.TextField(verbose_name="aggregate")),
                ("type", models.TextField()),
                ("schema_fp", models.TextField(verbose_name="schema fingerprint")),
                ("actor", models.TextField()),
                ("why", models.TextField()),
                ("correlation_id", models.TextField(verbose_name="correlation")),
                ("causation_id", models.TextField(null=True, verbose_name="caused by")),
                ("traceparent", models.TextField(null=True)),
                ("data", models.BinaryField()),
                ("hash", models.BinaryField()),
            ],
            options={
                "verbose_name": "event",
                "verbose_name_plural": "event log",
                "db_table": "messaging_event",
                "managed": False,
                "default_permissions": ("view",),
            },
        ),
        migrations.CreateModel(
            name="PendingEvent",
            fields=[
                ("id", models.BigIntegerField(primary_key=True, serialize=False)),
                ("recorded_at", models.DateTimeField()),
                ("size", models.IntegerField()),
                ("topic", models.TextField()),
            ],
            options={
                "verbose_name": "event to be sent",
                "verbose_name_plural": "outbox",
                "db_table": "messaging_outbox",
                "managed": False,
                "default_permissions": ("view",),
            },
        ),
        migrations.CreateModel(
            name="SchemaRegistration",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "subject", "fingerprint", blank=True, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("subject", models.TextField()),
                ("fingerprint", models.TextField()),
                ("registry_id", models.IntegerField()),
                ("registered_at", models.DateTimeField()),
            ],
            options={
                "db_table": "messaging_schema_registration",
                "managed": False,
                "default_permissions": ("view",),
            },
        ),
        migrations.CreateModel(
            name="StalledKey",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("topic", models.TextField()),
                ("aggregate_id", models.TextField(verbose_name="aggregate")),
                ("state", models.TextField()),
                ("reason", models.TextField()),
                ("since", models.DateTimeField()),
                ("next_try_at", models.DateTimeField(null=True)),
                ("tries", models.IntegerField(default=0)),
                ("alarmed", models.BooleanField(default=False)),
                ("awaits_topic", models.TextField(null=True)),
                ("awaits_aggregate_id", models.TextField(null=True)),
                ("awaits_version", models.IntegerField(null=True)),
                ("error_class", models.TextField(default="")),
                ("error", models.TextField(default="")),
                ("traceback", models.TextField(default="")),
            ],
            options={
                "db_table": "messaging_stalled_key",
                "managed": False,
                "default_permissions": ("view", "change"),
            },
        ),
        migrations.CreateModel(
            name="StalledMessage",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("topic", models.TextField()),
                ("aggregate_id", models.TextField(verbose_name="aggregate")),
                ("version", models.IntegerField(null=True)),
                ("event_id", models.UUIDField(null=True)),
                ("type", models.TextField()),
                ("partition_number", models.IntegerField()),
                ("record_offset", models.BigIntegerField()),
                ("headers", models.TextField()),
                ("key", models.BinaryField(null=True)),
                ("value", models.BinaryField(null=True)),
                ("stalled_at", models.DateTimeField()),
            ],
            options={
                "db_table": "messaging_stalled_message",
                "managed": False,
                "default_permissions": ("view",),
            },
        ),
        migrations.CreateModel(
            name="StreamVersion",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "topic", "aggregate_id", blank=True, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("topic", models.TextField()),
                ("aggregate_id", models.TextField()),
                ("version", models.IntegerField()),
                ("head_hash", models.BinaryField()),
            ],
            options={
                "db_table": "messaging_stream",
                "managed": False,
                "default_permissions": ("view",),
            },
        ),
        migrations.CreateModel(
            name="UnsendableEvent",
            fields=[
                ("id", models.BigIntegerField(primary_key=True, serialize=False)),
                ("recorded_at", models.DateTimeField()),
                ("size", models.IntegerField()),
                ("topic", models.TextField()),
                ("aggregate_id", models.TextField(verbose_name="aggregate")),
                ("error", models.TextField()),
                ("since", models.DateTimeField()),
            ],
            options={
                "verbose_name": "event the broker refused",
                "verbose_name_plural": "events the broker refused",
                "db_table": "messaging_unsendable",
                "managed": False,
                "default_permissions": ("view", "change"),
            },
        ),
        migrations.CreateModel(
            name="ParkedKey",
            fields=[],
            options={
                "verbose_name": "parked key",
                "verbose_name_plural": "parked keys",
                "proxy": True,
                "default_permissions": ("view", "change"),
                "indexes": [],
                "constraints": [],
            },
            bases=("messaging.stalledkey",),
        ),
        migrations.CreateModel(
            name="WaitingKey",
            fields=[],
            options={
                "verbose_name": "waiting key",
                "verbose_name_plural": "waiting keys",
                "proxy": True,
                "default_permissions": ("view", "change"),
                "indexes": [],
                "constraints": [],
            },
            bases=("messaging.stalledkey",),
        ),
    ]
