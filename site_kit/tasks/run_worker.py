"""Start a site's worker: `python -m site_kit.tasks.run_worker catalog_site.celery_app`.

The same worker as `python -m celery -A catalog_site.celery_app worker`, without Celery's command line, which
imports an interactive shell (10 MB) that nobody talks to.
"""

import sys
from importlib import import_module

from site_kit.settings.process_kind import announce


def main(words: list[str]) -> int:
    """Run until told to stop; returns the exit code."""
    if len(words) != 1:
        sys.stderr.write("usage: python -m site_kit.tasks.run_worker <module of the Celery app>\n")
        return 2
    announce("worker")
    app = import_module(words[0]).app
    app.set_current()
    worker = app.Worker(loglevel="INFO")
    worker.start()
    return int(worker.exitcode or 0)


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
