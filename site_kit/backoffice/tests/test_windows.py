"""Windows on the domain: every change goes through an operation, and a refusal leaves nothing half-done."""

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib import admin
from django.contrib.messages import get_messages
from django.db import connection
from django.test import Client
from django.utils import timezone

from site_kit.backoffice.checks import WindowChecks
from site_kit.backoffice.model_admin import SiteModelAdmin
from site_kit.testing.project.shelf.models import Box, Room, Weighing

pytestmark = pytest.mark.django_db
Staff = Callable[..., Client]


@pytest.fixture
def room() -> Room:
    return Room.objects.create(name="Cellar")


@pytest.fixture
def box(room: Room) -> Box:
    return Box.objects.create(label="Plates", room=room, weight_g=9_000, arrived_at=timezone.now())


def typed(room: Room, **changes: Any) -> dict[str, Any]:
    """What a browser sends for the form of a box."""
    return {
        "label": "Plates",
        "room": room.pk,
        "weight_g": 9_000,
        "note": "",
        "arrived_at_0": "2026-11-23",
        "arrived_at_1": "10:00:00",
        "weighing_set-TOTAL_FORMS": 0,
        "weighing_set-INITIAL_FORMS": 0,
        **changes,
    }


def said(response: Any) -> list[str]:
    """The messages on the page that follows."""
    return [str(message) for message in get_messages(response.wsgi_request)]


def test_adding_goes_through_the_operation(staff: Staff, room: Room) -> None:
    answer = staff("shelf_keeper").post("/admin/shelf/box/add/", typed(room))

    assert answer.status_code == 302
    [box] = Box.objects.all()
    assert (box.label, box.weight_g) == ("Plates", 9_000)
    assert Weighing.objects.get().box == box


def test_changing_goes_through_the_operation(staff: Staff, box: Box) -> None:
    answer = staff("shelf_keeper").post(f"/admin/shelf/box/{box.pk}/change/", typed(box.room, weight_g=12_000))

    assert answer.status_code == 302
    box.refresh_from_db()
    assert box.weight_g == 12_000
    assert Weighing.objects.get().weight_g == 12_000


def test_a_form_that_was_not_touched_calls_nothing(staff: Staff, box: Box) -> None:
    local = timezone.localtime(box.arrived_at)
    same = typed(box.room, arrived_at_0=f"{local:%Y-%m-%d}", arrived_at_1=f"{local:%H:%M:%S}")

    staff("shelf_keeper").post(f"/admin/shelf/box/{box.pk}/change/", same)

    assert not Weighing.objects.exists()


def test_a_refusal_brings_the_form_back_as_typed_and_saves_nothing(staff: Staff, box: Box) -> None:
    answer = staff("shelf_keeper").post(
        f"/admin/shelf/box/{box.pk}/change/", typed(box.room, weight_g=60_000, label="Anvils")
    )

    assert answer.status_code == 200
    assert answer.context["adminform"].form.errors == {"weight_g": ["The shelf carries 50000 g, not 60000 g."]}
    assert 'value="Anvils"' in answer.content.decode()
    assert not [message for message in said(answer) if "success" in message]
    box.refresh_from_db()
    assert (box.label, box.weight_g) == ("Plates", 9_000)
    assert not Weighing.objects.exists()


def test_a_refused_new_one_is_not_there(staff: Staff, room: Room) -> None:
    answer = staff("shelf_keeper").post("/admin/shelf/box/add/", typed(room, weight_g=60_000))

    assert answer.status_code == 200
    assert not Box.objects.exists()


def test_a_bulk_action_shows_each_refusal_and_does_the_rest(staff: Staff, box: Box) -> None:
    sealed = Box.objects.create(label="Cups", room=box.room, weight_g=1, arrived_at=timezone.now(), is_sealed=True)

    answer = staff("shelf_keeper").post(
        "/admin/shelf/box/", {"action": "seal", "_selected_action": [box.pk, sealed.pk]}
    )

    assert said(answer) == ["Cups is sealed already."]
    box.refresh_from_db()
    assert box.is_sealed


