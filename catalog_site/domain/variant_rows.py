"""Writing variants, their options and prices. The product is locked by the caller, who judges the whole afterwards."""

from collections.abc import Iterable, Mapping, Sequence
from uuid import UUID

from catalog_site.domain import clock
from catalog_site.domain.drafts import OptionChoice, VariantChanges, VariantDraft
from catalog_site.domain.errors import SkuTaken, UnknownOption, VariantNotFound
from catalog_site.domain.identifiers import checked_barcode, checked_sku
from catalog_site.domain.models import AttributeOption, Price, Variant, VariantOption
from catalog_site.domain.money import Money

Options = Mapping[OptionChoice, AttributeOption]
PLAIN_FIELDS = ("name", "active", "weight_g", "position")


def write_variants(product_id: UUID, drafts: Sequence[VariantDraft]) -> None:
    """Make the variants exactly these, in this order: known ones change, new ones come, others go.

    Raises `VariantNotFound` for an id that is not this product's, `SkuTaken` for two drafts of one variant,
    `InvalidSku`, `InvalidBarcode`, `UnknownOption`.
    """
    there = list(Variant.objects.filter(product=product_id))
    matches = [_match(draft, there) for draft in drafts]
    kept = [variant.id for variant in matches if variant]
    if len(set(kept)) < len(kept):
        raise SkuTaken("The list names one variant twice.")
    gone = [variant.id for variant in there if variant.id not in kept]
    if gone:
        Variant.objects.filter(id__in=gone).delete()

    options = known_options(choice for draft in drafts for choice in draft.options)
    placed = list(enumerate(zip(drafts, matches, strict=True)))
    change_variants([(variant, _as_changes(draft, place)) for place, (draft, variant) in placed if variant], options)
    insert_variants(product_id, [(place, draft) for place, (draft, variant) in placed if variant is None], options)


def insert_variants(
    product_id: UUID, drafts: Sequence[tuple[int, VariantDraft]], options: Options | None = None
) -> list[Variant]:
    """Add variants at their places. Raises `InvalidSku`, `InvalidBarcode`, `UnknownOption`."""
    if options is None:
        options = known_options(choice for _, draft in drafts for choice in draft.options)
    variants = Variant.objects.bulk_create([_new(product_id, place, draft) for place, draft in drafts])
    pairs = [(variant, draft) for variant, (_, draft) in zip(variants, drafts, strict=True)]
    VariantOption.objects.bulk_create(
        _choice(variant.id, options[choice]) for variant, draft in pairs for choice in draft.options
    )
    Price.objects.bulk_create(_price(variant.id, money) for variant, draft in pairs for money in draft.prices)
    return variants


def change_variants(wishes: Sequence[tuple[Variant, VariantChanges]], options: Options | None = None) -> None:
    """Write what is named in the changes and different; a handful of statements however many variants.

    Raises `InvalidSku`, `InvalidBarcode`, `UnknownOption`.
    """
    if options is None:
        options = known_options(choice for _, changes in wishes for choice in changes.get("options", ()))
    changed = [variant for variant, changes in wishes if _set_fields(variant, changes)]
    if changed:
        Variant.objects.bulk_update(changed, ["sku", "barcode", *PLAIN_FIELDS])
    _write_options(
        {
            variant.id: [options[choice] for choice in changes["options"]]
            for variant, changes in wishes
            if "options" in changes
        }
    )
    _write_prices({variant.id: changes["prices"] for variant, changes in wishes if "prices" in changes})


def store_prices(prices: Sequence[tuple[UUID, Money]]) -> None:
    """Set prices, known or new, in one statement."""
    Price.objects.bulk_create(
        [_price(variant_id, money) for variant_id, money in prices],
        update_conflicts=True,
        unique_fields=["variant", "currency"],
        update_fields=["amount"],
    )


