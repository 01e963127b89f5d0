"""The reader of pages: what it takes for a command, and how it compares what a page shows."""

from pathlib import Path

import pytest

from tests.docs.blocks import commands, matches

PAGE = """\
# A page

```console
$ git clone https://host/first-viscount
$ cd first-viscount
$ python3 manage_all.py status
catalog   web  ready
…
```

```python
not_a_command()
```

```bash
# a comment
curl -s -X POST http://127.0.0.1:8083/api/v1/inventory/adjust \\
  -H "Content-Type: application/json" \\
  -d '{
    "units": 1
  }'
python3 manage_all.py down
```
"""


@pytest.fixture
def page(tmp_path: Path) -> Path:
    file = tmp_path / "page.md"
    file.write_text(PAGE, encoding="utf-8")
    return file


def test_commands_come_in_reading_order_with_their_continuation_lines(page: Path) -> None:
    typed = [command.typed for command in commands(page)]

    assert typed[:3] == ["git clone https://host/first-viscount", "cd first-viscount", "python3 manage_all.py status"]
    assert typed[3].startswith("curl -s -X POST")
    assert typed[3].endswith("}'")
    assert typed[4:] == ["python3 manage_all.py down"]


def test_only_a_session_claims_output(page: Path) -> None:
    assert [command.shown for command in commands(page)] == [(), (), ("catalog   web  ready", "…"), (), ()]


def test_a_command_knows_its_line(page: Path) -> None:
    assert [command.line for command in commands(page)] == [4, 5, 6, 17, 22]


@pytest.mark.parametrize(
    ("shown", "fits"),
    [
        (("catalog web ready",), True),
        (("catalog … ready",), True),
        (("catalog   web  ready", "…", "inventory web ready"), True),
        (("inventory web ready", "catalog web ready"), False),
        (("catalog web starting",), False),
    ],
)
def test_shown_output_is_compared_by_lines_in_order(shown: tuple[str, ...], fits: bool) -> None:
    assert matches("catalog    web   ready\nsomething\ninventory  web  ready\n", shown) is fits
