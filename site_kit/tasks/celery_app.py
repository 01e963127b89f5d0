"""The Celery app of a site."""

from celery import Celery


def make_celery(site: str) -> Celery:
    """The Celery app of `site`, configured in code: `python -m celery -A <site>_site.celery_app worker` is all.

    Finds the tasks in `tasks.py` of every installed app and of the site's own package.
    JSON only, a thread pool with one slot per kind of work and two spare, results ignored, one queue per site.
    """
    raise NotImplementedError
