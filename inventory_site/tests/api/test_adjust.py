"""POST /inventory/adjust."""

from collections.abc import Callable
from typing import Any

import pytest

from inventory_site.domain.models import Movement
from inventory_site.tests.api.answers import code, key
from inventory_site.tests.factories import location, numbers, stocked, variant

pytestmark = pytest.mark.django_db

ADJUST = "/api/v1/inventory/adjust"


def body(*lines: dict[str, Any], reason: str = "received", **more: Any) -> dict[str, Any]:
    return {"reason": reason, "lines": [{**line, "variant_id": str(line["variant_id"])} for line in lines], **more}


def test_stock_is_adjusted_with_a_reason_by_a_named_client(keeper: Any, news: Callable[[], list[Any]]) -> None:
    mug = variant("MUG")
    location("BER")

    answer = keeper.post(
        ADJUST, body({"variant_id": mug, "location": "BER", "delta": 5}, note="boxes", reference="D-7"), headers=key()
    )

    movement = Movement.objects.get()
    assert answer.status_code == 200
    assert answer.json() == {
        "adjustments": [
            {
                "adjustment_id": str(movement.cause_id),
                "variant_id": str(mug),
                "location": "BER",
                "delta": 5,
                "on_hand": 5,
                "reserved": 0,
                "allocated": 0,
                "dispatched": 0,
                "available": 5,
            }
        ]
    }
    assert (movement.actor, movement.reason, movement.note, movement.reference) == (
        "client:keeper",
        "received",
        "boxes",
        "D-7",
    )
    assert [type(event).__name__ for event in news()] == ["InventoryAdjusted", "InventoryUpdated"]


def test_a_count_needs_what_was_expected(keeper: Any) -> None:
    mug = stocked(5)
    counted = {"variant_id": mug, "location": "BER", "counted": 4}

    blind = keeper.post(ADJUST, body(counted, reason="counted"), headers=key())
    late = keeper.post(ADJUST, body({**counted, "expected": 6}, reason="counted"), headers=key())
    right = keeper.post(ADJUST, body({**counted, "expected": 5}, reason="counted"), headers=key())

    assert code(blind) == (400, "validation_failed")
    assert code(late) == (409, "count_outdated")
    assert late.json()["details"] == {"variant_id": str(mug), "location": "BER", "on_hand": 5, "expected": 6}
    assert right.json()["adjustments"][0]["delta"] == -1
    assert numbers(mug) == (4, 0, 0, 0, 4)


def test_all_lines_or_none(keeper: Any) -> None:
    mug, jug = stocked(5), stocked(1)

    answer = keeper.post(
        ADJUST,
        body(
            {"variant_id": mug, "location": "BER", "delta": -1},
            {"variant_id": jug, "location": "BER", "delta": -2},
            reason="lost",
        ),
        headers=key(),
    )

    assert code(answer) == (409, "not_enough_on_hand")
    assert numbers(mug) == (5, 0, 0, 0, 5)


@pytest.mark.parametrize(
    ("line", "reason", "expected"),
    [
        ({"location": "MARS", "delta": 1}, "found", (404, "unknown_location")),
        ({"location": "BER", "delta": -1}, "received", (422, "receipt_not_positive")),
        ({"location": "BER", "delta": 1, "counted": 2}, "found", (400, "validation_failed")),
        ({"location": "BER"}, "found", (400, "validation_failed")),
        ({"location": "BER", "delta": 1}, "because", (400, "validation_failed")),
        ({"location": "BER", "delta": 1.5}, "found", (400, "validation_failed")),
        ({"location": "BER", "delta": 10**12}, "found", (400, "validation_failed")),
    ],
)
def test_refusals_say_why(keeper: Any, line: dict[str, Any], reason: str, expected: tuple[int, str]) -> None:
    mug = stocked(5)

    answer = keeper.post(ADJUST, body({"variant_id": mug, **line}, reason=reason), headers=key())

    assert code(answer) == expected
    assert numbers(mug) == (5, 0, 0, 0, 5)


def test_who_may_only_look_changes_nothing(api: Any, reader: Any) -> None:
    assert code(api.post(ADJUST, {}, headers=key())) == (401, "not_authenticated")
    assert code(reader.post(ADJUST, {}, headers=key())) == (403, "insufficient_scope")
