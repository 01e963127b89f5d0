"""What the worker runs."""

import os

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "site_kit.testing.project.settings")

from site_kit.tasks.celery_app import make_celery

app = make_celery("sample")
