"""Are all files there and intact, and if not, can they be fetched?"""

import requests
from jgo.maven import MavenContext

from local_stack import exit_codes
from local_stack.downloads import catalogue, fetch, unpack
from local_stack.downloads.catalogue import Artifact
from local_stack.home import Home
from local_stack.preflight.row import Row
from local_stack.stack import Stack
from local_stack.ui.lines import megabytes

PATIENCE_S = 5
FROM_MAVEN = ("postgresql", "kafka", "registry")


def judged(stack: Stack) -> list[Row]:
    """A row for the files, and one for the way to the repository when it will be needed."""
    wrong = {artifact: fetch.damage(stack.home.downloads, artifact) for artifact in _needed(stack)}
    missing = [artifact for artifact, damage in wrong.items() if damage == "missing"]
    damaged = [artifact for artifact, damage in wrong.items() if damage and damage != "missing"]
    rows = [_files(missing, damaged)]
    if missing or damaged:
        rows.append(_route(next(iter([*missing, *damaged]))))
    return rows


def _needed(stack: Stack) -> list[Artifact]:
    """The files that a start would read: an archive that is unpacked already is not one of them."""
    parts = [part for part in FROM_MAVEN if part in stack.addresses.embedded]
    return [row for part in parts if not _is_unpacked(stack.home, part) for row in catalogue.of_part(part)]


def _is_unpacked(home: Home, part: str) -> bool:
    return part != "kafka" and unpack.is_unpacked(home, part)


def _files(missing: list[Artifact], damaged: list[Artifact]) -> Row:
    if damaged:
        names = ", ".join(artifact.filename for artifact in damaged)
        return Row("downloads", f"Damaged, will be deleted and fetched once more: {names}.")
    if missing:
        size = megabytes(sum(artifact.size for artifact in missing))
        return Row("downloads", f"{len(missing)} files ({size}) will be fetched.")
    return Row("downloads", "Every file is there and intact.")


def _route(artifact: Artifact) -> Row:
    """Whether the repository answers for one of the files."""
    [repository] = (fetch.repositories() or MavenContext().remote_repos).values()
    try:
        answer = requests.head(f"{repository}/{artifact.path.as_posix()}", timeout=PATIENCE_S, allow_redirects=True)
        reached = answer.ok
    except requests.RequestException:
        reached = False
    if reached:
        return Row("route", "The repository answers.")
    says = f"{artifact.filename} must be fetched and the repository does not answer."
    return Row("route", says, exit_codes.NO_DOWNLOAD, "Check the network (a proxy?).")
