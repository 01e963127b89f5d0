"""Locations and low-stock rules."""

from typing import Any
from uuid import uuid4

import pytest

from inventory_site.domain.models import Location, LowStockAlert, LowStockRule
from inventory_site.tests.api.answers import code
from inventory_site.tests.factories import location, stocked

pytestmark = pytest.mark.django_db

LOCATIONS, RULES = "/api/v1/locations", "/api/v1/low-stock-rules"


def test_a_location_is_opened_shown_and_changed(keeper: Any, reader: Any) -> None:
    opened = keeper.post(LOCATIONS, {"code": "BER", "name": "Berlin", "rank": 1})
    assert (opened.status_code, opened["Location"]) == (201, f"{LOCATIONS}/BER")
    shown = reader.get(opened["Location"])
    assert shown.json() == {"code": "BER", "name": "Berlin", "rank": 1, "active": True, "revision": 1}
    assert shown["ETag"] == opened["ETag"]

    changed = keeper.patch(opened["Location"], {"rank": 5}, headers={"If-Match": shown["ETag"]})

    assert (changed.json()["rank"], changed.json()["revision"]) == (5, 2)
    assert reader.get(LOCATIONS).json()["items"] == [changed.json()]
    assert reader.get(opened["Location"], headers={"If-None-Match": changed["ETag"]}).status_code == 304


def test_a_change_needs_the_state_it_was_made_for(keeper: Any) -> None:
    location("BER")

    blind = keeper.patch(f"{LOCATIONS}/BER", {"rank": 5})
    stale = keeper.patch(f"{LOCATIONS}/BER", {"rank": 5}, headers={"If-Match": '"9"'})

    assert code(blind) == (428, "precondition_required")
    assert code(stale) == (412, "precondition_failed")
    assert Location.objects.get().rank == 100


def test_a_location_with_stock_is_not_closed(keeper: Any) -> None:
    stocked(1)

    answer = keeper.patch(f"{LOCATIONS}/BER", {"active": False}, headers={"If-Match": '"1"'})

    assert code(answer) == (409, "location_not_empty")


def test_codes_are_given_once_and_well_formed(keeper: Any) -> None:
    location("BER")

    assert code(keeper.post(LOCATIONS, {"code": "BER", "name": "Bern"})) == (409, "location_code_taken")
    assert code(keeper.post(LOCATIONS, {"code": "ber lin", "name": "Bern"})) == (400, "validation_failed")
    assert code(keeper.get(f"{LOCATIONS}/MARS")) == (404, "unknown_location")


def test_a_rule_is_added_changed_and_removed(keeper: Any) -> None:
    mug = stocked(3)

    added = keeper.post(RULES, {"variant_id": str(mug), "location": "BER", "minimum": 2})
    assert (added.status_code, added.json()["location"], added.json()["minimum"]) == (201, "BER", 2)
    changed = keeper.patch(added["Location"], {"minimum": 4}, headers={"If-Match": added["ETag"]})
    assert (changed.status_code, changed.json()["minimum"]) == (200, 4)
    assert LowStockAlert.objects.get().available == 3
    assert keeper.get(f"{RULES}?variant_id={mug}").json()["items"] == [changed.json()]
    gone = keeper.delete(added["Location"], headers={"If-Match": changed["ETag"]})

    assert gone.status_code == 204
    assert not LowStockRule.objects.exists()
    assert code(keeper.get(added["Location"])) == (404, "unknown_rule")


def test_a_rule_for_all_locations_is_there_once(keeper: Any) -> None:
    mug = stocked(3)

    first = keeper.post(RULES, {"variant_id": str(mug), "minimum": 2})
    twice = keeper.post(RULES, {"variant_id": str(mug), "minimum": 3})
    stranger = keeper.post(RULES, {"variant_id": str(uuid4()), "minimum": 3})

    assert first.json()["location"] is None
    assert code(twice) == (409, "rule_exists")
    assert code(stranger) == (404, "unknown_variant")


def test_readers_look_and_change_nothing(api: Any, reader: Any) -> None:
    assert code(api.get(LOCATIONS)) == (401, "not_authenticated")
    assert code(reader.post(LOCATIONS, {})) == (403, "insufficient_scope")
    assert code(reader.post(RULES, {})) == (403, "insufficient_scope")
