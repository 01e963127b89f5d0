"""One id and one actor from the request on."""

from typing import Any
from uuid import UUID

import pytest

from site_kit.context import known

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("sane", ["a", "9f0c1c1e-1f3e-4f3c-9d7b-0c8f3f0a1b2c", "Root=1-67.a:b_c+d", "x" * 128])
def test_a_sane_request_id_is_kept_and_echoed(guest: Any, sane: str) -> None:
    assert guest.get("/health/live", HTTP_X_REQUEST_ID=sane)["X-Request-ID"] == sane


@pytest.mark.parametrize("odd", ["", "x" * 129, "a b", "a\tb", "a/b", "<script>", "é", "a;b", "a\x1b[31m", '"a"'])
def test_an_odd_request_id_is_replaced(guest: Any, odd: str) -> None:
    answered = guest.get("/health/live", HTTP_X_REQUEST_ID=odd)["X-Request-ID"]

    assert answered != odd
    assert str(UUID(answered)) == answered


def test_each_request_without_an_id_gets_one_of_its_own(guest: Any) -> None:
    assert guest.get("/health/live")["X-Request-ID"] != guest.get("/health/live")["X-Request-ID"]


def test_the_caller_acts_and_the_hops_are_known(caller: Any) -> None:
    response = caller.get("/api/v1/count", HTTP_X_HOP_COUNT="1")

    assert response.json() == {"count": 0, "actor": "client:tester", "hops": 1}


def test_nothing_of_a_request_stays_behind(caller: Any) -> None:
    caller.get("/api/v1/count", HTTP_X_REQUEST_ID="mine")

    assert known() is None


@pytest.mark.parametrize("hops", ["2", "3", "07", "999", "many", "-1", "1.0", "٢", "9" * 400])
def test_a_call_that_crossed_two_sites_or_cannot_say_is_refused(guest: Any, hops: str) -> None:
    assert guest.get("/health/live", HTTP_X_HOP_COUNT=hops).status_code == 508


@pytest.mark.parametrize("hops", ["0", "1", " 1 "])
def test_a_call_that_crossed_fewer_goes_on(guest: Any, hops: str) -> None:
    assert guest.get("/health/live", HTTP_X_HOP_COUNT=hops).status_code == 200
