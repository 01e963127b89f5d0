"""The reader of claims: what counts as a path, a verb, an address or a link."""

from tests.docs.claims import anchors, claimed_addresses, claimed_paths, claimed_verbs, relative_links

PAGE = """\
# One page
`site_kit/http/` and `<site>_site/domain/models`, `manage_all.py up --detach`, `GET /health/live`, `README.md`,
`application/problem+json`, `http://127.0.0.1:8082/admin/`, <http://127.0.0.1:8083/api/v1/docs>. `on_hand`
[a](docs/adr/0001-x.md#y) ![b](docs/p.svg) [c](https://elsewhere.example/x.md) [d](#one-page) <img src="docs/q.png">
```console
$ echo [no](link.md)
```
"""


def test_paths_are_code_with_a_slash_or_a_known_ending() -> None:
    assert claimed_paths(PAGE) == ["*_site/domain/models", "README.md", "site_kit/http"]


def test_verbs_follow_the_front_door() -> None:
    assert claimed_verbs(PAGE) == ["up"]


def test_addresses_are_those_of_this_machine() -> None:
    assert claimed_addresses(PAGE) == ["http://127.0.0.1:8082/admin/", "http://127.0.0.1:8083/api/v1/docs"]


def test_links_are_relative_and_outside_of_code() -> None:
    assert relative_links(PAGE) == ["docs/adr/0001-x.md", "docs/p.svg", "docs/q.png"]


def test_an_anchor_is_made_of_its_heading() -> None:
    assert anchors("## What it costs, in MB\n") == {"what-it-costs-in-mb"}
