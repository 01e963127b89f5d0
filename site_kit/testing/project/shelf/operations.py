"""Verbs of the sample site."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from site_kit.testing.project.refusals import TooHeavy
from site_kit.testing.project.shelf.models import Box, Room, Weighing

MOST_G = 50_000


@transaction.atomic
def put_box(
    *, label: str, room: Room, weight_g: int, arrived_at: datetime, known: Box | None = None, **more: Any
) -> Box:
    """Put a box on the shelf or change one, and write its weight into the ledger. Raises `TooHeavy`."""
    box = known or Box()
    box.label, box.room, box.weight_g, box.arrived_at = label, room, weight_g, arrived_at
    for name, value in more.items():
        setattr(box, name, value)
    box.save()
    Weighing.objects.create(box=box, weight_g=weight_g, weighed_at=timezone.now())
    if weight_g > MOST_G:
        raise TooHeavy(f"The shelf carries {MOST_G} g, not {weight_g} g.", field="weight_g", most_g=MOST_G)
    return box


@transaction.atomic
def remove_box(*, box: Box) -> None:
    """Take a box away with its ledger. Raises `TooHeavy` for a sealed one."""
    if box.is_sealed:
        raise TooHeavy("A sealed box stays where it is.")
    Weighing.objects.filter(box=box).delete()
    box.delete()


@transaction.atomic
def seal_box(*, box: Box) -> None:
    """Seal a box. Raises `TooHeavy` when it is."""
    if box.is_sealed:
        raise TooHeavy(f"{box.label} is sealed already.")
    box.is_sealed = True
    box.save(update_fields=["is_sealed"])
