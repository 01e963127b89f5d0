"""The Django app that carries the bridge's tables, commands and admin."""

from django.apps import AppConfig


class MessagingConfig(AppConfig):
    """Event log, outbox, relay, consumer and inbox of one site."""

    name = "site_kit.messaging"
    label = "messaging"
    verbose_name = "Messages between sites"
