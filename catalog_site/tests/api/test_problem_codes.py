"""What callers are told they may meet is what the domain can utter."""

from collections.abc import Iterator

from catalog_site.api.errors import STATUS_OF
from catalog_site.domain.errors import CatalogError
from shared_contracts.apis.catalog.problem_codes import CODES


def leaves(kind: type[CatalogError]) -> Iterator[type[CatalogError]]:
    """The refusals that are really raised: classes nobody refines."""
    finer = kind.__subclasses__()
    if not finer:
        yield kind
    for each in finer:
        yield from leaves(each)


def test_every_refusal_is_published_with_its_sentence() -> None:
    assert dict(CODES) == {kind.code: " ".join((kind.__doc__ or "").split()) for kind in leaves(CatalogError)}


def test_no_two_refusals_share_a_code() -> None:
    codes = [kind.code for kind in leaves(CatalogError)]

    assert len(set(codes)) == len(codes)


def test_every_refusal_has_a_status_of_its_kind() -> None:
    statuses = {
        kind.code: next(STATUS_OF[each] for each in kind.__mro__ if each in STATUS_OF) for kind in leaves(CatalogError)
    }

    assert set(statuses.values()) == {404, 409, 412, 413, 415, 422}
    assert statuses["revision_moved"] == 412
