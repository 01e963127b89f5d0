"""An old Python, Windows, a missing venv: one sentence and exit code 3 each."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from local_stack import exit_codes
from local_stack.home import CLONE
from tests.missing import missing

PRETEND = """
import importlib.util, os, runpy, shutil, subprocess, sys
{pretence}
sys.argv = ["manage_all.py", "up"]
runpy.run_path({script!r}, run_name="__main__")
"""


def pretending(pretence: str) -> subprocess.CompletedProcess[str]:
    """manage_all.py on a machine that looks different."""
    script = PRETEND.format(pretence=pretence, script=str(CLONE / "manage_all.py"))
    return subprocess.run([sys.executable, "-c", script], capture_output=True, text=True)


def one_sentence(said: subprocess.CompletedProcess[str]) -> str:
    assert said.returncode == exit_codes.WRONG_MACHINE
    assert said.stdout == ""
    [sentence] = said.stderr.splitlines()
    return sentence


def test_windows_is_told_to_use_wsl() -> None:
    assert "use WSL" in one_sentence(pretending("os.name = 'nt'"))


def test_a_missing_venv_names_the_package() -> None:
    found = "real = importlib.util.find_spec; importlib.util.find_spec = lambda n: n != 'ensurepip' and real(n)"

    assert "apt install python3-venv" in one_sentence(pretending(found))


@pytest.mark.parametrize("version", ["(3, 8, 1)", "(3, 14, 0)"])
def test_an_unsuitable_python_names_the_suitable_ones(version: str) -> None:
    pretence = f"class V(tuple): pass\nsys.version_info = V({version})"

    assert "needs Python 3.11, 3.12 or 3.13" in one_sentence(pretending(pretence))


def old_pythons() -> list[str]:
    """Real interpreters of this machine that are too old: on the path, or kept by pyenv."""
    kept = Path.home().glob(".pyenv/versions/3.[6-9].*/bin/python")
    named = [shutil.which(f"python3.{minor}") for minor in (6, 7, 8, 9, 10)]
    return [*map(str, sorted(kept)), *filter(None, named)]


def test_a_really_old_python_gets_a_sentence_and_no_traceback() -> None:
    if not old_pythons():
        missing("there is no Python older than 3.11 on this machine")
    for python in old_pythons():
        if subprocess.run([python, "-c", "import sys"], capture_output=True).returncode == 0:
            said = subprocess.run([python, str(CLONE / "manage_all.py"), "up"], capture_output=True, text=True)
            assert "needs Python 3.11, 3.12 or 3.13" in one_sentence(said)


def test_help_and_misspelt_verbs_need_no_environment(tmp_path: Path) -> None:
    shutil.copy(CLONE / "manage_all.py", tmp_path)
    shutil.copytree(CLONE / "local_stack", tmp_path / "local_stack")

    helped = subprocess.run([sys.executable, tmp_path / "manage_all.py", "--help"], capture_output=True, text=True)
    misspelt = subprocess.run([sys.executable, tmp_path / "manage_all.py", "dwon"], capture_output=True, text=True)

    assert (helped.returncode, misspelt.returncode) == (exit_codes.OK, exit_codes.USAGE)
    assert "up         Start everything" in helped.stdout
    assert "did you mean 'down'?" in misspelt.stderr
    assert not (tmp_path / ".state").exists()
