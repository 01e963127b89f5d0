"""The Django app that remembers whose turn it is."""

from django.apps import AppConfig


class TasksConfig(AppConfig):
    """Turns of periodic work."""

    name = "site_kit.tasks"
    label = "tasks"
    verbose_name = "Periodic work"
    default_auto_field = "django.db.models.BigAutoField"
