"""Prove that the numbers are the ledger's."""

import json
from argparse import ArgumentParser
from dataclasses import asdict
from typing import Any

from django.core.management.base import BaseCommand
from django.db import connection, transaction

from inventory_site.domain.models import StockItem
from inventory_site.domain.proof import CHECKS, Disproof, disproofs


class Command(BaseCommand):
    """`manage.py verify_stock [--json]`; exit code 1 where something does not add up. Changes nothing."""

    help = "Compare every stock item with its movements, its promises, its shortfall and its alerts, in one snapshot."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare the options."""
        parser.add_argument("--json", action="store_true", help="print the answer as one object")

    def handle(self, *args: Any, **options: Any) -> None:
        """Run."""
        items, found = _proof()
        if options["json"]:
            told = {"stock_items": items, "checks": len(CHECKS) + 1, "differences": [asdict(one) for one in found]}
            self.stdout.write(json.dumps(told))
        else:
            for one in found:
                self.stdout.write(
                    f"{one.sku or one.variant_id} at {one.location or 'all locations'}: {one.check}: "
                    f"expected {one.expected}, found {one.found}"
                )
            self.stdout.write(f"{items} stock items, {len(CHECKS) + 1} checks, {len(found)} differences.")
        if found:
            raise SystemExit(1)


def _proof() -> tuple[int, list[Disproof]]:
    """What is found in one snapshot, so that work in flight is no difference."""
    with transaction.atomic():
        if not connection.in_atomic_block or connection.savepoint_ids:
            return StockItem.objects.count(), disproofs()  # inside somebody's transaction: their view counts
        with connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        return StockItem.objects.count(), disproofs()
