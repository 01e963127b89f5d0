"""The sample store's categories and axes."""

from typing import NamedTuple


class Shelf(NamedTuple):
    """A category: its slug, its name, and the slug of the one it hangs below (empty: a root)."""

    slug: str
    name: str
    parent: str = ""


class Axis(NamedTuple):
    """An attribute that variants differ in, and its options: code → name, in the order they are shown."""

    code: str
    name: str
    options: dict[str, str]


SHELVES = (
    Shelf("kitchen", "Kitchen"),
    Shelf("tea-and-coffee", "Tea and coffee", "kitchen"),
    Shelf("home", "Home"),
    Shelf("lighting", "Lighting", "home"),
    Shelf("clothing", "Clothing"),
    Shelf("bags", "Bags"),
    Shelf("stationery", "Stationery"),
    Shelf("outdoors", "Outdoors"),
)

AXES = (
    Axis(
        "colour",
        "Colour",
        {
            "sand": "Sand",
            "clay": "Clay",
            "cherry": "Cherry",
            "moss": "Moss",
            "sky": "Sky",
            "ink": "Ink",
            "slate": "Slate",
        },
    ),
    Axis("size", "Size", {"s": "S", "m": "M", "l": "L", "xl": "XL"}),
    Axis("volume", "Volume", {"300ml": "300 ml", "500ml": "500 ml", "1l": "1 litre"}),
    Axis("ruling", "Ruling", {"plain": "Plain", "lined": "Lined", "dotted": "Dotted"}),
)
