"""The three processes of a site, as the supervisor wants to hear of them."""

import sys

from local_stack.sites import Site
from local_stack.stack import Stack
from local_stack.supervision.spec import Probe, ProcessSpec

READY = "/health/ready"


def specs(stack: Stack, site: Site) -> list[ProcessSpec]:
    """Web, worker and consumer; makes the site's small state folder."""
    stack.home.of_site(site.name).mkdir(parents=True, exist_ok=True)
    web, worker, consumer = site.processes
    gunicorn = ("gunicorn", "-c", "python:site_kit.processes.gunicorn_conf", f"{site.package}.wsgi:application")
    celery = ("celery", "-A", f"{site.package}.celery_app", "worker")
    return [
        _spec(stack, site, web, ("-m", *gunicorn), stack.ports.of_web(site.name)),
        _spec(stack, site, worker, ("-m", *celery), stack.ports.of_worker(site.name)),
        _spec(
            stack, site, consumer, (f"{site.package}/manage.py", "consume_events"), stack.ports.of_consumer(site.name)
        ),
    ]


def _spec(stack: Stack, site: Site, name: str, arguments: tuple[str, ...], port: int) -> ProcessSpec:
    return ProcessSpec(
        name=name,
        group=site.name,
        argv=(sys.executable, *arguments),
        env=stack.process_environment(site, name),
        cwd=str(stack.home.clone),
        log=str(stack.home.logs / f"{name}.log"),
        ready=Probe("http", port, READY),
    )
