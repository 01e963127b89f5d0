"""Login, start page, a list and a form of every back office: on a desk and on a phone, in light and in dark."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from tests.browser.judging import judged, watched
from tests.browser.office import Office

DESK, PHONE = (1440, 900), (390, 844)
LIST = {"catalog": "catalog.product", "inventory": "inventory.stockitem"}
"""The list that staff of a site look at most; its first row leads to the form."""

OpenPage = Callable[[str], Page]


@pytest.fixture(scope="session")
def session_state(chromium: Browser, office: Office) -> dict[str, object]:
    """What a browser keeps after the administrator logged in."""
    with chromium.new_context() as context:
        page = context.new_page()
        page.goto(f"{office.url}/admin/login/?next=/admin/")
        page.fill("input[name=username]", office.user)
        page.fill("input[name=password]", office.password)
        page.press("input[name=password]", "Enter")
        page.wait_for_url(f"{office.url}/admin/")
        return dict(context.storage_state())


@pytest.fixture(params=[DESK, PHONE], ids=["desk", "phone"])
def size(request: pytest.FixtureRequest) -> tuple[int, int]:
    """Width and height in CSS pixels."""
    chosen: tuple[int, int] = request.param
    return chosen


@pytest.fixture(params=["light", "dark"])
def scheme(request: pytest.FixtureRequest) -> str:
    """What the person's system prefers."""
    return str(request.param)


@pytest.fixture
def guest(chromium: Browser, size: tuple[int, int], scheme: str) -> BrowserContext:
    """A browser that is not logged in."""
    return _context(chromium, size, scheme, None)


@pytest.fixture
def staff(chromium: Browser, size: tuple[int, int], scheme: str, session_state: dict[str, object]) -> BrowserContext:
    """A browser of the administrator."""
    return _context(chromium, size, scheme, session_state)


def test_the_login_page(office: Office, guest: BrowserContext, scheme: str) -> None:
    assert_no_complaint(guest, f"{office.url}/admin/login/", scheme)


def test_the_start_page(office: Office, staff: BrowserContext, scheme: str) -> None:
    assert_no_complaint(staff, f"{office.url}/admin/", scheme)


def test_a_list(office: Office, staff: BrowserContext, scheme: str) -> None:
    assert_no_complaint(staff, office.url + list_address(office), scheme)


def test_a_form(office: Office, staff: BrowserContext, scheme: str) -> None:
    session = office.logged_in()
    rows = session.get(office.url + list_address(office), timeout=30).text
    first = rows.partition("field-")[2].partition('href="')[2].partition('"')[0]
    assert first.startswith(list_address(office)), "the list has no row that leads to a form"

    assert_no_complaint(staff, office.url + first, scheme)


def assert_no_complaint(context: BrowserContext, address: str, scheme: str) -> None:
    """Fail with one line for each complaint."""
    complaints = complaints_of(context, address, scheme)
    if complaints:
        pytest.fail("\n".join([f"{address}:", *complaints]), pytrace=False)


def complaints_of(context: BrowserContext, address: str, scheme: str) -> list[str]:
    """Everything wrong with a page, by the browser's own account and by ours."""
    with context:
        page = context.new_page()
        complaints = watched(page)
        page.goto(address)
        assert page.url == address, f"was sent to {page.url}"
        found = judged(page)
        if is_dark(page) != (scheme == "dark"):
            complaints.lines.append(f"the page is not {scheme}")
        return [*complaints.lines, *found["sideways"], *found["unlabelled"], *found["faint"]]


def is_dark(page: Page) -> bool:
    """Whether the page itself is painted dark."""
    return bool(page.evaluate("() => document.documentElement.classList.contains('dark')"))


def list_address(office: Office) -> str:
    """The address of the list that staff look at most."""
    return next(window.address for window in office.windows if window.name == LIST[office.site])


def _context(chromium: Browser, size: tuple[int, int], scheme: str, state: dict[str, object] | None) -> BrowserContext:
    width, height = size
    return chromium.new_context(
        viewport={"width": width, "height": height},
        color_scheme="dark" if scheme == "dark" else "light",
        reduced_motion="reduce",
        storage_state=state,  # type: ignore[arg-type]  # what storage_state() gave, as a plain dict
    )
