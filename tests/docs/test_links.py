"""Every relative link and picture of every page leads somewhere."""

import re
import subprocess
from pathlib import Path

import pytest

from tests.docs.claims import anchors, relative_links

ROOT = Path(__file__).resolve().parents[2]


def pages() -> list[str]:
    """The Markdown files that are part of the repository."""
    listed = subprocess.run(["git", "ls-files", "*.md"], cwd=ROOT, capture_output=True, text=True, check=True)
    return listed.stdout.split("\n")[:-1]


@pytest.mark.parametrize("page", pages())
def test_every_link_of_a_page_resolves(page: str) -> None:
    text = (ROOT / page).read_text(encoding="utf-8")

    lost = [link for link in relative_links(text) if not (ROOT / page).parent.joinpath(link).exists()]

    assert lost == []


@pytest.mark.parametrize("page", pages())
def test_every_anchor_within_a_page_has_its_heading(page: str) -> None:
    text = (ROOT / page).read_text(encoding="utf-8")

    assert set(re.findall(r"\]\(#([^)]+)\)", text)) <= anchors(text)
