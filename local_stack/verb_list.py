"""Which verbs there are, read from the files in verbs/ without importing them.

Standard library only: manage_all.py answers help and misspelt verbs with it before anything is installed.
"""

import ast
import difflib
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path

from local_stack import exit_codes

VERBS = Path(__file__).parent / "verbs"
FIRST = ("up", "status", "login", "logs", "down", "restart")  # in the order in which newcomers need them


def names() -> list[str]:
    """Every verb, the everyday ones first."""
    found = {path.stem for path in VERBS.glob("*.py")} - {"__init__"}
    return [verb for verb in FIRST if verb in found] + sorted(found.difference(FIRST))


def answer(arguments: Sequence[str]) -> int | None:
    """Print what can be said without any verb's own code; None when a verb has to run.

    Returns an exit code: 0 for help asked for, 2 for a missing or unknown verb.
    """
    if not arguments:
        print(overview(), file=sys.stderr)
        return exit_codes.USAGE
    if arguments[0] in ("-h", "--help", "help"):
        print(overview())
        return exit_codes.OK
    if arguments[0] not in names():
        print(unknown("verb", arguments[0], names()), file=sys.stderr)
        return exit_codes.USAGE
    return None


def overview() -> str:
    """The page shown by `manage_all.py --help`: one line for each verb."""
    lines = [f"  {verb:<10} {summary(verb)}" for verb in names()]
    head = "usage: python3 manage_all.py VERB [...]\n\nFirst Viscount on one machine. Verbs:\n"
    tail = "\nExample: python3 manage_all.py up --detach\nMore about one: python3 manage_all.py VERB --help"
    return "\n".join([head, *lines, tail])


def summary(verb: str) -> str:
    """The first line of the docstring of the verb's module."""
    docstring = ast.get_docstring(ast.parse((VERBS / f"{verb}.py").read_text(encoding="utf-8")))
    return (docstring or "").partition("\n")[0]


def unknown(kind: str, given: str, known: Iterable[str]) -> str:
    """The sentence for a misspelt name; names the nearest, or all when none is near."""
    choices = list(known)
    near = difflib.get_close_matches(given, choices, n=1, cutoff=0.5)
    hint = f"did you mean {near[0]!r}?" if near else f"there are: {', '.join(choices)}."
    return f"There is no {kind} {given!r}; {hint}"
