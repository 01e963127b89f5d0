"""Make the roles in the database what the site declares."""

import json
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from site_kit.backoffice.roles import UnknownRight, sync_roles


class Command(BaseCommand):
    """`manage.py sync_roles [--json]`; safe to repeat."""

    help = "Make every role hold exactly the rights this site declares for it."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare the options."""
        parser.add_argument("--json", action="store_true", help="print {role: number of rights}")

    def handle(self, *args: Any, **options: Any) -> None:
        """Run."""
        try:
            held = sync_roles()
        except UnknownRight as fault:
            raise CommandError(str(fault)) from None
        lines = [f"{role}: {count} rights" for role, count in held.items()]
        self.stdout.write(json.dumps(held) if options["json"] else "\n".join(lines))
