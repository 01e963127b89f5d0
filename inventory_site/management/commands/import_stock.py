"""Read stock from a table."""

import json
import sys
from argparse import ArgumentParser
from collections import Counter
from dataclasses import asdict
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from rich.console import Console
from rich.progress import track

from inventory_site.management.stock_import import Result, import_stock
from inventory_site.management.stock_table import BadTable, read_table
from site_kit.context import Actor, acting


class Command(BaseCommand):
    """`manage.py import_stock FILE [--dry-run] [--json]`; safe to repeat with the same file, also when cut off."""

    help = "Book counts or deliveries from a CSV: sku, location, and delta or counted; names the line of every refusal."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare the options."""
        parser.add_argument("file", type=Path, help="the CSV file, UTF-8")
        parser.add_argument("--dry-run", action="store_true", help="judge every line, change nothing")
        parser.add_argument("--json", action="store_true", help="print what became of every line as one object")

    def handle(self, *args: Any, **options: Any) -> None:
        """Run; ends with 1 when a line was refused."""
        try:
            lines = read_table(options["file"])
        except (OSError, BadTable) as fault:
            raise CommandError(f"{options['file']}: {fault}") from None
        console = Console(file=sys.stderr, quiet=not sys.stderr.isatty())
        with acting(actor=Actor("system", "import_stock")):
            booked = import_stock(lines, dry_run=options["dry_run"])
            results = list(track(booked, "lines", total=len(lines), console=console))
        self.stdout.write(_as_json(results, options["dry_run"]) if options["json"] else _as_text(results))
        if any(result.outcome == "refused" for result in results):
            sys.exit(1)


def _as_text(results: list[Result]) -> str:
    refusals = [
        f"line {one.line}, {one.sku} at {one.location}: {one.why}" for one in results if one.outcome == "refused"
    ]
    return "\n".join([*refusals, ", ".join(f"{count} {outcome}" for outcome, count in _counts(results)) or "empty"])


def _as_json(results: list[Result], dry_run: bool) -> str:
    return json.dumps({"dry_run": dry_run, **dict(_counts(results)), "lines": [asdict(result) for result in results]})


def _counts(results: list[Result]) -> list[tuple[str, int]]:
    return sorted(Counter(result.outcome for result in results).items())
