"""Stock the sample store."""

import json
import sys
import time
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from rich.console import Console
from rich.progress import Progress

from inventory_site.domain.models import Variant
from inventory_site.sample_store.stocking import bare_variants, known_variants, open_places, stock
from site_kit.context import Actor, acting

LOOK_EVERY_S = 0.2


class Command(BaseCommand):
    """`manage.py load_sample_store [--expect N --wait-s S] [--dry-run] [--json]`.

    Safe to repeat, and goes on where it was cut off.
    """

    help = "Stock, at three locations, every variant the catalogue has told of that has no stock item yet."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare the options."""
        parser.add_argument("--expect", type=int, default=0, metavar="N", help="wait until N variants are known")
        parser.add_argument("--wait-s", type=float, default=60, metavar="S", help="but no longer than S seconds (60)")
        parser.add_argument("--dry-run", action="store_true", help="say what would be stocked, and stock nothing")
        parser.add_argument("--json", action="store_true", help="print what was done as one object")

    def handle(self, *args: Any, **options: Any) -> None:
        """Run."""
        _await_catalogue(options["expect"], options["wait_s"])
        variants = bare_variants()
        if not options["dry_run"]:
            with acting(actor=Actor("system", "load_sample_store")):
                open_places()
                _stock(variants)
        verb = "would be stocked" if options["dry_run"] else "stocked"
        told = {"variants": len(variants), "dry_run": options["dry_run"]}
        self.stdout.write(json.dumps(told) if options["json"] else f"{len(variants)} variants {verb}.")


def _await_catalogue(wanted: int, patience_s: float) -> None:
    """Look until so many variants are known. Raises CommandError when patience ends."""
    deadline = time.monotonic() + patience_s
    while (known := known_variants()) < wanted:
        if time.monotonic() >= deadline:
            raise CommandError(f"The catalogue has told of {known} variants within {patience_s:g} s, not of {wanted}.")
        time.sleep(LOOK_EVERY_S)


def _stock(variants: list[Variant]) -> None:
    console = Console(file=sys.stderr, quiet=not sys.stderr.isatty())
    with Progress(console=console) as progress:
        task = progress.add_task("sample stock", total=len(variants))
        for done in stock(variants):
            progress.update(task, completed=done)
