"""Make the words of the search anew."""

import json
import sys
from argparse import ArgumentParser
from collections.abc import Iterator
from typing import Any
from uuid import UUID

from django.core.management.base import BaseCommand
from rich.console import Console
from rich.progress import track

from catalog_site.domain.models import Product
from catalog_site.domain.operations.reindex_search import reindex_search

AT_ONCE = 200


class Command(BaseCommand):
    """`manage.py reindex_search [--after ID] [--json]`; safe to repeat and to interrupt."""

    help = "Store search words and list prices of every product anew, as after a change of the search's configuration."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare the options."""
        parser.add_argument("--after", type=UUID, help="go on behind this product id")
        parser.add_argument("--json", action="store_true", help="print what was done as one object")

    def handle(self, *args: Any, **options: Any) -> None:
        """Run."""
        ids = Product.objects.order_by("id").values_list("id", flat=True)
        if options["after"]:
            ids = ids.filter(id__gt=options["after"])
        console = Console(file=sys.stderr, quiet=not sys.stderr.isatty())
        total = changed = 0
        for chunk in track(_chunks(list(ids)), "products", total=-(-len(ids) // AT_ONCE), console=console):
            changed += reindex_search(product_ids=chunk)
            total += len(chunk)
        told = {"products": total, "changed": changed}
        self.stdout.write(json.dumps(told) if options["json"] else f"{total} products read, {changed} entries changed.")


def _chunks(ids: list[UUID]) -> Iterator[list[UUID]]:
    for first in range(0, len(ids), AT_ONCE):
        yield ids[first : first + AT_ONCE]
