"""The Django app of the processes: system checks of what a process needs, and the runtime role's rights."""

from django.apps import AppConfig


class ProcessesConfig(AppConfig):
    """No tables."""

    name = "site_kit.processes"
    label = "processes"
    verbose_name = "Processes"
