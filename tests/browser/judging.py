"""What is judged of a page that a person sees: its console, its width, its contrast, its labels."""

from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from playwright.sync_api import ConsoleMessage, Error, Page, Response

SETTLED = """() => document.readyState === "complete"
    && document.getAnimations().every((animation) => animation.playState !== "running")"""


@dataclass
class Complaints:
    """What the browser itself complained of since the page was watched."""

    lines: list[str] = field(default_factory=list)

    def on_console(self, message: ConsoleMessage) -> None:
        """Keep errors; a refused script or style is one of them."""
        if message.type == "error":
            self.lines.append(f"console: {message.text}")

    def on_page_error(self, error: Error) -> None:
        """Keep exceptions that no script caught."""
        self.lines.append(f"uncaught: {error}")

    def on_response(self, response: Response) -> None:
        """Keep what could not be fetched, the page itself included."""
        if response.status >= 400:
            self.lines.append(f"{response.status} for {response.url}")


def watched(page: Page) -> Complaints:
    """Start to collect what the browser complains of on this page."""
    complaints = Complaints()
    page.on("console", complaints.on_console)
    page.on("pageerror", complaints.on_page_error)
    page.on("response", complaints.on_response)
    return complaints


def judged(page: Page) -> dict[str, list[str]]:
    """`faint`, `unlabelled` and `sideways` of the page as it stands, once it moves no more."""
    page.wait_for_function(SETTLED)
    found: dict[str, list[str]] = page.evaluate(_judgement())
    return found


@cache
def _judgement() -> str:
    return Path(__file__).with_name("judgement.js").read_text(encoding="utf-8")
