"""`python -m local_stack VERB …`: find the verb's module, read its arguments, run it."""

import argparse
import importlib
import sys
from typing import NoReturn, Protocol, cast

from local_stack import exit_codes, verb_list
from local_stack.refusals import StackRefusal
from local_stack.ui.lines import problem


class Verb(Protocol):
    """What a module in verbs/ offers; its docstring is the description, EXAMPLE ends its help."""

    __doc__: str | None
    EXAMPLE: str

    def configure(self, parser: argparse.ArgumentParser) -> None: ...

    def run(self, args: argparse.Namespace) -> int: ...


class Parser(argparse.ArgumentParser):
    """An argument parser whose complaint ends with where help is."""

    def error(self, message: str) -> NoReturn:
        problem(f"{message}. More: python3 {self.prog} --help")
        sys.exit(exit_codes.USAGE)


def main(arguments: list[str]) -> int:
    """Run one verb and return its exit code; a refusal becomes its sentence and its code."""
    answered = verb_list.answer(arguments)
    if answered is not None:
        return answered
    verb = cast(Verb, importlib.import_module(f"local_stack.verbs.{arguments[0]}"))
    parser = Parser(
        prog=f"manage_all.py {arguments[0]}",
        description=verb.__doc__,
        epilog=f"example:\n  python3 manage_all.py {verb.EXAMPLE}",
        formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )
    verb.configure(parser)
    try:
        return verb.run(parser.parse_args(arguments[1:]))
    except StackRefusal as refusal:
        problem(str(refusal))
        return refusal.exit_code
    except KeyboardInterrupt:
        return exit_codes.INTERRUPTED
    except BrokenPipeError:
        sys.stderr.close()  # the reader of our output has gone, as with `logs | head`
        return exit_codes.OK


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
