"""The judge itself: it finds what is wrong with a page, and nothing where nothing is."""

import pytest
from playwright.sync_api import Page

from tests.browser.judging import judged, watched


def faults(page: Page, body: str, style: str = "") -> dict[str, list[str]]:
    page.set_content(f"<!doctype html><html lang=en><title>t</title><style>{style}</style><body>{body}</body></html>")
    return judged(page)


def test_a_plain_page_has_no_fault(page: Page) -> None:
    found = faults(page, "<p>black on white</p><label>Name <input name=n value=x></label>")

    assert found == {"faint": [], "unlabelled": [], "sideways": []}


@pytest.mark.parametrize(
    "style",
    [
        "p { color: #999 }",
        "p { color: oklch(0.8 0.1 250) }",
        "p { color: rgb(0 0 0 / 0.3) }",
        "p { opacity: 0.3 }",
        "body { background: #222 } p { color: #444 }",
        "div { background: rgb(0 0 0 / 0.7) }",
    ],
)
def test_faint_text_is_found_however_it_is_coloured(page: Page, style: str) -> None:
    found = faults(page, "<div><p>hardly there</p></div>", style)

    assert len(found["faint"]) == 1
    assert "hardly there" in found["faint"][0]


@pytest.mark.parametrize(
    "style", ["p { display: none }", "p { color: #767676 }", "p { position: absolute; clip: rect(0,0,0,0) }"]
)
def test_what_is_hidden_or_just_dark_enough_is_let_pass(page: Page, style: str) -> None:
    assert faults(page, "<p>text</p>", style + " p { margin: 0 }")["faint"] == []


@pytest.mark.parametrize(
    "control", ["<input name=a>", "<select name=a><option>1</select>", "<textarea name=a></textarea>"]
)
def test_a_control_without_a_label_is_found(page: Page, control: str) -> None:
    assert len(faults(page, control)["unlabelled"]) == 1


def test_a_page_wider_than_the_screen_is_found_with_what_makes_it_so(page: Page) -> None:
    found = faults(page, "<div id=wide>wide</div>", "#wide { width: 3000px }")

    assert found["sideways"][0].startswith("the page is 30")
    assert "div#wide" in found["sideways"][1]


def test_errors_of_scripts_and_the_console_are_collected(page: Page) -> None:
    complaints = watched(page)

    page.set_content("<script>console.error('loud'); undefined_name();</script>")
    page.wait_for_function("() => document.readyState === 'complete'")

    assert [line.split(":")[0] for line in complaints.lines] == ["console", "uncaught"]
