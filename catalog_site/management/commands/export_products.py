"""Write the catalogue as a table."""

import csv
import sys
from argparse import ArgumentParser
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Any
from uuid import UUID

from django.core.management.base import BaseCommand

from catalog_site.domain.models import Category, Price, Product
from catalog_site.domain.queries import product_states
from catalog_site.management.product_table import columns, table_rows

AT_ONCE = 500


class Command(BaseCommand):
    """`manage.py export_products [FILE] [--status active]`: CSV, one row per variant; without a file to stdout."""

    help = "Write products as CSV that import_products reads; no cell can run in a spreadsheet."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare the options."""
        parser.add_argument("file", nargs="?", type=Path, help="where to write; default: standard output")
        parser.add_argument("--status", choices=["draft", "active", "archived"], help="only these")

    def handle(self, *args: Any, **options: Any) -> None:
        """Run."""
        if options["file"] is None:
            write(self.stdout, options["status"])
            return
        with options["file"].open("w", newline="", encoding="utf-8") as file:
            count = write(file, options["status"])
        sys.stderr.write(f"{count} products written to {options['file']}.\n")


def write(file: IO[str] | Any, status: str | None) -> int:
    """Write the table; returns how many products it has. Reads 500 at a time, however many there are."""
    slugs = dict(Category.objects.values_list("id", "slug"))
    currencies = Price.objects.order_by().values_list("currency", flat=True).distinct()
    table = csv.DictWriter(file, columns(currencies), restval="", lineterminator="\r\n")
    table.writeheader()
    count = 0
    for chunk in _chunks(status):
        states = product_states(chunk)
        for product in chunk:
            table.writerows(table_rows(states[product.id], slugs))
        count += len(chunk)
    return count


def _chunks(status: str | None) -> Iterator[list[Product]]:
    rows = Product.objects.filter(status=status) if status else Product.objects.all()
    last: UUID | None = None
    while chunk := list((rows.filter(id__gt=last) if last else rows).order_by("id")[:AT_ONCE]):
        yield chunk
        last = chunk[-1].id
