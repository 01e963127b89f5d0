"""What `celery -A inventory_site.celery_app worker` runs."""

import os

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "inventory_site.settings.base")

from site_kit.tasks.celery_app import make_celery

app = make_celery("inventory")
