"""The Celery app of a site, configured in code."""

import os
from typing import Any

from celery import Celery
from celery.signals import setup_logging
from kombu.utils.objects import cached_property

from site_kit.settings.env import SiteEnv, site_env
from site_kit.tasks.heartbeat import NAME, hearing

CONNECT_TIMEOUT_S = 2
SOCKET_TIMEOUT_S = 5
HEALTH_CHECK_S = 10


class SiteCelery(Celery):  # type: ignore[misc]  # Celery ships no types
    """A Celery app whose worker needs no options on its command line."""

    @cached_property
    def Worker(self) -> type[Any]:  # noqa: N802 - Celery's name
        """The worker that `celery worker` starts."""
        made: type[Any] = self.subclass_with_self("site_kit.tasks.worker:SiteWorker")
        return made


def make_celery(site: str) -> Celery:
    """The Celery app of `site`: `python -m celery -A <site>_site.celery_app worker` is all a worker needs.

    Finds the tasks in `tasks.py` of every installed app. JSON only, a thread pool with one slot per kind of work
    and two spare, no results, no ETA, one queue per site. The worker carries a beat, answers live, ready and
    metrics on the site's port + 1000, and waits for a broker that is away for as long as it takes.
    """
    os.environ.setdefault("CELERY_SKIP_CHECKS", "1")  # `migrate` ran them; here they would load every view
    app = SiteCelery(site, set_as_current=True)
    app.conf.update(_configuration(site, site_env()))
    app.steps["worker"].add("site_kit.tasks.worker:ProcessStep")
    app.task(name=NAME, ignore_result=True)(hearing.hear)
    app.autodiscover_tasks()
    setup_logging.connect(_leave_logging_alone)
    return app


def _leave_logging_alone(**_: Any) -> None:
    """Being connected is all: Celery then leaves the handlers to LOGGING."""


def _configuration(site: str, env: SiteEnv) -> dict[str, Any]:
    return {
        "broker_url": env.site_valkey_url.replace("valkey", "redis", 1),
        "broker_transport_options": {
            "global_keyprefix": f"{site}:",  # beside the database number: two sites on one queue discarded a message
            "visibility_timeout": 3600,
            "socket_connect_timeout": CONNECT_TIMEOUT_S,
            "socket_timeout": SOCKET_TIMEOUT_S,
            "socket_keepalive": True,
            "health_check_interval": HEALTH_CHECK_S,
            "retry_on_timeout": True,
            "max_retries": 0,  # who sends decides: beat ticks again, a waker has the beat behind it
        },
        "broker_connection_retry_on_startup": True,
        "broker_connection_max_retries": None,
        "broker_connection_timeout": CONNECT_TIMEOUT_S,
        "broker_pool_limit": 2,
        "task_default_queue": site,
        "task_create_missing_queues": True,
        "task_serializer": "json",
        "accept_content": ["json"],
        "task_ignore_result": True,
        "task_acks_late": False,
        "task_publish_retry": False,
        "worker_direct": True,  # a queue of its own, for the heartbeat
        "worker_pool": "threads",
        "worker_consumer": "site_kit.tasks.worker:PatientConsumer",
        "worker_prefetch_multiplier": 1,
        "worker_enable_remote_control": False,
        "worker_send_task_events": False,
        "worker_hijack_root_logger": False,
        "worker_redirect_stdouts": False,
        "worker_cancel_long_running_tasks_on_connection_loss": False,
        "worker_detect_quorum_queues": False,
        "timezone": "UTC",
    }
