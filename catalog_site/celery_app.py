"""What `celery -A catalog_site.celery_app worker` runs."""

import os

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "catalog_site.settings.base")

from site_kit.tasks.celery_app import make_celery

app = make_celery("catalog")
