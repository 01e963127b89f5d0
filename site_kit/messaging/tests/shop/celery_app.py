"""The toy shop's worker."""

import os

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "site_kit.messaging.tests.settings")

from site_kit.tasks.celery_app import make_celery

app = make_celery("shop")
