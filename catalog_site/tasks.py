"""What the worker does by itself."""

from catalog_site.domain.operations.sweep_pictures import sweep_pictures
from site_kit.tasks.periodic import periodic


@periodic(every_s=24 * 60 * 60)
def sweep_forgotten_pictures() -> None:
    """Files that a crash left behind, once a day."""
    sweep_pictures()
