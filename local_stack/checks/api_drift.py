"""A site's published OpenAPI document is what its code says now; ends with 1 and what callers would notice when not.

`python -m local_stack.checks.api_drift SITE [--write]`; with `--write` the document is brought up to date.
"""

import argparse
import json
import os
import sys
from pathlib import Path
from typing import Any

import django

from shared_contracts.tooling.openapi_diff import breaking_changes

PUBLISHED = Path(__file__).resolve().parents[2] / "shared_contracts" / "apis"


def main(site: str, *, write: bool) -> int:
    """Compare, and maybe write, one site's document."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", f"{site}_site.settings.base")
    django.setup()
    from site_kit.http.openapi import current_document  # reads settings when imported

    file = PUBLISHED / site / "v1.json"
    text = json.dumps(current_document(), indent=2, ensure_ascii=False) + "\n"
    published = file.read_text(encoding="utf-8") if file.exists() else ""
    if published == text:
        return 0
    if write:
        file.write_text(text, encoding="utf-8")
        print(file.relative_to(PUBLISHED.parents[1]))
        return 0
    print(f"{file.name} of {site} is not what the code says; run `python3 manage_all.py contracts generate`.")
    _tell_breaks(json.loads(published or "{}"), json.loads(text))
    return 1


def _tell_breaks(old: dict[str, Any], new: dict[str, Any]) -> None:
    for change in breaking_changes(old, new) if old else []:
        print(f"breaks callers: {change}")


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("site")
    parser.add_argument("--write", action="store_true")
    given = parser.parse_args()
    sys.exit(main(given.site, write=given.write))
