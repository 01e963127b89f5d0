"""Reads pytest's JUnit file: the only report that names every test and every reason for a skip."""

import xml.etree.ElementTree as ElementTree
from collections import Counter
from pathlib import Path

from local_stack.checks.outcome import Outcome

_BAD = ("failure", "error")


def outcome_of(report: Path) -> Outcome:
    """Count what a pytest run reported.

    A test that fails and then also breaks while it is torn down counts as one failure.
    Raises `FileNotFoundError` when pytest died before it could write, `ParseError` when it died writing.
    """
    cases = list(ElementTree.parse(report).getroot().iter("testcase"))  # noqa: S314  (written by our own pytest)
    failures = dict.fromkeys(_name(case) for case in cases if any(case.find(tag) is not None for tag in _BAD))
    reasons = [_reason(mark) for case in cases if (mark := case.find("skipped")) is not None]
    names = {_name(case) for case in cases}
    return Outcome(
        passed=len(names) - len(failures) - len(reasons),
        failed=len(failures),
        skipped=len(reasons),
        failures=tuple(failures),
        skips=dict(Counter(reasons)),
    )


def _name(case: ElementTree.Element) -> str:
    return f"{case.get('classname', '')}::{case.get('name', '')}".removeprefix("::")


def _reason(mark: ElementTree.Element) -> str:
    said = mark.get("message") or (mark.text or "").strip() or "no reason given"
    return said.removeprefix("Skipped: ").splitlines()[0]
