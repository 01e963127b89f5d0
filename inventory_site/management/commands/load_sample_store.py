"""Stock the sample store."""

import json
import sys
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from rich.console import Console
from rich.progress import Progress

from inventory_site.sample_store.stocking import bare_variants, open_places, stock
from site_kit.context import Actor, acting


class Command(BaseCommand):
    """`manage.py load_sample_store [--dry-run] [--json]`; safe to repeat, and goes on where it was cut off."""

    help = "Stock, at three locations, every variant the catalogue has told of that has no stock item yet."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare the options."""
        parser.add_argument("--dry-run", action="store_true", help="say what would be stocked, and stock nothing")
        parser.add_argument("--json", action="store_true", help="print what was done as one object")

    def handle(self, *args: Any, **options: Any) -> None:
        """Run."""
        variants = bare_variants()
        if not options["dry_run"]:
            with acting(actor=Actor("system", "load_sample_store")):
                open_places()
                self._stock(variants)
        verb = "would be stocked" if options["dry_run"] else "stocked"
        told = {"variants": len(variants), "dry_run": options["dry_run"]}
        self.stdout.write(json.dumps(told) if options["json"] else f"{len(variants)} variants {verb}.")

    def _stock(self, variants: list[Any]) -> None:
        console = Console(file=sys.stderr, quiet=not sys.stderr.isatty())
        with Progress(console=console) as progress:
            task = progress.add_task("sample stock", total=len(variants))
            for done in stock(variants):
                progress.update(task, completed=done)
