"""What the front door says before it does anything."""

import ast
import importlib
import json
from pathlib import Path

import pytest

from local_stack import credentials, exit_codes, verb_list
from local_stack.__main__ import main
from local_stack.downloads import catalogue
from local_stack.home import CLONE, Home
from local_stack.refusals import StackRefusal
from local_stack.sites import chosen
from local_stack.tokens import signed
from local_stack.watching.log_lines import LogLine


@pytest.mark.parametrize("verb", verb_list.names())
def test_every_verb_has_a_summary_an_example_and_help(verb: str, capsys: pytest.CaptureFixture[str]) -> None:
    module = importlib.import_module(f"local_stack.verbs.{verb}")

    with pytest.raises(SystemExit) as ended:
        main([verb, "--help"])

    assert verb_list.summary(verb)
    assert ended.value.code == exit_codes.OK
    assert f"python3 manage_all.py {module.EXAMPLE}" in capsys.readouterr().out


def test_an_unknown_verb_names_the_nearest(capsys: pytest.CaptureFixture[str]) -> None:
    code = main(["stauts"])

    assert code == exit_codes.USAGE
    assert "did you mean 'status'?" in capsys.readouterr().err


def test_an_unknown_site_names_the_nearest() -> None:
    with pytest.raises(StackRefusal, match="did you mean 'catalog'") as refused:
        chosen("catalogue")

    assert refused.value.exit_code == exit_codes.USAGE


def test_a_site_may_be_named_like_its_folder() -> None:
    assert [site.name for site in chosen("inventory_site")] == ["inventory"]


def test_manage_all_parses_on_python_3_6() -> None:
    ast.parse((CLONE / "manage_all.py").read_text(), feature_version=(3, 6))


@pytest.mark.parametrize("machine", ["linux-amd64", "linux-arm64", "macos-amd64", "macos-arm64"])
def test_every_platform_has_its_files(machine: str) -> None:
    parts = {row.part for row in catalogue.read() if row.platform in ("any", machine)}

    assert parts == {"kafka", "postgresql", "registry"}
    assert sum(row.part == "postgresql" and row.platform == machine for row in catalogue.read()) == 1


def test_the_announced_size_is_the_size_of_the_files() -> None:
    announced = next(
        line for line in (CLONE / "manage_all.py").read_text().splitlines() if line.startswith("PACKAGES_MB")
    )
    _, embedded_mb, _ = map(int, announced.partition("=")[2].split(","))

    size = sum(row.size for row in catalogue.read() if row.platform in ("any", "linux-amd64")) / 1_000_000

    assert abs(embedded_mb - size) < 10


def test_the_lock_has_hashes_and_no_address() -> None:
    lock = (CLONE / "requirements.lock").read_text()
    names = [line for line in lock.splitlines() if line[:1].isalnum()]

    assert all(line.endswith("\\") for line in names)
    assert "://" not in lock
    assert not [line for line in lock.splitlines() if line.startswith("--")]


def test_secrets_are_private_marked_and_drawn_once(home: Home) -> None:
    first = credentials.of(home)

    again = credentials.of(home)

    assert first.values == again.values
    assert first.staff == again.staff
    assert all(value.startswith("local-") for value in first.values.values())
    assert (home.state / "secrets.json").stat().st_mode & 0o777 == 0o600
    assert "local-" not in repr(first)


def test_a_new_site_gets_secrets_without_changing_those_of_others(home: Home) -> None:
    first = credentials.of(home)
    file = home.state / "secrets.json"
    known = json.loads(file.read_text())
    del known["values"]["inventory_owner"]
    file.write_text(json.dumps(known))

    again = credentials.of(home)

    assert again["inventory_owner"] != first["inventory_owner"]
    assert again["catalog_owner"] == first["catalog_owner"]


def test_a_token_is_signed_with_the_key_that_the_sites_are_given(home: Home) -> None:
    import jwt

    token = signed(home, client="storefront", scopes=["inventory:reserve"])

    published = json.loads((home.of_site("catalog") / "jwks.json").read_text())
    key = jwt.PyJWKSet.from_dict(published)[jwt.get_unverified_header(token)["kid"]]
    claims = jwt.decode(token, key, algorithms=["EdDSA"], audience="first-viscount")
    assert (claims["sub"], claims["scope"]) == ("storefront", "inventory:reserve")
    assert claims["exp"] - claims["iat"] == 3600
    assert "private" not in json.dumps(published)
    assert {row["kty"] for row in published["keys"]} == {"OKP"}
    assert "d" not in published["keys"][0]


def test_a_log_line_is_about_a_request_when_it_carries_its_id() -> None:
    line = LogLine.of(
        "catalog-web", '{"timestamp": "2026-11-23T10:00:00.123Z", "event": "price_set", "request_id": "r1"}'
    )

    assert line.is_about("r1")
    assert not line.is_about("r2")
    assert line.shown(coloured=False) == "catalog-web         10:00:00.123 price_set request_id=r1"


def test_a_line_that_is_no_json_is_shown_as_it_stands(tmp_path: Path) -> None:
    line = LogLine.of("kafka", "[2026] WARN something")

    assert line.shown(coloured=False) == "kafka               [2026] WARN something"
    assert not line.is_about("r1")
