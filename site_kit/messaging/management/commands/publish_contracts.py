"""`publish_contracts`: this site's topics and schemas, made and registered now."""

import dataclasses
import json
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from site_kit.messaging.publishing import publish_contracts


class Command(BaseCommand):
    help = "Create this site's topics and register its schemas. The worker does the same by itself; safe to repeat."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--json", action="store_true", help="print one JSON object")

    def handle(self, *args: Any, **options: Any) -> None:
        """Publish once; exit code 1 when something is not in place."""
        published = publish_contracts()
        if options["json"]:
            self.stdout.write(json.dumps(dataclasses.asdict(published)))
        else:
            self.stdout.write(f"{len(published.topics)} topics, {len(published.schemas)} schemas")
            self.stderr.write("".join(f"{problem}\n" for problem in published.problems), ending="")
        if published.problems:
            raise SystemExit(1)
