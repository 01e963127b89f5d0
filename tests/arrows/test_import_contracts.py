"""Every import contract can fail: one offending file in a copy of the tree, and the contract is named as broken."""

import re
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
BROKEN = re.compile(r"^(?P<name>.+) BROKEN$", re.MULTILINE)


@dataclass(frozen=True)
class Offence:
    """A file that breaks one contract."""

    contract: str
    path: str
    code: str


OFFENCES = (
    Offence("The sites do not know each other", "catalog_site/api/planted.py", "import inventory_site.domain\n"),
    Offence("The sites do not know each other", "inventory_site/tests/planted.py", "import catalog_site.urls\n"),
    Offence("shared_contracts is inert", "shared_contracts/planted.py", "import django\n"),
    Offence("shared_contracts is inert", "shared_contracts/planted.py", "import site_kit.context\n"),
    Offence("shared_contracts is inert", "shared_contracts/planted.py", "import catalog_site\n"),
    Offence("site_kit imports no site", "site_kit/planted.py", "import inventory_site.domain.errors\n"),
    Offence("site_kit imports no site", "site_kit/planted.py", "def late():\n    import shared_contracts.events\n"),
    Offence("Of our own, a domain imports", "catalog_site/domain/planted.py", "import site_kit.settings.env\n"),
    Offence("Of our own, a domain imports", "inventory_site/domain/planted.py", "import inventory_site.api\n"),
    Offence("A domain reaches neither", "catalog_site/domain/planted.py", "from rest_framework import status\n"),
    Offence("A domain reaches neither", "inventory_site/domain/planted.py", "import requests\n"),
    Offence("A domain reaches neither", "catalog_site/domain/planted.py", "from celery import shared_task\n"),
    Offence("A domain reaches neither", "catalog_site/domain/planted.py", "import site_kit.http.problems\n"),
    Offence("A domain reaches neither", "inventory_site/domain/planted.py", "import confluent_kafka\n"),
    Offence("A domain reaches neither", "site_kit/messaging/emit.py", "import confluent_kafka\n"),
    Offence("A domain reaches neither", "site_kit/messaging/emit.py", "from celery import current_app\n"),
    Offence("A domain reaches neither", "site_kit/messaging/locks.py", "import site_kit.http.problems\n"),
    Offence("Of Django, a domain reaches no part", "catalog_site/domain/planted.py", "import django.http\n"),
    Offence("Of Django, a domain reaches no part", "inventory_site/domain/planted.py", "from django import urls, db\n"),
    Offence(
        "Of Django, a domain reaches no part", "site_kit/context.py", "from django.http import (\n    HttpRequest,\n)\n"
    ),
    Offence("A site's ways in rest on its domain", "catalog_site/domain/planted.py", "import catalog_site.events\n"),
    Offence("A site's ways in rest on its domain", "inventory_site/api/planted.py", "import inventory_site.admin\n"),
    Offence("A site's ways in rest on its domain", "inventory_site/events/planted.py", "import inventory_site.urls\n"),
)


def configured() -> list[str]:
    """The names of the contracts in `pyproject.toml`."""
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    return [contract["name"] for contract in settings["tool"]["importlinter"]["contracts"]]


@pytest.fixture(scope="session")
def tree(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of everything the contracts look at."""
    copy = tmp_path_factory.mktemp("tree")
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["importlinter"]
    for package in settings["root_packages"]:
        shutil.copytree(ROOT / package, copy / package, ignore=_all_but_python)
    (copy / "local_stack" / "checks").mkdir(parents=True)
    for file in ("pyproject.toml", "local_stack/checks/arrows.py"):
        shutil.copyfile(ROOT / file, copy / file)
    return copy


@pytest.fixture
def planted(tree: Path, request: pytest.FixtureRequest) -> Iterator[Path]:
    """The copy with the offence of this test in it, for as long as the test lasts."""
    offence: Offence = request.param
    file = tree / offence.path
    before = file.read_text(encoding="utf-8") if file.exists() else None
    file.write_text(offence.code + (before or ""), encoding="utf-8")
    yield tree
    if before is None:
        file.unlink()
    else:
        file.write_text(before, encoding="utf-8")


def lint(tree: Path) -> subprocess.CompletedProcess[str]:
    """Run import-linter in a copy of the tree."""
    command = [str(Path(sys.executable).with_name("lint-imports")), "--no-cache"]
    return subprocess.run(command, cwd=tree, capture_output=True, text=True, timeout=120, check=False)


def test_the_copy_itself_keeps_every_contract(tree: Path) -> None:
    ended = lint(tree)

    assert ended.returncode == 0, ended.stdout
    assert f"Contracts: {len(configured())} kept, 0 broken." in ended.stdout


@pytest.mark.parametrize(
    ("planted", "offence"),
    [pytest.param(offence, offence, id=f"{offence.path}-{number}") for number, offence in enumerate(OFFENCES)],
    indirect=["planted"],
)
def test_an_offending_import_breaks_its_contract(planted: Path, offence: Offence) -> None:
    ended = lint(planted)

    assert ended.returncode == 1, ended.stdout
    assert any(name.startswith(offence.contract) for name in BROKEN.findall(ended.stdout)), ended.stdout


def test_no_contract_is_without_an_offence_that_proves_it() -> None:
    unproven = [name for name in configured() if not any(name.startswith(case.contract) for case in OFFENCES)]

    assert unproven == []


def _all_but_python(folder: str, names: list[str]) -> set[str]:
    return {name for name in names if not name.endswith(".py") and not (Path(folder) / name).is_dir()} | {"__pycache__"}
