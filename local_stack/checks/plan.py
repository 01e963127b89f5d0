"""Which stages the test command has, in the order they start: long ones first, so that the end is not one long wait."""

import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from local_stack.checks.stage import Stage, Step

SITES_VARIABLE = "FIRST_VISCOUNT_TEST_SITES"
"""Names the sites, separated by commas, that a test run over several sites is about (default: all)."""

FROZEN_TEST_S = 600
"""A test that takes longer writes where every thread of it stands."""

PER_SITE = ("extraction", "conformance")
"""Folders of tests/ that run once for each site, side by side."""

PROOFS = ("first_run", "extraction", "conformance", "browser", "docs", "journeys")
"""Folders of tests/ that start whole platforms, clones or environments: they run with `--chaos`."""


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """What the person asked for."""

    fast: bool = False
    only: str | None = None
    expression: str | None = None
    chaos: bool = False


@dataclass(frozen=True, kw_only=True)
class Plan:
    """Makes the stages of one run; `reports` is the folder for what pytest counts."""

    root: Path
    reports: Path
    caches: Path
    sites: tuple[str, ...]
    wanted: Wanted

    def stages(self) -> list[Stage]:
        """The stages asked for, without those whose tests are not in this tree."""
        return [stage for stage in self._all() if self._is_wanted(stage)]

    def left_out(self) -> list[str]:
        """Proofs in this tree that only `--chaos` runs."""
        return [] if self.wanted.chaos else [name for name in PROOFS if (self.root / "tests" / name).is_dir()]

    def _is_wanted(self, stage: Stage) -> bool:
        if not self.wanted.chaos and stage.name.partition(" ")[0] in PROOFS:
            return False
        if self.wanted.fast and stage.slow:
            return False
        if self.wanted.expression and not any(step.report for step in stage.steps):
            return False
        if self.wanted.only and stage.site != self.wanted.only:
            return False
        return all(step.folder is None or (self.root / step.folder).is_dir() for step in stage.steps)

    def _all(self) -> Iterator[Stage]:
        yield self._types()
        yield self._style()
        yield self._tests("first_run", "tests/first_run", slow=True)
        yield from (self._tests(site, f"{site}_site/tests", site=site, parts=True) for site in self.sites)
        yield from (
            self._tests(f"{folder} {site}", f"tests/{folder}", site=site, parts=True, slow=True)
            for folder in PER_SITE
            for site in self.sites
        )
        yield self._tests("browser", "tests/browser", slow=True)
        yield self._tests("docs", "tests/docs", slow=True)
        yield from (self._tests(f"site_kit {name}", f"site_kit/{name}/tests", parts=True) for name in self._kit())
        yield self._tests("journeys", "tests/journeys", slow=True)
        yield self._arrows()
        yield from (self._drift_of(site) for site in self.sites)
        yield self._drift()
        yield self._tests("shared_contracts", "shared_contracts/tests")
        yield self._tests("local_stack", "local_stack/tests")
        yield self._tests("checks", "tests/checks")

    def _kit(self) -> list[str]:
        """Parts of the chassis that have tests, each with settings of its own."""
        return sorted({file.parents[1].name for file in (self.root / "site_kit").glob("*/tests/test_*.py")})

    def _types(self) -> Stage:
        command = _python("mypy", "--cache-dir", str(self.caches / "mypy"), ".")
        return Stage(name="types", steps=(Step(title="mypy --strict", command=command),))

    def _style(self) -> Stage:
        cache = ("--cache-dir", str(self.caches / "ruff"))
        lint = Step(title="ruff check", command=_python("ruff", "check", *cache, "."))
        form = Step(title="ruff format --check", command=_python("ruff", "format", "--check", *cache, "."))
        return Stage(name="style", steps=(lint, form))

    def _arrows(self) -> Stage:
        lint = Step(title="import-linter", command=(str(Path(sys.executable).with_name("lint-imports")), "--no-cache"))
        return Stage(name="arrows", steps=(lint, self._pytest("arrows", "tests/arrows")))

    def _drift_of(self, site: str) -> Stage:
        environment = {f"{site.upper()}_SECRET_KEY": "x" * 32, f"{site.upper()}_STATE_DIR": str(self.reports)}
        migrations = Step(
            title=f"{site}: migrations match the models",
            command=(sys.executable, f"{site}_site/manage.py", "makemigrations", "--check", "--dry-run"),
            environment=environment,
        )
        api = Step(
            title=f"{site}: the published API is current and breaks nobody",
            command=_python("local_stack.checks.api_drift", site),
            environment=environment,
        )
        return Stage(name=f"drift {site}", steps=(migrations, api), site=site, parts=True)

    def _drift(self) -> Stage:
        command = _python("local_stack.checks.contract_drift")
        return Stage(name="drift contracts", steps=(Step(title="schemas, classes, examples", command=command),))

    def _tests(
        self, name: str, folder: str, *, site: str | None = None, slow: bool = False, parts: bool = False
    ) -> Stage:
        return Stage(name=name, steps=(self._pytest(name, folder, site=site),), site=site, slow=slow, parts=parts)

    def _pytest(self, name: str, folder: str, *, site: str | None = None) -> Step:
        report = self.reports / f"{name.replace(' ', '-')}.xml"
        return Step(
            title=f"pytest {folder}",
            command=_python("pytest", *self._pytest_options(report), folder),
            report=report,
            folder=folder,
            environment={SITES_VARIABLE: site or self.wanted.only or ",".join(self.sites)},
        )

    def _pytest_options(self, report: Path) -> tuple[str, ...]:
        known = ("-p", "local_stack.checks.pytest_chaos")
        marked = known if self.wanted.chaos else (*known, "-m", "not chaos")
        matching = ("-k", self.wanted.expression) if self.wanted.expression else ()
        patience = ("-o", f"faulthandler_timeout={FROZEN_TEST_S}")
        return ("-q", "--color=no", f"--junitxml={report}", "-p", "no:cacheprovider", *patience, *marked, *matching)


def _python(module: str, *arguments: str) -> tuple[str, ...]:
    return (sys.executable, "-m", module, *arguments)
