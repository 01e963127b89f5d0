"""Lock before you look: all rows of a transaction, in the one order everybody keeps."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.core.exceptions import ImproperlyConfigured
from django.db.models import Model

from site_kit.messaging.configuration import lock_order


def lock_rows(wanted: Mapping[type[Model], Iterable[Any]]) -> dict[type[Model], list[Any]]:
    """Lock existing rows until the transaction ends and return them per model, in lock order.

    Models are taken in the site's LOCK_ORDER, keys ascending, with one `SELECT … FOR NO KEY UPDATE` each. A
    lockable model declares `LOCK_KEY`, the fields that order its rows; the wanted keys match the first.
    Keys without a row are passed over. Repeating it in the same transaction is safe for the same or fewer
    rows; asking for *more* rows later is how deadlocks are made.

    Raises ImproperlyConfigured for a model outside LOCK_ORDER, TransactionManagementError outside a transaction.
    """
    order = lock_order()
    strangers = wanted.keys() - set(order)
    if strangers:
        raise ImproperlyConfigured(f"not in LOCK_ORDER: {sorted(model.__name__ for model in strangers)}")
    return {model: _lock(model, wanted[model]) for model in order if model in wanted}


def _lock(model: type[Model], keys: Iterable[Any]) -> list[Any]:
    chosen = sorted(set(keys))
    if not chosen:
        return []
    fields: tuple[str, ...] = model.LOCK_KEY  # type: ignore[attr-defined]  # declared by lockable models
    rows = model._default_manager.filter(**{f"{fields[0]}__in": chosen})
    return list(rows.order_by(*fields).select_for_update(no_key=True))
