#!/usr/bin/env python
"""The site's management commands: `python inventory_site/manage.py COMMAND`, from any folder."""

import os
import sys
from pathlib import Path


def main() -> None:
    """Run one command of this site."""
    # The folder of this file leaves the path, so that no module of the site ever has two names.
    sys.path[0] = str(Path(__file__).resolve().parent.parent)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "inventory_site.settings.base")

    from django.core.management import execute_from_command_line  # Django reads its settings module on first use

    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
