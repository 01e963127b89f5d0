"""Make the staff accounts of a file."""

import json
from argparse import ArgumentParser
from dataclasses import asdict
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from site_kit.backoffice.roles import UnknownRight, sync_roles
from site_kit.backoffice.staff_logins import ensure_staff


class Command(BaseCommand):
    """`manage.py ensure_staff --file PATH [--json]`; safe to repeat."""

    help = "Make or mend the staff accounts of a JSON file of {login name: password}; also syncs the roles."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare the options."""
        parser.add_argument("--file", type=Path, required=True, help="a private JSON file: {login name: password}")
        parser.add_argument("--json", action="store_true", help="print what was done as one object")

    def handle(self, *args: Any, **options: Any) -> None:
        """Run."""
        try:
            logins = json.loads(options["file"].read_text())
            sync_roles()
        except (OSError, ValueError) as fault:
            raise CommandError(f"{options['file']} cannot be read as JSON: {type(fault).__name__}") from None
        except UnknownRight as fault:
            raise CommandError(str(fault)) from None
        if not isinstance(logins, dict) or not all(isinstance(word, str) for word in logins.values()):
            raise CommandError(f"{options['file']} must hold one object of login name: password")
        done = ensure_staff(logins=logins)
        self.stdout.write(json.dumps(asdict(done)) if options["json"] else _told(asdict(done)))


def _told(done: dict[str, tuple[str, ...]]) -> str:
    return "\n".join(f"{what.replace('_', ' ')}: {', '.join(names)}" for what, names in done.items() if names)
