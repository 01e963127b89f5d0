"""Attributes (axes) and their options are made, renamed and removed."""

import re
from typing import Any, TypedDict

from django.db import transaction

from catalog_site.domain.constraints import refusing
from catalog_site.domain.errors import AttributeInUse, AttributeNotFound, InvalidCode, RevisionMoved
from catalog_site.domain.models import Attribute, AttributeOption, VariantOption
from site_kit.messaging.emit import log_staff_change
from site_kit.messaging.locks import lock_rows

CODE = re.compile(r"(?=.{1,40}$)[a-z0-9]+(-[a-z0-9]+)*")


class NameChanges(TypedDict, total=False):
    """What shall be different; codes never change, other sites and addresses say them."""

    name: str
    position: int


@transaction.atomic
def create_attribute(*, code: str, name: str, position: int = 0) -> Attribute:
    """Make an axis such as colour. Not safe to repeat (`CodeTaken`).

    Raises `InvalidCode`, `CodeTaken`. Logged, not published.
    """
    attribute = Attribute(code=_checked(code), name=name, position=position)
    with refusing():
        attribute.save(force_insert=True)
    _log(attribute, {"created": {"code": code, "name": name}})
    return attribute


@transaction.atomic
def edit_attribute(*, code: str, changes: NameChanges, expected_revision: int | None = None) -> Attribute:
    """Rename or reorder an axis. Safe to repeat. Raises `AttributeNotFound`, `RevisionMoved`. Logged, not published."""
    attribute = _held(code, expected_revision)
    different = {field: value for field, value in changes.items() if getattr(attribute, field) != value}
    if different:
        for field, value in different.items():
            setattr(attribute, field, value)
        _touched(attribute, different)
    return attribute


@transaction.atomic
def delete_attribute(*, code: str, expected_revision: int | None = None) -> None:
    """Remove an axis with its options.

    Raises `AttributeNotFound` (also the second time), `RevisionMoved`, `AttributeInUse` while a variant has it.
    Logged, not published.
    """
    attribute = _held(code, expected_revision)
    if VariantOption.objects.filter(attribute=attribute).exists():
        raise AttributeInUse("Variants still use this attribute.", attribute=code)
    _log(attribute, {"deleted": {"code": code}})
    AttributeOption.objects.filter(attribute=attribute).delete()
    attribute.delete()


@transaction.atomic
def put_option(
    *, attribute_code: str, code: str, name: str, position: int | None = None, expected_revision: int | None = None
) -> AttributeOption:
    """Make an option of an axis, or rename or reorder it; `expected_revision` is the attribute's. Safe to repeat.

    Raises `AttributeNotFound`, `RevisionMoved`, `InvalidCode`, `CodeTaken` for a name another option has.
    Logged, not published.
    """
    attribute = _held(attribute_code, expected_revision)
    option = AttributeOption.objects.filter(attribute=attribute, code=code).first()
    wish = {"name": name, **({} if position is None else {"position": position})}
    if option and all(getattr(option, field) == value for field, value in wish.items()):
        return option
    option = option or AttributeOption(attribute=attribute, code=_checked(code))
    for field, value in wish.items():
        setattr(option, field, value)
    with refusing():
        option.save()
    _touched(attribute, {"option": {"code": code, **wish}})
    return option


@transaction.atomic
def delete_option(*, attribute_code: str, code: str, expected_revision: int | None = None) -> None:
    """Remove an option; `expected_revision` is the attribute's.

    Raises `AttributeNotFound` (also the second time), `RevisionMoved`, `AttributeInUse` while a variant has it.
    Logged, not published.
    """
    attribute = _held(attribute_code, expected_revision)
    option = AttributeOption.objects.filter(attribute=attribute, code=code).first()
    if option is None:
        raise AttributeNotFound("The attribute has no such option.", attribute=attribute_code, option=code)
    if VariantOption.objects.filter(option=option).exists():
        raise AttributeInUse("Variants still have this option.", attribute=attribute_code, option=code)
    option.delete()
    _touched(attribute, {"option_deleted": {"code": code}})


def _held(code: str, expected_revision: int | None) -> Attribute:
    """The attribute, locked: its options are changed under it."""
    id_ = Attribute.objects.filter(code=code).values_list("id", flat=True).first()
    rows = lock_rows({Attribute: [id_]})[Attribute] if id_ else []
    if not rows:
        raise AttributeNotFound("There is no such attribute.", attribute=code)
    if expected_revision not in {None, rows[0].revision}:
        raise RevisionMoved("Somebody changed this attribute meanwhile.", expected_revision=expected_revision)
    attribute: Attribute = rows[0]
    return attribute


def _touched(attribute: Attribute, change: dict[str, Any]) -> None:
    attribute.revision += 1
    attribute.save(update_fields=["name", "position", "revision"])
    _log(attribute, change)


def _checked(code: str) -> str:
    if not CODE.fullmatch(code):
        raise InvalidCode(InvalidCode.__doc__ or "", code=code)
    return code


def _log(attribute: Attribute, change: dict[str, Any]) -> None:
    log_staff_change("attribute", str(attribute.id), change=change)
