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
PLAIN_FIELDS = ("name", "active", "weight_g")


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
    Variant.objects.filter(id__in=[variant.id for variant in there if variant.id not in kept]).delete()

    options = _known_options(choice for draft in drafts for choice in draft.options)
    for place, (draft, variant) in enumerate(zip(drafts, matches, strict=True)):
        if variant:
            variant.position = place
            change_variant(variant, _as_changes(draft), options)
    insert_variants(
        product_id, [(place, draft) for place, draft in enumerate(drafts) if matches[place] is None], options
    )


def insert_variants(
    product_id: UUID, drafts: Sequence[tuple[int, VariantDraft]], options: Options | None = None
) -> list[Variant]:
    """Add variants at their places. Raises `InvalidSku`, `InvalidBarcode`, `UnknownOption`."""
    if options is None:
        options = _known_options(choice for _, draft in drafts for choice in draft.options)
    variants = Variant.objects.bulk_create([_new(product_id, place, draft) for place, draft in drafts])
    pairs = [(variant, draft) for variant, (_, draft) in zip(variants, drafts, strict=True)]
    VariantOption.objects.bulk_create(
        _choice(variant.id, options[choice]) for variant, draft in pairs for choice in draft.options
    )
    Price.objects.bulk_create(_price(variant.id, money) for variant, draft in pairs for money in draft.prices)
    return variants


def change_variant(variant: Variant, changes: VariantChanges, options: Options | None = None) -> None:
    """Write what is named in `changes`. Raises `InvalidSku`, `InvalidBarcode`, `UnknownOption`."""
    if "sku" in changes:
        variant.sku = checked_sku(changes["sku"])
    if "barcode" in changes:
        variant.barcode = checked_barcode(changes["barcode"])
    for field in PLAIN_FIELDS:
        if field in changes:
            setattr(variant, field, changes[field])  # type: ignore[literal-required]  # one of PLAIN_FIELDS
    variant.save(update_fields=["sku", "barcode", "position", *PLAIN_FIELDS])
    if "options" in changes:
        known = options if options is not None else _known_options(changes["options"])
        _write_options(variant.id, [known[choice] for choice in changes["options"]])
    if "prices" in changes:
        _write_prices(variant.id, changes["prices"])


def _write_options(variant_id: UUID, options: Sequence[AttributeOption]) -> None:
    wanted = {option.id for option in options}
    stored = set(VariantOption.objects.filter(variant=variant_id).values_list("option_id", flat=True))
    if stored - wanted:
        VariantOption.objects.filter(variant=variant_id, option__in=stored - wanted).delete()
    VariantOption.objects.bulk_create(_choice(variant_id, option) for option in options if option.id not in stored)


def _write_prices(variant_id: UUID, prices: Sequence[Money]) -> None:
    Price.objects.filter(variant=variant_id).exclude(currency__in=[price.currency for price in prices]).delete()
    store_prices([(variant_id, price) for price in prices])


def store_prices(prices: Iterable[tuple[UUID, Money]]) -> None:
    """Set prices, known or new, in one statement."""
    Price.objects.bulk_create(
        [_price(variant_id, money) for variant_id, money in prices],
        update_conflicts=True,
        unique_fields=["variant", "currency"],
        update_fields=["amount"],
    )


def _match(draft: VariantDraft, there: Sequence[Variant]) -> Variant | None:
    if draft.variant_id:
        for variant in there:
            if variant.id == draft.variant_id:
                return variant
        raise VariantNotFound("The product has no such variant.", variant_id=str(draft.variant_id))
    return next((variant for variant in there if variant.sku.upper() == draft.sku.upper()), None)


def _known_options(choices: Iterable[OptionChoice]) -> Options:
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


def _as_changes(draft: VariantDraft) -> VariantChanges:
    return {
        "sku": draft.sku,
        "name": draft.name,
        "barcode": draft.barcode,
        "active": draft.active,
        "weight_g": draft.weight_g,
        "options": draft.options,
        "prices": draft.prices,
    }
