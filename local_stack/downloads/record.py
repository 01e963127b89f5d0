"""Write artifacts.toml anew, after a version below was changed: `python -m local_stack.downloads.record FOLDER`.

Fetches every file of every platform into FOLDER and writes down its size and SHA-256, for people who then read
the difference before they commit it.
"""

import hashlib
import sys
from collections.abc import Iterable, Iterator
from dataclasses import asdict
from pathlib import Path

import jgo
from jgo.maven import MavenContext

from local_stack.downloads.catalogue import ARTIFACTS, Artifact

POSTGRESQL = "17.11.0"
KAFKA = "org.apache.kafka:kafka_2.13:4.1.2"
KAFKA_LOGS = "org.slf4j:slf4j-simple:jar:1.7.36"  # without it Kafka dies silently
REGISTRY = "io.apicurio:apicurio-registry-app:tar.gz:all:3.3.3"
ZONKY = {
    "linux-amd64": "linux-amd64",
    "linux-arm64": "linux-arm64v8",
    "macos-amd64": "darwin-amd64",
    "macos-arm64": "darwin-arm64v8",
}
HEAD = """\
# Every file that the embedded parts are made of. A file that does not match is deleted and fetched once more.
# Written by: python -m local_stack.downloads.record FOLDER
"""


def wanted() -> Iterator[tuple[str, str, str]]:
    """Part, coordinate and platform of every file."""
    for platform, suffix in ZONKY.items():
        name = f"embedded-postgres-binaries-{suffix}"
        yield "postgresql", f"io.zonky.test.postgres:{name}:jar:{POSTGRESQL}", platform
    yield "registry", REGISTRY, "any"
    yield "kafka", KAFKA_LOGS, "any"
    for found in jgo.resolve(KAFKA):
        if found.packaging == "jar":
            middle = [found.classifier] if found.classifier else []
            yield "kafka", ":".join([found.groupId, found.artifactId, "jar", *middle, found.version]), "any"


def measured(folder: Path, part: str, coordinate: str, platform: str) -> Artifact:
    """Fetch one file and take its measure."""
    unknown = Artifact(part=part, coordinate=coordinate, size=0, sha256="", platform=platform)
    group, name, packaging, classifier, version = unknown.fields
    component = MavenContext(repo_cache=folder, timeout=60).project(group, name).at_version(version)
    content = Path(component.artifact(classifier=classifier, packaging=packaging).resolve()).read_bytes()
    sha256 = hashlib.sha256(content).hexdigest()
    return Artifact(part=part, coordinate=coordinate, size=len(content), sha256=sha256, platform=platform)


def as_toml(artifacts: Iterable[Artifact]) -> str:
    """The text of artifacts.toml."""
    blocks = [HEAD]
    for artifact in sorted(artifacts, key=lambda row: (row.part, row.coordinate)):
        fields = {name: value for name, value in asdict(artifact).items() if (name, value) != ("platform", "any")}
        lines = [
            f"{name} = {value if isinstance(value, int) else chr(34) + value + chr(34)}"
            for name, value in fields.items()
        ]
        blocks.append("\n".join(["[[artifact]]", *lines, ""]))
    return "\n".join(blocks)


if __name__ == "__main__":
    ARTIFACTS.write_text(as_toml([measured(Path(sys.argv[1]), *row) for row in wanted()]))
