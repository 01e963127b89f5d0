"""`verify_event_log`: is the log as it was written?"""

import dataclasses
import json
import sys
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from site_kit.messaging.verification import verify_event_log


class Command(BaseCommand):
    help = "Walk the hash chain of every aggregate: altered or missing events, removed tails and streams."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--topic", help="only this topic, for example shop.item")
        parser.add_argument("--aggregate", help="only this aggregate id")
        parser.add_argument("--json", action="store_true", help="print one JSON object")

    def handle(self, *args: Any, **options: Any) -> None:
        """Verify; exit code 1 when something is wrong."""
        checked = 0

        def progress(so_far: int) -> None:
            nonlocal checked
            checked = so_far
            if sys.stderr.isatty():
                self.stderr.write(f"\r{so_far} events checked", ending="")

        findings = list(verify_event_log(topic=options["topic"], aggregate_id=options["aggregate"], progress=progress))
        if options["json"]:
            self.stdout.write(
                json.dumps({"checked": checked, "findings": [dataclasses.asdict(found) for found in findings]})
            )
        else:
            for found in findings:
                self.stdout.write(
                    f"{found.kind}: {found.topic} {found.aggregate_id} version {found.version}: {found.detail}"
                )
            self.stdout.write(f"{checked} events checked, {len(findings)} findings")
        if findings:
            raise SystemExit(1)
