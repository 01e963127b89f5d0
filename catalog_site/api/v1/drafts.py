"""From a validated body to what the domain takes."""

from collections.abc import Mapping, Sequence
from typing import Any, cast

from catalog_site.domain.drafts import OptionChoice, ProductChanges, ProductDraft, VariantChanges, VariantDraft
from catalog_site.domain.money import Money

Body = Mapping[str, Any]


def product_draft(body: Body) -> ProductDraft:
    """A product to be made. Raises the refusals of `Money`."""
    return ProductDraft(
        **{**body, "category_ids": tuple(body["category_ids"]), "variants": _variants(body["variants"])}
    )


def product_changes(body: Body) -> ProductChanges:
    """What shall be different about a product. Raises the refusals of `Money`."""
    changes = dict(body)
    if "category_ids" in changes:
        changes["category_ids"] = tuple(changes["category_ids"])
    if "variants" in changes:
        changes["variants"] = _variants(changes["variants"])
    return cast(ProductChanges, changes)


def variant_draft(body: Body) -> VariantDraft:
    """A variant as it shall be. Raises the refusals of `Money`."""
    plain = {name: value for name, value in body.items() if name != "id"}
    return VariantDraft(
        **{
            **plain,
            "variant_id": body.get("id"),
            "options": _options(body["options"]),
            "prices": _prices(body["prices"]),
        }
    )


def variant_changes(body: Body) -> VariantChanges:
    """What shall be different about a variant. Raises the refusals of `Money`."""
    changes = dict(body)
    if "options" in changes:
        changes["options"] = _options(changes["options"])
    if "prices" in changes:
        changes["prices"] = _prices(changes["prices"])
    return cast(VariantChanges, changes)


def _variants(bodies: Sequence[Body]) -> tuple[VariantDraft, ...]:
    return tuple(variant_draft(body) for body in bodies)


def _options(bodies: Sequence[Body]) -> tuple[OptionChoice, ...]:
    return tuple(OptionChoice(body["axis"], body["value"]) for body in bodies)


def _prices(bodies: Sequence[Body]) -> tuple[Money, ...]:
    return tuple(Money(body["currency"], body["amount"]) for body in bodies)
