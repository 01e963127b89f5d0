"""`relay_outbox`: send pending events without Celery."""

import json
import signal
import threading
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from site_kit.messaging.relay import End, drain

PAUSE_S = 0.2


class Command(BaseCommand):
    help = "Send pending events to the broker: once (the default), or until stopped. Safe beside any other relay."

    def add_arguments(self, parser: ArgumentParser) -> None:
        how = parser.add_mutually_exclusive_group()
        how.add_argument("--once", action="store_true", help="send what is pending and end (the default)")
        how.add_argument("--forever", action="store_true", help="go on until SIGTERM or Ctrl-C")
        parser.add_argument("--json", action="store_true", help="print one JSON object at the end")

    def handle(self, *args: Any, **options: Any) -> None:
        """Drain; exit code 1 when something had to stay."""
        stop = threading.Event()
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: stop.set())
        drained = drain()
        sent = drained.sent
        while not stop.is_set() and (options["forever"] or drained.end is End.BUDGET):
            if drained.end is not End.BUDGET:
                stop.wait(PAUSE_S)
            drained = drain()
            sent += drained.sent
        result = {"sent": sent, "end": drained.end.value, "held": drained.held}
        self.stdout.write(json.dumps(result) if options["json"] else f"sent {sent}, {drained.end.value}")
        if not options["forever"] and (drained.end is not End.EMPTY or drained.held):
            raise SystemExit(1)