def _set_fields(variant: Variant, changes: VariantChanges) -> bool:
    """Set the variant's own fields; whether anything is different."""
    before = [getattr(variant, field) for field in ("sku", "barcode", *PLAIN_FIELDS)]
    if "sku" in changes:
        variant.sku = checked_sku(changes["sku"])
    if "barcode" in changes:
        variant.barcode = checked_barcode(changes["barcode"])
    for field in PLAIN_FIELDS:
        if field in changes:
            setattr(variant, field, changes[field])  # type: ignore[literal-required]  # one of PLAIN_FIELDS
    return before != [getattr(variant, field) for field in ("sku", "barcode", *PLAIN_FIELDS)]


def _write_options(wanted: Mapping[UUID, Sequence[AttributeOption]]) -> None:
    if not wanted:
        return
    rows = VariantOption.objects.filter(variant__in=wanted).values_list("id", "variant_id", "option_id")
    stored = {(variant_id, option_id): id_ for id_, variant_id, option_id in rows}
    asked = {(variant_id, option.id): option for variant_id, options in wanted.items() for option in options}
    gone = [id_ for key, id_ in stored.items() if key not in asked]
    if gone:
        VariantOption.objects.filter(id__in=gone).delete()
    VariantOption.objects.bulk_create(_choice(key[0], option) for key, option in asked.items() if key not in stored)


def _write_prices(wanted: Mapping[UUID, Sequence[Money]]) -> None:
    if not wanted:
        return
    rows = Price.objects.filter(variant__in=wanted).values_list("id", "variant_id", "currency", "amount")
    stored = {(variant_id, currency): (id_, amount) for id_, variant_id, currency, amount in rows}
    asked = {(variant_id, money.currency): money for variant_id, prices in wanted.items() for money in prices}
    gone = [id_ for key, (id_, _) in stored.items() if key not in asked]
    if gone:
        Price.objects.filter(id__in=gone).delete()
    store_prices(
        [(key[0], money) for key, money in asked.items() if key not in stored or stored[key][1] != money.amount]
    )


def _match(draft: VariantDraft, there: Sequence[Variant]) -> Variant | None:
    if draft.variant_id:
        for variant in there:
            if variant.id == draft.variant_id:
                return variant
        raise VariantNotFound("The product has no such variant.", variant_id=str(draft.variant_id))
    return next((variant for variant in there if variant.sku.upper() == draft.sku.upper()), None)


def known_options(choices: Iterable[OptionChoice]) -> Options:
    """The options by code. Raises `UnknownOption` for the first that is not there."""
    wanted = set(choices)
    found = AttributeOption.objects.select_related("attribute").filter(
        attribute__code__in={choice.axis for choice in wanted}, code__in={choice.value for choice in wanted}
    )
    known = {OptionChoice(option.attribute.code, option.code): option for option in found} if wanted else {}
    if unknown := sorted(wanted - known.keys()):
        axis, value = unknown[0].axis, unknown[0].value
        raise UnknownOption(f"There is no option {axis}: {value}.", axis=axis, value=value)
    return known


def _new(product_id: UUID, place: int, draft: VariantDraft) -> Variant:
    return Variant(
        id=draft.variant_id or clock.new_id(),
        product_id=product_id,
        position=place,
        sku=checked_sku(draft.sku),
        name=draft.name,
        barcode=checked_barcode(draft.barcode),
        active=draft.active,
        weight_g=draft.weight_g,
    )


def _choice(variant_id: UUID, option: AttributeOption) -> VariantOption:
    return VariantOption(variant_id=variant_id, attribute_id=option.attribute_id, option=option)


def _price(variant_id: UUID, money: Money) -> Price:
    return Price(variant_id=variant_id, currency=money.currency, amount=money.amount)


def _as_changes(draft: VariantDraft, place: int) -> VariantChanges:
    return {
        "sku": draft.sku,
        "name": draft.name,
        "barcode": draft.barcode,
        "active": draft.active,
        "weight_g": draft.weight_g,
        "options": draft.options,
        "prices": draft.prices,
        "position": place,
    }
