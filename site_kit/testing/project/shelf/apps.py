"""A shelf of boxes."""

from django.apps import AppConfig


class ShelfConfig(AppConfig):
    """The only domain of the sample site."""

    name = "site_kit.testing.project.shelf"
    label = "shelf"
    verbose_name = "Shelf"
    default_auto_field = "django.db.models.BigAutoField"