def test_deleting_goes_through_the_operation_and_a_refusal_is_a_message(staff: Staff, box: Box) -> None:
    browser = staff("shelf_keeper")
    Box.objects.update(is_sealed=True)
    page = f"/admin/shelf/box/{box.pk}/delete/"

    refused = browser.post(page, {"post": "yes"}, headers={"Referer": f"http://testserver{page}"})
    assert (refused.status_code, refused["Location"]) == (302, page)
    assert said(refused) == ["A sealed box stays where it is."]
    assert Box.objects.exists()

    Box.objects.update(is_sealed=False)
    browser.post(page, {"post": "yes"})
    assert not Box.objects.exists()


def test_deleting_many_deletes_those_that_may_go(staff: Staff, box: Box) -> None:
    Box.objects.create(label="Cups", room=box.room, weight_g=1, arrived_at=timezone.now(), is_sealed=True)

    staff("shelf_keeper").post(
        "/admin/shelf/box/",
        {
            "action": "delete_selected",
            "post": "yes",
            "_selected_action": list(Box.objects.values_list("pk", flat=True)),
        },
    )

    assert [box.label for box in Box.objects.all()] == ["Cups"]


def test_a_window_without_an_operation_is_for_reading(staff: Staff, room: Room) -> None:
    browser = staff()

    assert browser.get("/admin/shelf/room/add/").status_code == 403
    assert browser.get(f"/admin/shelf/room/{room.pk}/delete/").status_code == 403
    page = browser.get(f"/admin/shelf/room/{room.pk}/change/").content.decode()
    assert 'name="_save"' not in page
    browser.post(f"/admin/shelf/room/{room.pk}/change/", {"name": "Attic"})
    room.refresh_from_db()
    assert room.name == "Cellar"


@pytest.mark.parametrize("page", ["add/", "{pk}/delete/"])
def test_append_only_is_append_only_for_everybody(staff: Staff, box: Box, page: str) -> None:
    line = Weighing.objects.create(box=box, weight_g=1, weighed_at=timezone.now())
    browser = staff()

    assert browser.get(f"/admin/shelf/weighing/{page.format(pk=line.pk)}").status_code == 403
    assert browser.post(f"/admin/shelf/weighing/{line.pk}/change/", {"weight_g": 2}).status_code == 403
    assert browser.get(f"/admin/shelf/weighing/{line.pk}/change/").status_code == 200


def test_a_million_rows_are_not_counted_and_the_last_page_is_near(staff: Staff, room: Room, query_log: Any) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO shelf_box (label, room_id, weight_g, is_sealed, note, arrived_at)"
            " SELECT 'Box ' || n, %s, 1, false, '', now() FROM generate_series(1, 30000) n",
            [room.pk],
        )
    browser = staff("shelf_keeper")

    with query_log() as queries:
        page = browser.get("/admin/shelf/box/")
    assert len(queries) <= 15
    assert queries.unfiltered_counts == []
    assert "search or filter to see beyond the first 10,000" in page.content.decode()

    assert browser.get("/admin/shelf/box/?p=200").context["cl"].result_list[0].pk > 0
    assert browser.get("/admin/shelf/box/?p=201").status_code == 302


def test_a_short_or_filtered_list_is_counted_exactly(staff: Staff, room: Room, query_log: Any) -> None:
    for number in range(60):
        Box.objects.create(label=f"Box {number}", room=room, weight_g=1, arrived_at=timezone.now())
    browser = staff("shelf_keeper")

    with query_log() as queries:
        assert browser.get("/admin/shelf/box/").context["cl"].result_count == 60
        assert browser.get("/admin/shelf/box/?q=Box+59").context["cl"].result_count == 1
    assert queries.unfiltered_counts == []


class ForgetfulBoxes(SiteModelAdmin[Box]):
    """What the checks are there for."""

    list_display = ("label", "room")

    def through_operation(self, request: Any, form: Any, known: Box | None) -> Box:
        return Box()


def test_the_checks_find_a_list_that_asks_per_row_and_an_endless_drop_down() -> None:
    complaints = WindowChecks().check(ForgetfulBoxes(Box, admin.site))

    assert [complaint.id for complaint in complaints] == ["backoffice.E001", "backoffice.E002"]
    assert "room" in complaints[0].msg
