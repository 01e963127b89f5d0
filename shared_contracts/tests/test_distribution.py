"""The folder is a distribution of its own: complete, and of use in an empty folder."""

import re
import shutil
import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path

import pytest

FOLDER = Path(__file__).parents[1]
SPOILS = shutil.ignore_patterns("__pycache__", "build", "*.egg-info", "tests")


def packages() -> set[str]:
    """Every folder with an `__init__.py`, but the tests."""
    found = {path.parent.relative_to(FOLDER.parent) for path in FOLDER.rglob("__init__.py")}
    return {".".join(path.parts) for path in found if not {"tests", "build"} & set(path.parts)}


def test_every_package_is_listed() -> None:
    settings = tomllib.loads((FOLDER / "pyproject.toml").read_text(encoding="utf-8"))

    assert set(settings["tool"]["setuptools"]["packages"]) == packages()
    assert settings["project"]["dependencies"] == ["fastavro>=1.13"]


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Built from a copy, because building leaves files beside the source."""
    pytest.importorskip("setuptools")
    source = tmp_path_factory.mktemp("source") / "shared_contracts"
    target = tmp_path_factory.mktemp("wheels")
    shutil.copytree(FOLDER, source, ignore=SPOILS)
    build = [sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--no-build-isolation", "--no-index"]
    subprocess.run([*build, "--wheel-dir", str(target), str(source)], check=True, capture_output=True)  # noqa: S603
    [built] = target.glob("*.whl")
    return built


def test_the_wheel_holds_all_that_is_no_test(wheel: Path) -> None:
    shipped = {name for name in zipfile.ZipFile(wheel).namelist() if ".dist-info/" not in name}

    wanted = {
        path.relative_to(FOLDER.parent).as_posix()
        for path in FOLDER.rglob("*")
        if path.is_file() and not {"tests", "build", "__pycache__"} & set(path.relative_to(FOLDER).parts)
    }
    assert shipped == {name for name in wanted if not re.search(r"\.egg-info/|pyproject\.toml$", name)}


def test_the_wheel_works_in_an_empty_folder(wheel: Path, tmp_path: Path) -> None:
    script = (
        "import sys; sys.path.insert(0, sys.argv[1]);"
        "from shared_contracts.events.catalogue import EVENTS, schema_by_fingerprint;"
        "from shared_contracts.events.golden import example, golden_bytes;"
        "from shared_contracts.tooling.check import check;"
        "assert all(k.from_bytes(golden_bytes(k), k.FINGERPRINT) == example(k) for k in EVENTS.values());"
        "assert all(schema_by_fingerprint(kind.FINGERPRINT) for kind in EVENTS.values());"
        "assert check() == [];"
        "import shared_contracts; print(shared_contracts.__file__)"
    )
    installed = tmp_path / "installed"
    zipfile.ZipFile(wheel).extractall(installed)
    command = [sys.executable, "-W", "error", "-I", "-c", script, str(installed)]

    run = subprocess.run(command, check=True, capture_output=True, text=True, cwd=tmp_path)  # noqa: S603 - our own

    assert run.stdout.strip() == str(installed / "shared_contracts" / "__init__.py")


def test_the_readme_says_what_works() -> None:
    readme = (FOLDER / "README.md").read_text(encoding="utf-8")

    [code] = re.findall(r"```python\n(.*?)```", readme, re.DOTALL)
    exec(compile(code, "README.md", "exec"), {})  # noqa: S102 - our own


@pytest.mark.parametrize("page", ["README.md", "delivery.md", "apis/README.md"])
def test_names_in_the_pages_exist(page: str) -> None:
    text = (FOLDER / page).read_text(encoding="utf-8")

    for module, name in re.findall(r"`(shared_contracts(?:\.\w+)+)\.(\w+)", text):
        assert hasattr(__import__(module, fromlist=[name]), name), f"{module}.{name}"
    for path in re.findall(r"`((?:events|apis|released|tooling)/[\w./]+\.\w+)`", text):
        assert (FOLDER / path).exists(), path
