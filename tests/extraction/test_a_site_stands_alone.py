"""ADR 1: one site's folder and two wheels, in an empty folder, on the site's own lock: its tests pass."""

import os
import shutil
import subprocess
import sys
import venv
from pathlib import Path

import pytest

from local_stack import locks

ROOT = Path(__file__).resolve().parents[2]
QUIET = ("--disable-pip-version-check", "--no-input", "--progress-bar", "off", "-q")
NOT_PART_OF_A_SITE = shutil.ignore_patterns("__pycache__", ".*_cache", "build", "*.egg-info")


@pytest.fixture(scope="session")
def wheels(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """Both shared distributions as wheels, built from copies, because a build writes beside its source."""
    folder = tmp_path_factory.mktemp("wheels")
    for name in locks.LOCAL:
        source = shutil.copytree(ROOT / name, folder / "source" / name, ignore=NOT_PART_OF_A_SITE)
        run(sys.executable, "-m", "pip", "wheel", *QUIET, "--no-deps", "--no-build-isolation", "-w", folder, source)
    return sorted(folder.glob("*.whl"))


@pytest.fixture(scope="session")
def empty_folder(site: str, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with nothing but the site's own."""
    folder = tmp_path_factory.mktemp("alone")
    shutil.copytree(ROOT / f"{site}_site", folder / f"{site}_site", ignore=NOT_PART_OF_A_SITE)
    return folder


@pytest.fixture(scope="session")
def python(site: str, empty_folder: Path, wheels: list[Path]) -> Path:
    """The interpreter of a fresh environment: the site's own locks first, the wheels second."""
    folder = empty_folder / "environment"
    venv.create(folder, with_pip=False, symlinks=True)
    python = folder / "bin" / "python"
    own = [f"--requirement={empty_folder / f'{site}_site' / name}" for name in (locks.SITE_LOCK, locks.SITE_TEST_LOCK)]
    pip = (sys.executable, "-m", "pip", "--python", python, "install", *QUIET, "--no-deps", "--no-compile")
    run(*pip, "--require-hashes", *own)
    run(*pip, "--no-index", *wheels)
    return python


def test_the_environment_has_everything_that_its_packages_ask_for(python: Path) -> None:
    run(sys.executable, "-m", "pip", "--python", python, "check")


def test_nothing_of_the_other_sites_is_there(site: str, python: Path, empty_folder: Path) -> None:
    others = [path.name for path in ROOT.glob("*_site") if path.name != f"{site}_site"]
    script = f"import importlib.util as i; print([n for n in {others!r} if i.find_spec(n)])"

    assert run(python, "-c", script, folder=empty_folder) == "[]\n"


def test_its_own_tests_pass(site: str, python: Path, empty_folder: Path) -> None:
    command = (python, "-m", "pytest", "-q", "--color=no", "-p", "no:cacheprovider", f"{site}_site")
    said = run(*command, folder=empty_folder, limit_s=900)

    assert " passed" in said.splitlines()[-1]


def test_its_locks_are_the_part_of_the_root_lock_that_it_needs(site: str) -> None:
    assert locks.outdated_locks(ROOT, [site]) == [], "run `python3 manage_all.py lock`"


def run(*command: str | Path, folder: Path = ROOT, limit_s: float = 300) -> str:
    """Run a command without the tree in its path; answers what it printed, fails with it."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith("PYTHONPATH")}
    ended = subprocess.run(
        list(map(str, command)),
        cwd=folder,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        timeout=limit_s,
        check=False,
    )
    assert ended.returncode == 0, f"{' '.join(map(str, command))}\n{ended.stdout}"
    return ended.stdout
