"""ARCHITECTURE.md is short, and every path and verb in it exists; its addresses are asked in test_commands.py."""

import re
from pathlib import Path

import pytest

from local_stack import verb_list
from tests.docs.claims import CODE, claimed_paths, claimed_verbs

ROOT = Path(__file__).resolve().parents[2]
PAGE = ROOT / "ARCHITECTURE.md"
MOST_WORDS = 900


@pytest.fixture(scope="module")
def text() -> str:
    assert PAGE.is_file(), "ARCHITECTURE.md is not there"
    return PAGE.read_text(encoding="utf-8")


def test_it_has_at_most_900_words(text: str) -> None:
    assert len(re.findall(r"\S*\w\S*", text)) <= MOST_WORDS


def test_every_path_in_it_exists(text: str) -> None:
    paths = claimed_paths(text)

    assert paths, "no path was recognised; the page or this test has changed its form"
    assert [path for path in paths if not any(ROOT.glob(path))] == []


def test_every_verb_in_it_exists(text: str) -> None:
    verbs = claimed_verbs(text)

    assert verbs, "no verb was recognised; the page or this test has changed its form"
    assert [verb for verb in verbs if verb not in verb_list.names()] == []


def test_every_module_it_names_exists(text: str) -> None:
    modules = {
        code
        for code in CODE.findall(text)
        if re.fullmatch(r"(site_kit|shared_contracts|local_stack|\w+_site)(\.\w+)+", code)
    }

    assert [name for name in sorted(modules) if not _is_there(name)] == []


def _is_there(dotted: str) -> bool:
    parts = dotted.split(".")
    longest = (ROOT.joinpath(*parts[:end]) for end in range(len(parts), 1, -1))
    return any(path.is_dir() or path.with_suffix(".py").is_file() for path in longest)
