"""gunicorn's configuration for every site.

    python -m gunicorn -c python:site_kit.processes.gunicorn_conf catalog_site.wsgi:application

needs DJANGO_SETTINGS_MODULE. The site is loaded once and forked, so workers share its memory; whatever is a
thread, a connection or a producer begins in `post_fork`.
"""

import gc
import os
import sys
from importlib import import_module
from pathlib import Path
from typing import Any

from site_kit.settings.process_kind import announce

if not os.environ.get("DJANGO_SETTINGS_MODULE"):
    sys.stderr.write("DJANGO_SETTINGS_MODULE is not set: expected the site's settings, catalog_site.settings.base.\n")
    raise SystemExit(2)
announce("web")

from django.conf import settings  # noqa: E402 - the kind of process decides what the settings are

from site_kit.settings.env import SiteEnv  # noqa: E402
from site_kit.telemetry.metrics import forget_process, use_multiprocess_dir  # noqa: E402

_env: SiteEnv = settings.ENV
use_multiprocess_dir(_env.state_dir / "metrics" / "web")
# whitenoise looks there whether collectstatic has run or not
Path(str(settings.STATIC_ROOT)).mkdir(parents=True, exist_ok=True)

bind = f"{_env.bind}:{_env.port}"
workers = _env.web_workers
threads = _env.web_threads
worker_class = "gthread"
preload_app = True
timeout = 30
graceful_timeout = 8
keepalive = 5
backlog = 256
max_requests = 0  # a recycled gthread worker breaks requests in flight
limit_request_line = 8190
limit_request_field_size = 8190
worker_tmp_dir = "/dev/shm" if Path("/dev/shm").is_dir() else None  # noqa: S108 - gunicorn's heartbeat file, unnamed
accesslog = None
logger_class = "site_kit.processes.gunicorn_logs.SiteLogger"
proc_name = f"{_env.SITE}-web"
control_socket_disable = True


def when_ready(server: Any) -> None:
    """Load what the first request would load, before the fork, so that workers share it."""
    from django.db import connections
    from django.urls import get_resolver

    import_module(settings.ROOT_URLCONF)
    _ = get_resolver().url_patterns
    connections.close_all()
    gc.collect()
    gc.freeze()  # a garbage collection writes into every object it looks at, which would unshare the pages


def post_fork(server: Any, worker: Any) -> None:
    """Begin this worker's threads."""
    from site_kit.processes import lifecycle

    lifecycle.begin("web")


def worker_exit(server: Any, worker: Any) -> None:
    """Send the last spans."""
    from site_kit.processes import lifecycle

    lifecycle.end()


def child_exit(server: Any, worker: Any) -> None:
    """Forget the live gauges of a worker that ended."""
    forget_process(worker.pid)
