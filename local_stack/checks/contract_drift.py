"""Schemas, dataclasses, examples and released versions still fit each other; ends with 1 and the reasons when not.

`python -m local_stack.checks.contract_drift`
"""

import sys

from local_stack.documents import events_page_drift
from shared_contracts.tooling.check import check


def main() -> int:
    """Print every problem of the contracts."""
    problems = [*check(), *events_page_drift()]
    for problem in problems:
        print(problem)
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
