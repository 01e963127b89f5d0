#!/usr/bin/env python
"""Management commands of the sample site."""

import os
import sys
from pathlib import Path


def main() -> None:
    """Run one command."""
    sys.path[0] = str(Path(__file__).resolve().parents[3])
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "site_kit.testing.project.settings")

    from django.core.management import execute_from_command_line  # Django reads its settings module on first use

    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
