"""Fetch the files of the embedded parts, and believe none that does not match its size and SHA-256."""

import fcntl
import hashlib
import os
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from functools import partial
from pathlib import Path

import requests
from jgo.maven import MavenContext
from jgo.maven._resolver import PythonResolver

from local_stack import exit_codes
from local_stack.downloads.catalogue import Artifact
from local_stack.home import Home
from local_stack.refusals import StackRefusal
from local_stack.ui.lines import megabytes, say
from local_stack.ui.progress import Advance, downloading

MIRROR_VARIABLE = "FIRST_VISCOUNT_MAVEN_URL"  # a repository to use instead of the public one
AT_ONCE, SILENCE_S = 4, 30


def ensure(home: Home, artifacts: Sequence[Artifact]) -> None:
    """Have every file, intact; fetch what is missing and, once more, what is damaged.

    Safe to interrupt, to repeat, and to run twice at once. Raises StackRefusal.
    """
    home.downloads.mkdir(parents=True, exist_ok=True)
    with _turn(home.downloads):
        missing = [artifact for artifact in artifacts if not _intact_or_removed(home.downloads, artifact)]
        if missing:
            _fetch_all(home.downloads, missing)


def damage(folder: Path, artifact: Artifact) -> str | None:
    """What is wrong with the file as it lies there, in words; None when it is intact."""
    path = folder / artifact.path
    if not path.exists():
        return "missing"
    size = path.stat().st_size
    if size != artifact.size:
        return f"{size} bytes instead of {artifact.size}"
    with path.open("rb") as file:
        if hashlib.file_digest(file, "sha256").hexdigest() != artifact.sha256:
            return "its SHA-256 is not the expected one"
    return None


def _intact_or_removed(folder: Path, artifact: Artifact) -> bool:
    wrong = damage(folder, artifact)
    if wrong and wrong != "missing":
        say(f"  {artifact.filename} is damaged ({wrong}): deleted, it will be fetched once more.")
        (folder / artifact.path).unlink()
    return wrong is None


def _fetch_all(folder: Path, artifacts: Sequence[Artifact]) -> None:
    total = sum(artifact.size for artifact in artifacts)
    parts = ", ".join(sorted({artifact.part for artifact in artifacts}))
    say(f"Fetching {len(artifacts)} files for {parts} ({megabytes(total)}) into {folder}")
    with downloading(parts, total_bytes=total) as advance, ThreadPoolExecutor(AT_ONCE) as pool:
        list(pool.map(partial(_fetch, folder, advance), artifacts))


def _fetch(folder: Path, advance: Advance, artifact: Artifact) -> None:
    reason = _try(folder, advance, artifact) and _try(folder, advance, artifact)
    if reason:
        sentence = f"{artifact.filename} could not be fetched: {reason}."
        way_out = "Check the network (a proxy?) and run the same again; what is complete is kept."
        raise StackRefusal(sentence, exit_code=exit_codes.NO_DOWNLOAD, way_out=way_out)


def _try(folder: Path, advance: Advance, artifact: Artifact) -> str | None:
    """Fetch once; None when the file is there and intact, or else what went wrong and nothing is left."""
    group, name, packaging, classifier, version = artifact.fields
    context = MavenContext(
        resolver=PythonResolver(progress_callback=partial(_progress, advance)),
        repo_cache=folder,
        remote_repos=repositories(),
        timeout=SILENCE_S,
    )
    try:
        context.project(group, name).at_version(version).artifact(classifier=classifier, packaging=packaging).resolve()
        wrong = damage(folder, artifact)
    except requests.RequestException as error:
        wrong = _in_words(error)
    except RuntimeError:
        wrong = "the repository does not have it"
    if wrong:
        (folder / artifact.path).unlink(missing_ok=True)
    return wrong


def repositories() -> dict[str, str] | None:
    """The repository that the environment names instead of the public one."""
    mirror = os.environ.get(MIRROR_VARIABLE)
    return {"mirror": mirror.rstrip("/")} if mirror else None


def _in_words(error: requests.RequestException) -> str:
    if isinstance(error, requests.exceptions.ProxyError):
        return "the proxy cannot be reached"
    if isinstance(error, requests.exceptions.ChunkedEncodingError):
        return "the connection was cut"
    if isinstance(error, requests.Timeout):
        return f"no answer for {SILENCE_S} seconds"
    return "there is no route to the repository"


@contextmanager
def _progress(advance: Advance, filename: str, total_bytes: int) -> Iterator[Advance]:
    yield advance


@contextmanager
def _turn(folder: Path) -> Iterator[None]:
    with (folder / ".turn").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
