"""The contracts are inert: they import the standard library and fastavro, and fetch nothing in."""

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

FOLDER = Path(__file__).parents[1]
ALLOWED = sys.stdlib_module_names | {"fastavro", "shared_contracts"}
FILES = [path for path in sorted(FOLDER.rglob("*.py")) if "tests" not in path.parts and "build" not in path.parts]


def imported(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield "relative" if node.level else str(node.module)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.relative_to(FOLDER).as_posix())
def test_a_file_imports_the_standard_library_and_fastavro_only(path: Path) -> None:
    assert {name.split(".")[0] for name in imported(path)} <= ALLOWED


def test_reading_the_catalogue_loads_nothing_else() -> None:
    script = (
        "import sys; import shared_contracts.events.catalogue; print(*{name.split('.')[0] for name in sys.modules})"
    )

    before, after = (set(loaded(code).split()) for code in ("import sys; print(*sys.modules)", script))

    assert after - before <= ALLOWED | {"cython_runtime"} | {name for name in after if name.startswith("_cython")}


def test_events_need_no_tooling() -> None:
    assert "tooling" not in loaded("import sys; import shared_contracts.events.catalogue; print(*sys.modules)")


@pytest.mark.parametrize("path", sorted(FOLDER.rglob("__init__.py")), ids=lambda path: path.parent.name)
def test_packages_are_empty(path: Path) -> None:
    assert path.read_text(encoding="utf-8") == ""


def loaded(code: str) -> str:
    command = [sys.executable, "-c", code]
    run = subprocess.run(command, check=True, capture_output=True, text=True, cwd=FOLDER.parent)  # noqa: S603 - our own code
    return run.stdout
