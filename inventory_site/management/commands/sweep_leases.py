"""End the leases whose time is over, without Celery."""

import json
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from inventory_site.domain.clock import DATABASE_NOW
from inventory_site.domain.models import Lease, LeaseState
from inventory_site.domain.operations.sweep_leases import sweep_leases
from site_kit.context import Actor, acting


class Command(BaseCommand):
    """`manage.py sweep_leases [--dry-run] [--json]`; the worker does the same every few seconds."""

    help = "Put back on the shelf what leases past their time still hold. Safe to repeat, and beside the worker."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare the options."""
        parser.add_argument("--dry-run", action="store_true", help="say how many are over, and end none")
        parser.add_argument("--json", action="store_true", help="print what was done as one object")

    def handle(self, *args: Any, **options: Any) -> None:
        """Run."""
        if options["dry_run"]:
            ended = Lease.objects.filter(state=LeaseState.LIVE, expires_at__lte=DATABASE_NOW).count()
        else:
            with acting(actor=Actor("system", "sweep_leases")):
                ended = sweep_leases()
        verb = "would be ended" if options["dry_run"] else "ended"
        told = {"leases": ended, "dry_run": options["dry_run"]}
        self.stdout.write(json.dumps(told) if options["json"] else f"{ended} leases {verb}.")
