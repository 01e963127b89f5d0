"""What the sample store sells: sixty products, made up for this project, in `goods.csv`."""

import csv
from decimal import Decimal
from pathlib import Path
from typing import NamedTuple


class Goods(NamedTuple):
    """One product: `code` starts its SKUs, `eur` is the price of its cheapest variant, `shape` what is drawn.

    `axes` names the options it comes in, one word per option and a slash between axes: "moss ink/s m l".
    `hue` is the main colour of its picture, 0 to 359.
    """

    code: str
    name: str
    shelf: str
    brand: str
    eur: Decimal
    weight_g: int
    shape: str
    hue: int
    axes: str
    description: str


def _read(row: dict[str, str]) -> Goods:
    numbers = {"eur": Decimal(row["eur"]), "weight_g": int(row["weight_g"]), "hue": int(row["hue"])}
    return Goods(**{**row, **numbers})  # type: ignore[arg-type]  # the columns are the fields


with Path(__file__).with_name("goods.csv").open(newline="", encoding="utf-8") as _file:
    GOODS = tuple(map(_read, csv.DictReader(_file)))
