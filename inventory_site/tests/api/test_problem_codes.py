"""What callers are told they may meet is what the domain can utter."""

from collections.abc import Iterator

from inventory_site.api.errors import STATUS_OF
from inventory_site.domain.errors import InventoryError
from shared_contracts.apis.inventory.problem_codes import CODES

ELSEWHERE = {"order_cancelled", "unknown_hold", "nothing_to_release", "reason_missing"}
"""An answer to orders, and refusals that only staff meet."""


def leaves(kind: type[InventoryError]) -> Iterator[type[InventoryError]]:
    """The refusals that are really raised: classes nobody refines."""
    finer = kind.__subclasses__()
    if not finer:
        yield kind
    for each in finer:
        yield from leaves(each)


def test_every_refusal_of_the_api_is_published_with_its_sentence() -> None:
    said = {kind.code: " ".join((kind.__doc__ or "").split()) for kind in leaves(InventoryError)}

    assert dict(CODES) == {code: sentence for code, sentence in said.items() if code not in ELSEWHERE}


def test_no_two_refusals_share_a_code() -> None:
    codes = [kind.code for kind in leaves(InventoryError)]

    assert len(set(codes)) == len(codes)


def test_every_refusal_has_a_status_of_its_kind() -> None:
    statuses = {
        kind.code: next(STATUS_OF[each] for each in kind.__mro__ if each in STATUS_OF)
        for kind in leaves(InventoryError)
    }

    assert set(statuses.values()) == {404, 409, 412, 422}
    assert (statuses["revision_moved"], statuses["insufficient_stock"], statuses["unknown_lease"]) == (412, 409, 404)
