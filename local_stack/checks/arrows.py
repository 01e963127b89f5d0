"""Two kinds of import contract that import-linter does not ship: an allow-list, and parts of an outside package."""

import ast
import importlib.util
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import cast

from grimp import ImportGraph
from importlinter import Contract, ContractCheck, fields, output

STANDARD_LIBRARY = "standard library"
"""In a list of allowed imports: every module that comes with Python."""


class OnlyImports(Contract):
    """The modules named may import what is allowed (and each other), directly, and nothing else.

    `judged` says of what is judged: `everything`, or only `our own` packages, so that outside
    libraries are left to another contract. Modules under `except_for` are not looked at.
    """

    type_name = "only_imports"

    modules = fields.ListField(subfield=fields.StringField())
    allowed = fields.ListField(subfield=fields.StringField())
    except_for = fields.ListField(subfield=fields.StringField(), required=False, default=())
    judged = fields.StringField(required=False, default="everything")

    def check(self, graph: ImportGraph, verbose: bool) -> ContractCheck:
        """Look at every direct import of the modules and of all below them."""
        modules, allowed = cast(list[str], self.modules), cast(list[str], self.allowed)
        own_roots = set(cast(list[str], self.session_options["root_packages"]))
        broken = sorted(
            f"{importer} imports {imported}"
            for module in modules
            for importer in _package(graph, module)
            if not _within(importer, cast(list[str], self.except_for))
            for imported in graph.find_modules_directly_imported_by(importer)
            if cast(str, self.judged) == "everything" or imported.partition(".")[0] in own_roots
            if not _within(imported, [module, *allowed]) and not _standard(imported, allowed)
        )
        return ContractCheck(kept=not broken, metadata={"broken": broken})

    def render_broken_contract(self, check: ContractCheck) -> None:
        """Print one line for each import that is not allowed."""
        _print_lines(check)


class ForbiddenParts(Contract):
    """Nothing that the modules import, at any distance inside our own packages, imports these parts.

    For packages of which one half is wanted (`django.db`) and the other is not (`django.http`):
    import-linter sees an outside package only as a whole.
    """

    type_name = "forbidden_parts"

    modules = fields.ListField(subfield=fields.StringField())
    parts = fields.ListField(subfield=fields.StringField())

    def check(self, graph: ImportGraph, verbose: bool) -> ContractCheck:
        """Read the import statements of every module reachable from the ones named."""
        parts = cast(list[str], self.parts)
        broken = sorted(
            f"{module} is used by {source} and imports {statement.name} (line {statement.line})"
            for source in cast(list[str], self.modules)
            for module in _reachable(graph, source)
            for statement in _imports_of(module)
            if _within(statement.name, parts)
        )
        return ContractCheck(kept=not broken, metadata={"broken": broken})

    def render_broken_contract(self, check: ContractCheck) -> None:
        """Print one line for each import that is forbidden."""
        _print_lines(check)


@dataclass(frozen=True)
class _Import:
    name: str
    line: int


def _package(graph: ImportGraph, module: str) -> set[str]:
    if module not in graph.modules:
        raise ValueError(f"Module '{module}' does not exist.")
    return {module, *graph.find_descendants(module)}


def _reachable(graph: ImportGraph, module: str) -> set[str]:
    inside = _package(graph, module)
    upstream = graph.find_upstream_modules(module, as_package=True)
    return inside | {name for name in upstream if not graph.is_module_squashed(name)}


def _within(module: str, packages: list[str]) -> bool:
    return any(module == package or module.startswith(package + ".") for package in packages)


def _standard(module: str, allowed: list[str]) -> bool:
    return STANDARD_LIBRARY in allowed and module.partition(".")[0] in sys.stdlib_module_names


def _imports_of(module: str) -> Iterator[_Import]:
    tree = ast.parse(_source_of(module).read_text(encoding="utf-8"))
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (_Import(alias.name, node.lineno) for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.level == 0:
            yield from (_Import(f"{node.module}.{alias.name}", node.lineno) for alias in node.names)


def _source_of(module: str) -> Path:
    root, *rest = module.split(".")
    spec = importlib.util.find_spec(root)
    if spec is None or not spec.submodule_search_locations:
        raise ValueError(f"Package '{root}' cannot be found.")
    path = Path(next(iter(spec.submodule_search_locations))).joinpath(*rest)
    return path / "__init__.py" if path.is_dir() else path.with_suffix(".py")


def _print_lines(check: ContractCheck) -> None:
    for line in cast(list[str], check.metadata["broken"]):
        output.print_error(line, bold=False)
