"""Fill an empty catalogue with something to look at."""

import json
import sys
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from rich.console import Console
from rich.progress import track

from catalog_site.sample_store.loading import lay_shelves, load, missing_offers
from site_kit.context import Actor, acting


class Command(BaseCommand):
    """`manage.py load_sample_store [--dry-run] [--json]`; safe to repeat, and goes on where it was cut off."""

    help = "Load the sample store: 60 products in 8 categories, with pictures. What is there already stays."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare the options."""
        parser.add_argument("--dry-run", action="store_true", help="say what would be made, and make nothing")
        parser.add_argument("--json", action="store_true", help="print what was done as one object")

    def handle(self, *args: Any, **options: Any) -> None:
        """Run."""
        missing = missing_offers()
        if not options["dry_run"]:
            with acting(actor=Actor("system", "load_sample_store")):
                lay_shelves()
                console = Console(file=sys.stderr, quiet=not sys.stderr.isatty())
                for _ in track(load(missing), "sample store", total=len(missing), console=console):
                    pass
        told = {"products": len(missing), "dry_run": options["dry_run"]}
        verb = "would be made" if options["dry_run"] else "made"
        self.stdout.write(json.dumps(told) if options["json"] else f"{len(missing)} products {verb}.")
