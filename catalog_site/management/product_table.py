"""Products as a table, one row per variant: what `export_products` writes and `import_products` reads.

The first row of a product carries its own fields; in further rows they may be empty. A product without variants has
one row without a SKU. Lists stand in one cell with semicolons: `kitchen;bowls`, `colour=red;size=m`. Each `price XYZ`
column is a price in that currency; an empty cell means there is none.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from uuid import UUID

from catalog_site.domain.drafts import OptionChoice, VariantDraft
from catalog_site.domain.money import Money, amount_text
from catalog_site.domain.state import ProductState, VariantState
from catalog_site.management.cells import defused, plain

OWN = ("slug", "name", "brand", "status", "categories", "description")
VARIANT = ("sku", "variant_name", "barcode", "active", "weight_g", "options")
PRICE = "price "
YES = {"yes": True, "true": True, "1": True, "": True, "no": False, "false": False, "0": False}

Row = Mapping[str, str]


class BadRow(Exception):  # noqa: N818 - names what is bad
    """A row of the table cannot be read; the message is for the person who made it."""


@dataclass(frozen=True, slots=True)
class TableProduct:
    """A product as the table has it: where it stands, its own fields by column name, its variants."""

    line: int
    slug: str
    own: Mapping[str, str]
    rows: list[tuple[int, Row]] = field(default_factory=list)

    def variants(self) -> tuple[VariantDraft, ...]:
        """Its variants. Raises `BadRow` and the refusals of `Money`."""
        return tuple(_draft(line, row) for line, row in self.rows if row.get("sku"))


def columns(currencies: Iterable[str]) -> list[str]:
    """The header of the table."""
    return [*OWN, *VARIANT, *(f"{PRICE}{currency}" for currency in sorted(currencies))]


def table_rows(product: ProductState, category_slugs: Mapping[UUID, str]) -> Iterator[dict[str, str]]:
    """The rows of one product, ready for a spreadsheet."""
    own = {
        "slug": product.slug,
        "name": product.name,
        "brand": product.brand,
        "status": product.status,
        "categories": ";".join(sorted(category_slugs[id_] for id_ in product.category_ids)),
        "description": product.description,
    }
    for cells in [_variant_cells(variant) for variant in product.variants] or [{}]:
        yield {name: defused(value) for name, value in {**own, **cells}.items()}
        own = {"slug": product.slug}


def read_products(lines: Iterable[tuple[int, Row]]) -> Iterator[TableProduct]:
    """Products in the order of the table; rows of one product follow each other.

    Raises `BadRow` for a row that belongs to none.
    """
    current: TableProduct | None = None
    for line, cells in lines:
        row = {name: plain(value or "").strip() for name, value in cells.items() if name}
        slug = row.get("slug") or (current.slug if current else "")
        if not slug:
            raise BadRow(f"line {line}: slug is empty")
        if current is None or slug != current.slug:
            if current:
                yield current
            current = TableProduct(line, slug, {name: row[name] for name in OWN if name in row})
        current.rows.append((line, row))
    if current:
        yield current


def check_header(header: Sequence[str]) -> None:
    """Raises `BadRow` for a column nobody knows, or for one that is missing."""
    unknown = [name for name in header if name not in {*OWN, *VARIANT} and not name.startswith(PRICE)]
    if unknown or "slug" not in header:
        raise BadRow(f"unknown column: {unknown[0]}" if unknown else "the column slug is missing")


def _variant_cells(variant: VariantState) -> dict[str, str]:
    return {
        "sku": variant.sku,
        "variant_name": variant.name,
        "barcode": variant.barcode,
        "active": "yes" if variant.active else "no",
        "weight_g": "" if variant.weight_g is None else str(variant.weight_g),
        "options": ";".join(f"{option.axis}={option.value}" for option in variant.options),
        **{f"{PRICE}{price.currency}": amount_text(price.currency, price.amount) for price in variant.prices},
    }


def _draft(line: int, row: Row) -> VariantDraft:
    try:
        weight = row.get("weight_g", "")
        return VariantDraft(
            sku=row["sku"],
            name=row.get("variant_name", ""),
            barcode=row.get("barcode", ""),
            active=YES[row.get("active", "").lower()],
            weight_g=int(weight) if weight else None,
            options=tuple(_option(choice) for choice in row.get("options", "").split(";") if choice),
            prices=tuple(
                Money(name.removeprefix(PRICE), Decimal(cell))
                for name, cell in row.items()
                if name.startswith(PRICE) and cell
            ),
        )
    except KeyError as fault:
        raise BadRow(f"line {line}: active is yes or no, not {fault}") from None
    except (ValueError, InvalidOperation):
        raise BadRow(f"line {line}: a number or an option cannot be read") from None


def _option(choice: str) -> OptionChoice:
    axis, value = choice.split("=")
    return OptionChoice(axis.strip(), value.strip())
