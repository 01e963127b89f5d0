"""`consume_events`: the consumer process."""

import signal
import threading
from typing import Any

from django.core.management.base import BaseCommand

from site_kit.messaging.consumer import EventConsumer
from site_kit.processes.lifecycle import running


class Command(BaseCommand):
    help = "Listen to the other sites until SIGTERM or Ctrl-C. Any number may run; partitions are shared."

    def handle(self, *args: Any, **options: Any) -> None:
        """Be the consumer process, with its probe port."""
        stop = threading.Event()
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: stop.set())
        with running("consumer"):
            EventConsumer().run(stop)
