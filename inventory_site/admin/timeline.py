"""Why a number is what it is: the newest lines of the ledger of one stock item."""

from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from inventory_site.admin.links import cause_link, list_link
from inventory_site.domain.models import Movement, StockItem

SHOWN = 50
BUCKETS = ("on_hand", "reserved", "allocated", "dispatched", "deducted")


def timeline(item: StockItem) -> SafeString:
    """A table, newest first, with a link to all of it."""
    lines = [
        {"movement": movement, "change": change(movement), "why": why(movement), "cause": cause_link(movement)}
        for movement in Movement.objects.filter(stock_item=item).order_by("-id")[:SHOWN]
    ]
    every = list_link(Movement, "All movements of this stock item", stock_item__id__exact=item.pk)
    return render_to_string("inventory_site/timeline.html", {"lines": lines, "all": every})


def change(movement: Movement) -> str:
    """The differences in words: `on hand −2, dispatched +2`."""
    moved = [(bucket.replace("_", " "), getattr(movement, bucket)) for bucket in BUCKETS]
    return ", ".join(f"{bucket} {units:+d}" for bucket, units in moved if units).replace("-", "−")


def why(movement: Movement) -> str:
    """Reason, note and reference, as far as there are any."""
    return " · ".join(text for text in (movement.reason, movement.note, movement.reference) if text)
