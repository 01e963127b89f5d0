"""Files are fetched from a real HTTP repository that cuts, flips or refuses; none is believed."""

import hashlib
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from local_stack import exit_codes
from local_stack.downloads import fetch
from local_stack.downloads.catalogue import Artifact
from local_stack.home import Home
from local_stack.refusals import StackRefusal

CONTENT = bytes(range(256)) * 400
ARTIFACT = Artifact("kafka", "org.example:thing:jar:1.0", len(CONTENT), hashlib.sha256(CONTENT).hexdigest())


class Repository(ThreadingHTTPServer):
    """Serves CONTENT; `answers` says how, one word for each request, the last one for ever."""

    def __init__(self) -> None:
        self.answers = ["whole"]
        self.asked: list[str] = []
        super().__init__(("127.0.0.1", 0), Handler)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}"


class Handler(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        assert isinstance(self.server, Repository)
        if self.path.endswith(".sha1"):
            self.send_error(404)
            return
        self.server.asked.append(self.path)
        answers = self.server.answers
        how = answers.pop(0) if len(answers) > 1 else answers[0]
        if how == "absent":
            self.send_error(404)
            return
        self.send_response(200)
        self.send_header("Content-Length", str(len(CONTENT)))
        self.end_headers()
        self.wfile.write({"whole": CONTENT, "cut": CONTENT[:5000], "flipped": b"\xff" + CONTENT[1:]}[how])

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


@pytest.fixture
def repository(monkeypatch: pytest.MonkeyPatch) -> Iterator[Repository]:
    server = Repository()
    threading.Thread(target=server.serve_forever, daemon=True).start()
    monkeypatch.setenv(fetch.MIRROR_VARIABLE, server.url)
    yield server
    server.shutdown()
    server.server_close()


@pytest.fixture
def file(home: Home) -> Path:
    path = home.downloads / ARTIFACT.path
    path.parent.mkdir(parents=True)
    return path


def test_what_is_there_and_intact_is_not_fetched(home: Home, repository: Repository, file: Path) -> None:
    file.write_bytes(CONTENT)

    fetch.ensure(home, [ARTIFACT])

    assert repository.asked == []


@pytest.mark.parametrize("damaged", [CONTENT[:-1], b"\xff" + CONTENT[1:], b""])
def test_a_damaged_file_is_deleted_and_fetched_once_more(
    home: Home, repository: Repository, file: Path, damaged: bytes, capsys: pytest.CaptureFixture[str]
) -> None:
    file.write_bytes(damaged)

    fetch.ensure(home, [ARTIFACT])

    assert file.read_bytes() == CONTENT
    assert repository.asked == ["/org/example/thing/1.0/thing-1.0.jar"]
    assert "thing-1.0.jar is damaged" in capsys.readouterr().err


@pytest.mark.parametrize("first", ["cut", "flipped"])
def test_a_wrong_answer_is_asked_for_once_more(home: Home, repository: Repository, file: Path, first: str) -> None:
    repository.answers = [first, "whole"]

    fetch.ensure(home, [ARTIFACT])

    assert file.read_bytes() == CONTENT
    assert len(repository.asked) == 2


@pytest.mark.parametrize(
    ("always", "reason"),
    [("cut", "connection was cut"), ("flipped", "SHA-256"), ("absent", "repository does not have it")],
)
def test_what_stays_wrong_is_refused_and_leaves_nothing(
    home: Home, repository: Repository, file: Path, always: str, reason: str
) -> None:
    repository.answers = [always]

    with pytest.raises(StackRefusal, match=reason) as refused:
        fetch.ensure(home, [ARTIFACT])

    assert refused.value.exit_code == exit_codes.NO_DOWNLOAD
    assert not file.exists()
    assert len(repository.asked) == 2


def test_no_route_is_said_in_words(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(fetch.MIRROR_VARIABLE, "http://127.0.0.1:9")

    with pytest.raises(StackRefusal, match="no route to the repository") as refused:
        fetch.ensure(home, [ARTIFACT])

    assert refused.value.exit_code == exit_codes.NO_DOWNLOAD
