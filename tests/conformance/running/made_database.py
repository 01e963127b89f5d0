"""Make a site's tables, staff and first rows, as its owner, with its own commands and operations, in one process.

`python -m tests.conformance.running.made_database SITE STAFF_FILE` in the environment of the site's commands.
"""

import io
import sys
from pathlib import Path

import django
from django.core.management import call_command


def main(site: str, staff_file: str) -> None:
    """Once per database."""
    django.setup()
    call_command("migrate", interactive=False, verbosity=0)
    call_command("ensure_staff", file=Path(staff_file), stdout=io.StringIO())
    if site == "inventory":
        from tests.conformance.plans.inventory_copy import take_over_products

        take_over_products()


if __name__ == "__main__":
    main(*sys.argv[1:])
