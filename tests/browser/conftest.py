"""One Chromium for all tests of this folder: the system's own, driven by playwright."""

import shutil
from collections.abc import Iterator, Mapping

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from tests.browser.office import Office, opened
from tests.missing import missing

CHROMIUM_FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """The browser, started once."""
    program = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if program is None:
        missing("chromium is not installed (Debian: apt install chromium)")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=CHROMIUM_FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def page(chromium: Browser) -> Iterator[Page]:
    """An empty page of its own."""
    with chromium.new_context(reduced_motion="reduce") as context:
        yield context.new_page()


@pytest.fixture(scope="session")
def offices() -> Iterator[Mapping[str, Office]]:
    """Every back office: the sites tell each other things, so none is started alone."""
    with opened() as started:
        yield started


@pytest.fixture(scope="session")
def office(site: str, offices: Mapping[str, Office]) -> Office:
    """The back office of one site."""
    return offices[site]
