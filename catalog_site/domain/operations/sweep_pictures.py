"""Files that a crash left behind are removed."""

from datetime import timedelta

from catalog_site.domain import clock
from catalog_site.domain.models import Product
from catalog_site.domain.picture_files import forgotten_pictures, remove_files

GRACE = timedelta(days=1)


def sweep_pictures() -> int:
    """Remove pictures that no product has and that are older than a day; returns how many. Safe to repeat.

    The grace is for uploads whose row is about to be committed.
    """
    named = Product.objects.exclude(picture="").values_list("picture", flat=True)
    forgotten = forgotten_pictures(named.iterator(), before=clock.now() - GRACE)
    for name in forgotten:
        remove_files(name)
    return len(forgotten)
