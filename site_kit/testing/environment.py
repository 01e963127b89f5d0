"""The environment that a site's tests run in: what is not given is made up, what could do harm is replaced."""

import os
import tempfile
from pathlib import Path
from uuid import uuid4

TEST_DATABASE_URL = "TEST_DATABASE_URL"
DEFAULT_DATABASE_URL = "postgresql://postgres:postgres@127.0.0.1:25432/postgres"


def prepare(settings_module: str) -> None:
    """Fill the site's variables before its settings are read.

    `<SITE>_DATABASE_URL` (or `TEST_DATABASE_URL` for whatever site) names a server and a role that may create
    databases. The state folder is always a new one: tests write keys into it, and a running site must not
    find those in its own.
    """
    prefix = site_of(settings_module).upper()
    os.environ.setdefault(f"{prefix}_DATABASE_URL", os.environ.get(TEST_DATABASE_URL, DEFAULT_DATABASE_URL))
    os.environ.setdefault(f"{prefix}_SECRET_KEY", f"for-tests-{uuid4().hex}")
    os.environ.setdefault("TOPIC_PREFIX", f"test-{uuid4().hex[:8]}-")
    os.environ[f"{prefix}_STATE_DIR"] = str(_state_folder())


def site_of(settings_module: str) -> str:
    """The site that a settings module belongs to: `catalog_site.settings.test` → catalog."""
    package = settings_module.partition(".")[0]
    return "sample" if package == "site_kit" else package.removesuffix("_site")


def _state_folder() -> Path:
    folder = Path(tempfile.gettempdir()) / f"site-tests-{os.getuid()}-{os.getpid()}"
    folder.mkdir(mode=0o700, exist_ok=True)
    return folder
