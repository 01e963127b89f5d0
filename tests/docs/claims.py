"""What a page claims to exist: paths, verbs of the front door, addresses, links."""

import re
from urllib.parse import unquote

CODE = re.compile(r"`([^`\n]+)`")
PLACEHOLDER = re.compile(r"<[^>]+>|\{[^}]*\}|…")
_PATH = re.compile(
    r"^(?:\./)?[\w.<>*{}-]+(?:/[\w.<>*{},-]+)+/?$|^[\w-]+/$|^[\w.-]+\.(?:py|md|toml|in|lock|avsc|json|yml)$"
)
_ADDRESS = re.compile(r"https?://(?:127\.0\.0\.1|localhost):\d+[^\s`)|>\"']*")
_LINK = re.compile(
    r"!?\[[^\]]*\]\((?P<target>[^)\s]+)(?:\s+\"[^\"]*\")?\)|<img[^>]+src=\"(?P<image>[^\"]+)\"|srcset=\"(?P<set>[^\"]+)\""
)


def claimed_paths(text: str) -> list[str]:
    """Paths of the tree in code marks, placeholders such as `<site>` as glob stars. URL paths are no files."""
    words = (word.strip() for word in CODE.findall(text))
    paths = {PLACEHOLDER.sub("*", word).removeprefix("./").rstrip("/") for word in words if _PATH.match(word)}
    return sorted(path for path in paths if not path.startswith(("/", "application/", "text/")))


def claimed_verbs(text: str) -> list[str]:
    """Verbs written after `manage_all.py`."""
    return sorted(set(re.findall(r"manage_all\.py ([a-z]+)", text)))


def claimed_addresses(text: str) -> list[str]:
    """Addresses on this machine, without placeholders."""
    return sorted({address.rstrip(".,;") for address in _ADDRESS.findall(text) if not PLACEHOLDER.search(address)})


def relative_links(text: str) -> list[str]:
    """Targets of links and pictures inside the repository, without their anchors."""
    outside_code = re.sub(r"^(`{3,}|~{3,}).*?^\1", "", text, flags=re.MULTILINE | re.DOTALL)
    targets = (match["target"] or match["image"] or match["set"].split()[0] for match in _LINK.finditer(outside_code))
    inside = (target for target in targets if not re.match(r"[a-z][a-z0-9+.-]*:|#", target))
    return sorted({unquote(target.partition("#")[0]) for target in inside})


def anchors(text: str) -> set[str]:
    """Anchors of a page's headings, made as the usual code hosts make them."""
    headings = re.findall(r"^#{1,6}\s+(.+?)\s*#*$", text, flags=re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}
