"""Periodic work of the sample site."""

from site_kit.tasks.periodic import periodic
from site_kit.testing.project.shelf.models import Box


@periodic(every_s=2)
def count_heavy_boxes() -> None:
    """Counts and tells nobody."""
    Box.objects.filter(weight_g__gt=20_000)[:100].count()
