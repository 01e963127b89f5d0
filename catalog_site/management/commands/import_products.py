"""Read products from a table."""

import csv
import json
import sys
from argparse import ArgumentParser
from collections import Counter
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from rich.console import Console
from rich.progress import track

from catalog_site.management.product_import import Result, import_products
from catalog_site.management.product_table import BadRow, TableProduct, check_header, read_products
from site_kit.context import Actor, acting


class Command(BaseCommand):
    """`manage.py import_products FILE [--dry-run] [--json]`; safe to repeat, and goes on where it was cut off."""

    help = "Make and change products from a CSV as export_products writes it; names the line of every refusal."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare the options."""
        parser.add_argument("file", type=Path, help="the CSV file, UTF-8")
        parser.add_argument("--dry-run", action="store_true", help="judge every product, change nothing")
        parser.add_argument("--json", action="store_true", help="print what became of every product as one object")

    def handle(self, *args: Any, **options: Any) -> None:
        """Run; ends with 1 when a product was refused."""
        try:
            products = _read(options["file"])
        except (OSError, UnicodeDecodeError, csv.Error, BadRow) as fault:
            raise CommandError(f"{options['file']}: {fault}") from None
        console = Console(file=sys.stderr, quiet=not sys.stderr.isatty())
        with acting(actor=Actor("system", "import_products")):
            results = list(
                track(
                    import_products(products, dry_run=options["dry_run"]),
                    "products",
                    total=len(products),
                    console=console,
                )
            )
        self.stdout.write(_as_json(results, options["dry_run"]) if options["json"] else _as_text(results))
        if any(result.outcome == "refused" for result in results):
            sys.exit(1)


def _read(path: Path) -> list[TableProduct]:
    with path.open(newline="", encoding="utf-8-sig") as file:
        table = csv.DictReader(file, restval="")
        check_header(table.fieldnames or ())
        return list(read_products((table.line_num, row) for row in table))


def _as_text(results: list[Result]) -> str:
    counts = Counter(result.outcome for result in results)
    lines = [f"line {one.line}, {one.slug}: {one.why}" for one in results if one.outcome == "refused"]
    return "\n".join([*lines, ", ".join(f"{count} {outcome}" for outcome, count in sorted(counts.items())) or "empty"])


def _as_json(results: list[Result], dry_run: bool) -> str:
    counts = Counter(result.outcome for result in results)
    refused = [{"line": one.line, "slug": one.slug, "why": one.why} for one in results if one.outcome == "refused"]
    return json.dumps({"dry_run": dry_run, **counts, "refusals": refused})
