"""POST /inventory/reserve and /inventory/release, and what else concerns leases."""

from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest

from inventory_site.domain.models import Lease
from inventory_site.tests.api.answers import code, key
from inventory_site.tests.factories import numbers, stocked

pytestmark = pytest.mark.django_db

RESERVE, RELEASE, EXTEND = "/api/v1/inventory/reserve", "/api/v1/inventory/release", "/api/v1/leases/extend"


def wanted(*lines: tuple[Any, int], **more: Any) -> dict[str, Any]:
    return {"lines": [{"variant_id": str(id_), "units": units} for id_, units in lines], **more}


def test_stock_is_reserved_for_a_while(shop: Any) -> None:
    mug = stocked({"BER": 2, "MUC": 5}, sku="MUG")

    answer = shop.post(RESERVE, wanted((mug, 3), ttl_s=60), headers=key())

    lease = Lease.objects.get()
    assert answer.status_code == 201
    assert answer.json() == {
        "lease_id": str(lease.lease_id),
        "token": lease.token,
        "state": "live",
        "created_at": answer.json()["created_at"],
        "expires_at": answer.json()["expires_at"],
        "lines": [
            {"variant_id": str(mug), "sku": "MUG", "location": "BER", "units": 2},
            {"variant_id": str(mug), "sku": "MUG", "location": "MUC", "units": 1},
        ],
    }
    assert answer["Location"] == f"/api/v1/leases/{lease.lease_id}"
    assert lease.client == "client:shop"
    assert (lease.expires_at - lease.created_at).total_seconds() == 60


def test_the_bare_path_of_the_specification_leads_here(api: Any) -> None:
    answer = api.post("/inventory/reserve", {})

    assert (answer.status_code, answer["Location"]) == (308, RESERVE)


def test_a_retry_with_the_same_key_reserves_once(shop: Any) -> None:
    mug, once = stocked(5), key()

    first = shop.post(RESERVE, wanted((mug, 2)), headers=once)
    again = shop.post(RESERVE, wanted((mug, 2)), headers=once)

    assert again.json() == first.json()
    assert again["Idempotency-Replayed"] == "true"
    assert numbers(mug) == (5, 2, 0, 0, 3)


def test_without_a_key_nothing_is_reserved(shop: Any) -> None:
    mug = stocked(5)

    assert code(shop.post(RESERVE, wanted((mug, 2)))) == (400, "idempotency_key_missing")
    assert numbers(mug) == (5, 0, 0, 0, 5)


def test_a_shortage_names_each_variant_and_reserves_nothing(shop: Any) -> None:
    plenty, scarce = stocked(5), stocked(3)

    answer = shop.post(RESERVE, wanted((plenty, 1), (scarce, 2), (scarce, 2)), headers=key())

    assert code(answer) == (409, "insufficient_stock")
    assert answer.json()["details"] == {"lines": [{"variant_id": str(scarce), "wanted": 4, "available": 3}]}
    assert numbers(plenty) == (5, 0, 0, 0, 5)
    assert not Lease.objects.exists()


def test_an_unknown_variant_is_named(shop: Any) -> None:
    stranger = uuid4()

    answer = shop.post(RESERVE, wanted((stranger, 1)), headers=key())

    assert code(answer) == (404, "unknown_variant")
    assert answer.json()["details"] == {"variant_ids": [str(stranger)]}


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"lines": []},
        {"lines": [{"variant_id": "x", "units": 1}]},
        {"lines": [{"variant_id": "6f9619ff-8b86-4d01-b42d-00cf4fc964ff", "units": 0}]},
        {"lines": [{"variant_id": "6f9619ff-8b86-4d01-b42d-00cf4fc964ff", "units": 1}], "ttl_s": 5},
        {"lines": [{"variant_id": "6f9619ff-8b86-4d01-b42d-00cf4fc964ff", "units": 1, "sku": "A"}]},
        {"lines": [{"variant_id": "6f9619ff-8b86-4d01-b42d-00cf4fc964ff", "units": 1}], "force": True},
        [],
    ],
)
def test_nonsense_is_refused_by_name(shop: Any, body: Any) -> None:
    answer = shop.post(RESERVE, body, headers=key())

    assert code(answer) == (400, "validation_failed")
    assert answer.json()["errors"]


@pytest.mark.parametrize("address", [RESERVE, RELEASE, EXTEND])
def test_a_token_with_the_scope_is_needed(api: Any, reader: Any, address: str) -> None:
    assert code(api.post(address, {}, headers=key())) == (401, "not_authenticated")
    assert code(reader.post(address, {}, headers=key())) == (403, "insufficient_scope")


def test_a_lease_is_given_back(shop: Any, reader: Any) -> None:
    mug = stocked(5)
    lease = shop.post(RESERVE, wanted((mug, 2)), headers=key()).json()

    released = shop.post(RELEASE, {"token": lease["token"]}, headers=key())
    twice = shop.post(RELEASE, {"token": lease["token"]}, headers=key())

    assert (released.status_code, released.json()["state"]) == (200, "released")
    assert released.json() == reader.get(f"/api/v1/leases/{lease['lease_id']}").json()
    assert "token" not in released.json()
    assert code(twice) == (409, "lease_gone")
    assert numbers(mug) == (5, 0, 0, 0, 5)


def test_a_guess_releases_nothing(shop: Any) -> None:
    assert code(shop.post(RELEASE, {"token": "guess"}, headers=key())) == (404, "unknown_lease")


def test_a_lease_is_extended_but_not_for_ever(shop: Any) -> None:
    lease = shop.post(RESERVE, wanted((stocked(5), 2), ttl_s=60), headers=key()).json()

    extended = shop.post(EXTEND, {"token": lease["token"], "ttl_s": 600})
    forever = shop.post(EXTEND, {"token": lease["token"], "ttl_s": 86_400})

    assert extended.status_code == 200
    assert extended.json()["expires_at"] > lease["expires_at"]
    assert code(forever) == (409, "lease_too_long")


def test_leases_are_listed_without_their_tokens(shop: Any, reader: Any, query_log: Callable[[], Any]) -> None:
    mug = stocked(9)
    ids = [shop.post(RESERVE, wanted((mug, 1)), headers=key()).json()["lease_id"] for _ in range(3)]

    with query_log() as queries:
        first = reader.get("/api/v1/leases?page_size=2").json()
    rest = reader.get(f"/api/v1/leases?page_size=2&cursor={first['next_cursor']}").json()

    assert [item["lease_id"] for item in [*first["items"], *rest["items"]]] == ids[::-1]
    assert not any("token" in item for item in first["items"])
    assert len(queries) == 1
    assert reader.get("/api/v1/leases?state=released").json()["items"] == []


def test_a_lease_nobody_made_is_not_found(reader: Any) -> None:
    assert code(reader.get(f"/api/v1/leases/{uuid4()}")) == (404, "unknown_lease")
