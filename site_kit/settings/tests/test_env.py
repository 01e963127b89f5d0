"""The environment is read once, and a bad one is refused in plain sentences."""

import os
import subprocess
import sys
from pathlib import Path
from typing import ClassVar

import pytest

from site_kit.settings.env import BadEnvironment, SiteEnv, read_env
from site_kit.settings.hardened import refuse_local

ROOT = Path(__file__).resolve().parents[3]
GOOD = {
    "CELLAR_DATABASE_URL": "postgresql://keeper:p%40ss@db.local:5432/cellar",
    "CELLAR_SECRET_KEY": "k" * 40,
    "CELLAR_STATE_DIR": "/var/lib/cellar",
}


class CellarEnv(SiteEnv):
    """A site for these tests."""

    SITE: ClassVar[str] = "cellar"
    PORT: ClassVar[int] = 8097
    VALKEY_DATABASE: ClassVar[int] = 7


@pytest.fixture(autouse=True)
def environment(monkeypatch: pytest.MonkeyPatch) -> None:
    """Exactly the good environment."""
    for name in list(os.environ):
        if name.startswith(("CELLAR_", "SITE_", "KAFKA_", "VALKEY_", "SCHEMA_", "OTEL_", "LOG_", "TOPIC_")):
            monkeypatch.delenv(name)
    for name, value in GOOD.items():
        monkeypatch.setenv(name, value)


def sentences() -> list[str]:
    with pytest.raises(BadEnvironment) as refused:
        CellarEnv.judged()
    return refused.value.sentences


def test_what_is_not_said_has_the_sites_own_defaults() -> None:
    env = read_env(CellarEnv)

    assert (env.port, env.site_valkey_url) == (8097, "redis://127.0.0.1:26379/7")
    assert env.runtime_role == "cellar_runtime"
    assert env.otlp_endpoint == ""
    assert not env.debug


def test_shared_variables_have_no_prefix_and_own_ones_do(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KAFKA_BOOTSTRAP_SERVERS", "one:9092, two:9092")
    monkeypatch.setenv("LOG_LEVEL", "debug")
    monkeypatch.setenv("CELLAR_ALLOWED_HOSTS", "cellar.example, 10.0.0.7")
    monkeypatch.setenv("CELLAR_WEB_THREADS", "4")
    monkeypatch.setenv("SITE_ATTIC_URL", "http://attic.example/")

    env = read_env(CellarEnv)

    assert env.kafka_bootstrap_servers == "one:9092,two:9092"
    assert env.log_level == "DEBUG"
    assert env.allowed_hosts == ["cellar.example", "10.0.0.7"]
    assert env.web_threads == 4
    assert env.site_urls == {"attic": "http://attic.example"}


def test_every_bad_variable_has_a_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("CELLAR_STATE_DIR")
    monkeypatch.setenv("CELLAR_PORT", "99999")
    monkeypatch.setenv("KAFKA_BOOTSTRAP_SERVERS", "somewhere")

    assert sentences() == [
        "CELLAR_PORT is not usable: expected a port number, 1 to 63535.",
        "CELLAR_STATE_DIR is not set: expected a folder this process may write to.",
        "KAFKA_BOOTSTRAP_SERVERS is not usable: expected host:port of the brokers, separated by commas.",
    ]


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("CELLAR_DATABASE_URL", "mysql://keeper:hunter2@db/cellar"),
        ("CELLAR_DATABASE_URL", "postgresql://keeper:hunter2@db"),
        ("CELLAR_SECRET_KEY", "hunter2"),
        ("CELLAR_METRICS_TOKEN", "hunter2"),
    ],
)
def test_a_secret_is_never_repeated(monkeypatch: pytest.MonkeyPatch, name: str, value: str) -> None:
    monkeypatch.setenv(name, value)

    [sentence] = sentences()

    assert sentence.startswith(f"{name} is not usable: expected ")
    assert "hunter2" not in sentence


def test_nor_does_the_environment_show_it() -> None:
    assert "p%40ss" not in repr(read_env(CellarEnv))
    assert "k" * 40 not in repr(read_env(CellarEnv))


def test_a_slip_of_the_pen_is_pointed_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("CELLAR_DATABASE_URL")
    monkeypatch.setenv("CELLAR_DATABSE_URL", GOOD["CELLAR_DATABASE_URL"])

    assert sentences()[0].startswith("CELLAR_DATABASE_URL is not set (but CELLAR_DATABSE_URL is): expected ")


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("LOG_LEVEL", "LOUD"),
        ("LOG_FORMAT", "xml"),
        ("CELLAR_DEBUG", "perhaps"),
        ("CELLAR_VALKEY_DATABASE", "16"),
        ("VALKEY_URL", "127.0.0.1:6379"),
        ("SCHEMA_REGISTRY_URL", "registry"),
        ("TOPIC_PREFIX", "a b"),
        ("CELLAR_RUNTIME_ROLE", 'x"; DROP ROLE y'),
        ("CELLAR_WEB_WORKERS", "0"),
    ],
)
def test_nonsense_is_refused(monkeypatch: pytest.MonkeyPatch, name: str, value: str) -> None:
    monkeypatch.setenv(name, value)

    assert [sentence.split(" ")[0] for sentence in sentences()] == [name]


def test_a_process_ends_with_the_sentences_alone() -> None:
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "SAMPLE_PORT": "none"}
    for name in ("SAMPLE_DATABASE_URL", "DJANGO_SETTINGS_MODULE"):
        environment.pop(name, None)

    for program in (
        ["site_kit/testing/project/manage.py", "check"],
        ["-m", "site_kit.tasks.run_worker", "site_kit.testing.project.celery_app"],
    ):
        ended = subprocess.run([sys.executable, *program], env=environment, cwd=ROOT, capture_output=True, text=True)  # noqa: S603

        assert ended.returncode == 2
        assert ended.stdout == ""
        assert "Traceback" not in ended.stderr
        assert "SAMPLE_PORT is not usable" in ended.stderr
        assert "SAMPLE_DATABASE_URL is not set" in ended.stderr


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("CELLAR_DEBUG", "true", "CELLAR_DEBUG is true"),
        ("CELLAR_SECRET_KEY", "local-" + "k" * 40, "made by the local stack"),
        ("CELLAR_METRICS_TOKEN", "local-" + "k" * 40, "made by the local stack"),
        ("CELLAR_ALLOWED_HOSTS", "*", "CELLAR_ALLOWED_HOSTS holds *"),
    ],
)
def test_production_refuses_what_is_only_good_at_home(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], name: str, value: str, said: str
) -> None:
    monkeypatch.setenv(name, value)

    with pytest.raises(SystemExit) as ended:
        refuse_local(read_env(CellarEnv))

    assert ended.value.code == 2
    assert said in capsys.readouterr().err


def test_production_takes_a_good_environment() -> None:
    refuse_local(read_env(CellarEnv))
