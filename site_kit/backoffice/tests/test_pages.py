"""Pages around the windows: start page, menu, errors, time zone, policy."""

from collections.abc import Callable
from typing import Any

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory
from django.utils import timezone

from site_kit.backoffice.cards import Card
from site_kit.backoffice.error_pages import PAGES, error_page
from site_kit.backoffice.time_zone import TimeZoneMiddleware, known_zone
from site_kit.context import acting, current
from site_kit.settings.theme import COLOURS, palette

pytestmark = pytest.mark.django_db
Staff = Callable[..., Client]
HTML = {"Accept": "text/html"}


def test_the_start_page_shows_the_numbers_a_person_may_see(staff: Staff) -> None:
    labels = [card.label for card in staff("shelf_keeper").get("/admin/").context["cards"]]
    nobody = staff("shelf_keeper")
    nobody_labels = [card.label for card in _without_rights(nobody).get("/admin/").context["cards"]]

    assert labels == ["Heavy boxes", "Waiting keys", "Outbox lag", "Changed today", "Broker"]
    assert nobody_labels == ["Waiting keys", "Outbox lag", "Broker"]


def test_a_number_nobody_knows_is_called_unknown(staff: Staff) -> None:
    assert "unknown" in staff().get("/admin/").content.decode()


def test_the_menu_shows_the_sites_own_windows_first_and_staff_last(staff: Staff) -> None:
    groups = [group["title"] for group in staff().get("/admin/").context["sidebar_navigation"]]

    assert groups[:2] == ["", "Shelf"]
    assert groups[-1] == "Staff"


def test_the_menu_holds_only_what_the_person_may_open(staff: Staff) -> None:
    groups = [group["title"] for group in staff("shelf_keeper").get("/admin/").context["sidebar_navigation"]]

    assert groups == ["", "Shelf"]


@pytest.mark.parametrize("status", sorted(PAGES))
def test_an_error_page_says_what_to_do_and_which_id_to_quote(status: int) -> None:
    with acting(correlation_id="r-9"):
        page = error_page(RequestFactory().get("/admin/"), status)

    body = page.content.decode()
    assert page.status_code == status
    assert PAGES[status].title in body
    assert "r-9" in body
    assert "Sample Shelf" in body


def test_an_error_page_asks_the_database_nothing(query_log: Any) -> None:
    with query_log() as queries:
        error_page(RequestFactory().get("/admin/"), 503)

    assert len(queries) == 0


def test_a_missing_page_is_told_to_a_person_in_html(staff: Staff) -> None:
    answer = staff().get("/admin/shelf/nothing/", headers=HTML)

    assert answer.status_code == 404
    assert PAGES[404].title in answer.content.decode()


def test_a_stale_form_is_explained(staff: Staff) -> None:
    browser = Client(enforce_csrf_checks=True)

    answer = browser.post("/admin/login/", {"username": "x", "password": "y"}, headers=HTML)

    assert answer.status_code == 403
    assert "This form has expired" in answer.content.decode()


def test_only_the_back_office_may_evaluate(staff: Staff) -> None:
    inside = staff().get("/admin/")["Content-Security-Policy"]
    outside = Client().get("/health/live")["Content-Security-Policy"]

    assert "script-src 'self' 'unsafe-eval'" in inside
    assert "style-src 'self' 'unsafe-inline'" in inside
    assert "frame-ancestors 'none'" in inside
    assert "unsafe" not in outside


def test_cookies_have_a_name_per_site(client: Client, staff: Staff) -> None:
    assert "sample_session" in staff().cookies
    client.get("/admin/login/")
    assert "sample_csrf" in client.cookies


def test_times_are_the_readers_own(rf: RequestFactory) -> None:
    seen: list[str] = []

    def page(request: HttpRequest) -> HttpResponse:
        seen.append(timezone.get_current_timezone_name())
        return HttpResponse()

    middleware = TimeZoneMiddleware(page)
    for path, cookie in [("/admin/", "Europe/Berlin"), ("/admin/", "No/Where"), ("/api/v1/x", "Europe/Berlin")]:
        request = rf.get(path)
        request.COOKIES["time_zone"] = cookie
        middleware(request)

    assert seen == ["Europe/Berlin", "UTC", "UTC"]


@pytest.mark.parametrize("name", ["", "../../etc/passwd", "/etc/passwd", "Europe", "x" * 500, "Europe/Berlin\x00"])
def test_a_cookie_nobody_wrote_is_no_time_zone(name: str) -> None:
    assert known_zone(name) is None


def test_what_happens_in_the_back_office_is_done_by_the_person(staff: Staff, monkeypatch: pytest.MonkeyPatch) -> None:
    actors: list[str] = []

    def cards(request: HttpRequest) -> list[Card]:
        actors.append(str(current().actor))
        return []

    monkeypatch.setattr("site_kit.testing.project.start_page.cards", cards)
    browser = staff()

    browser.get("/admin/")

    [actor] = actors
    assert actor == f"staff:{browser.session['_auth_user_id']}"


@pytest.mark.parametrize("colour", sorted(COLOURS))
def test_every_colour_has_the_whole_scale(colour: str) -> None:
    assert list(palette(colour)["primary"]) == [
        "50",
        "100",
        "200",
        "300",
        "400",
        "500",
        "600",
        "700",
        "800",
        "900",
        "950",
    ]


def test_a_colour_that_there_is_not_names_those_there_are() -> None:
    with pytest.raises(KeyError, match="emerald"):
        palette("puce")


def _without_rights(browser: Client) -> Client:
    from site_kit.backoffice.models import StaffMember

    StaffMember.objects.get(username="shelf_keeper").groups.clear()
    return browser
