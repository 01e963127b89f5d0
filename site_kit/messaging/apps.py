"""The Django app that carries the bridge's tables, commands and admin."""

from django.apps import AppConfig

from site_kit.messaging.wake import waker
from site_kit.messaging.wake_delivery import call_relay


class MessagingConfig(AppConfig):
    """Event log, outbox, relay, consumer and inbox of one site."""

    name = "site_kit.messaging"
    label = "messaging"
    verbose_name = "Messages between sites"

    def ready(self) -> None:
        """Say how a commit wakes the relay; `emit` itself knows neither Celery nor Valkey."""
        waker.deliver_by(call_relay)
