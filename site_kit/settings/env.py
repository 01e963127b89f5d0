"""One typed schema of the environment every site process runs in; nonsense is refused in plain sentences."""

import difflib
import os
import re
import sys
from pathlib import Path
from typing import Annotated, Any, ClassVar, Literal, NoReturn, Self, TypeVar, cast
from urllib.parse import urlsplit

from pydantic import AfterValidator, BeforeValidator, Field, SecretStr, ValidationError
from pydantic.fields import FieldInfo
from pydantic_core import ErrorDetails
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

import site_kit.settings.lean_imports  # noqa: F401 - before anything that brings too much along

LOCAL_SECRET_PREFIX = "local-"  # noqa: S105 - the mark of a secret made for one machine, not a secret
SITE_URL = re.compile(r"^SITE_([A-Z]+)_URL$")


class BadEnvironment(Exception):  # noqa: N818 - what is bad is the environment
    """The environment cannot run this site; `sentences` names every bad variable, never a secret value."""

    def __init__(self, sentences: list[str]) -> None:
        super().__init__("\n".join(sentences))
        self.sentences = sentences


def _split(value: Any) -> Any:
    return [part.strip() for part in value.split(",") if part.strip()] if isinstance(value, str) else value


def _database_url(value: SecretStr) -> SecretStr:
    url = urlsplit(value.get_secret_value())
    if url.scheme not in {"postgresql", "postgres"} or not url.hostname or not url.path.strip("/"):
        raise ValueError("not a database address")
    return value


def _address(*schemes: str) -> AfterValidator:
    def check(value: str) -> str:
        url = urlsplit(value)
        if value and (url.scheme not in schemes or not url.hostname):
            raise ValueError("not an address")
        return value.rstrip("/")

    return AfterValidator(check)


def _brokers(value: str) -> str:
    hosts = [part.strip() for part in value.split(",")]
    if not all(re.fullmatch(r"(\[[^\]]+\]|[^:\s]+):\d{1,5}", host) for host in hosts):
        raise ValueError("not host:port")
    return ",".join(hosts)


def _gathered_site_urls() -> dict[str, str]:
    return {match[1].lower(): url.rstrip("/") for name, url in os.environ.items() if (match := SITE_URL.match(name))}


CommaList = Annotated[list[str], NoDecode, BeforeValidator(_split)]
HttpUrl = Annotated[str, _address("http", "https")]


class SiteEnv(BaseSettings):
    """What a site process reads from its environment, once.

    A site names itself and its usual places; its own variables then start with its name (`CATALOG_PORT`):

        class CatalogEnv(SiteEnv):
            SITE: ClassVar[str] = "catalog"
            PORT: ClassVar[int] = 8082
            VALKEY_DATABASE: ClassVar[int] = 2

        ENV = read_env(CatalogEnv)

    The description of a field completes the sentence "expected …".
    """

    SITE: ClassVar[str] = ""
    PORT: ClassVar[int] = 0
    VALKEY_DATABASE: ClassVar[int] = 0

    model_config = SettingsConfigDict(extra="ignore", hide_input_in_errors=True, validate_default=False)

    database_url: Annotated[SecretStr, AfterValidator(_database_url)] = Field(
        description="the address of this site's own database, postgresql://user:password@host:port/name"
    )
    database_behind_pooler: bool = Field(
        False, description="true when PgBouncer in transaction mode stands before the database, else false"
    )
    runtime_role: str = Field(
        "", pattern=r"^([a-z_][a-z0-9_]*)?$", description="the name of the database role the processes run as"
    )
    secret_key: SecretStr = Field(min_length=32, description="at least 32 random characters")
    secret_key_fallbacks: Annotated[list[SecretStr], NoDecode, BeforeValidator(_split)] = Field(
        [], description="former secret keys, separated by commas"
    )
    port: int = Field(0, ge=1, le=63535, description="a port number, 1 to 63535")
    bind: str = Field("127.0.0.1", min_length=1, description="the address to listen on, 127.0.0.1 or 0.0.0.0")
    state_dir: Path = Field(description="a folder this process may write to")
    valkey_database: int = Field(-1, ge=0, le=15, description="a Valkey database number, 0 to 15")
    allowed_hosts: CommaList = Field(
        ["127.0.0.1", "localhost", "[::1]"], description="host names the site answers to, separated by commas"
    )
    trusted_origins: CommaList = Field(
        [], description="https:// origins in front of the site whose forms are accepted, separated by commas"
    )
    web_workers: int = Field(2, ge=1, le=64, description="how many web processes to run, 1 to 64")
    web_threads: int = Field(8, ge=1, le=128, description="how many requests one web process serves at once, 1 to 128")
    metrics_token: SecretStr | None = Field(None, min_length=16, description="at least 16 random characters")
    debug: bool = Field(False, description="true or false")

    kafka_bootstrap_servers: Annotated[str, AfterValidator(_brokers)] = Field(
        "127.0.0.1:29092",
        validation_alias="KAFKA_BOOTSTRAP_SERVERS",
        description="host:port of the brokers, separated by commas",
    )
    schema_registry_url: HttpUrl = Field(
        "http://127.0.0.1:28070/apis/ccompat/v7",
        validation_alias="SCHEMA_REGISTRY_URL",
        description="the http:// address of the schema registry",
    )
    valkey_url: Annotated[str, _address("redis", "rediss", "valkey", "valkeys")] = Field(
        "redis://127.0.0.1:26379",
        validation_alias="VALKEY_URL",
        description="the address of Valkey without a database number, redis://host:port",
    )
    topic_prefix: str = Field(
        "",
        validation_alias="TOPIC_PREFIX",
        pattern=r"^[A-Za-z0-9._-]*$",
        description="letters, digits, dots and dashes, or nothing",
    )
    otlp_endpoint: HttpUrl = Field(
        "",
        validation_alias="OTEL_EXPORTER_OTLP_ENDPOINT",
        description="the http:// address of an OpenTelemetry collector, or nothing",
    )
    log_level: Annotated[Literal["DEBUG", "INFO", "WARNING", "ERROR"], BeforeValidator(str.upper)] = Field(
        "INFO", validation_alias="LOG_LEVEL", description="DEBUG, INFO, WARNING or ERROR"
    )
    log_format: Literal["json", "console"] = Field("json", validation_alias="LOG_FORMAT", description="json or console")
    site_urls: dict[str, str] = Field(
        default_factory=_gathered_site_urls,
        description="public address of every site by its name, gathered from SITE_<NAME>_URL",
    )

    def model_post_init(self, context: Any, /) -> None:
        """Fill what follows from the site's name."""
        self.runtime_role = self.runtime_role or f"{self.SITE}_runtime"
        self.port = self.port or self.PORT
        if self.valkey_database < 0:
            self.valkey_database = self.VALKEY_DATABASE

    @property
    def site_valkey_url(self) -> str:
        """Valkey's address with this site's own database number."""
        return f"{self.valkey_url}/{self.valkey_database}"

    @property
    def has_local_secrets(self) -> bool:
        """Whether a secret was made by the local stack for one machine; production refuses those."""
        secrets = (self.secret_key, self.metrics_token, *self.secret_key_fallbacks)
        return any(secret and secret.get_secret_value().startswith(LOCAL_SECRET_PREFIX) for secret in secrets)

    @classmethod
    def judged(cls) -> Self:
        """The environment, judged as a whole. Raises `BadEnvironment` with a sentence per bad variable."""
        try:
            return cls(_env_prefix=f"{cls.SITE.upper()}_")  # type: ignore[call-arg]  # pydantic-settings' own seam
        except ValidationError as error:
            raise BadEnvironment([_sentence(cls, fault) for fault in error.errors()]) from None


E = TypeVar("E", bound=SiteEnv)


def read_env(schema: type[E]) -> E:
    """The site's environment; a bad one ends the process with exit code 2 and plain sentences, whoever started it."""
    try:
        return schema.judged()
    except BadEnvironment as bad:
        refuse(bad)


def refuse(bad: BadEnvironment) -> NoReturn:
    """Say what is wrong with the environment and end the process (exit code 2, no traceback)."""
    sys.stderr.write("".join(f"{sentence}\n" for sentence in bad.sentences))
    raise SystemExit(2)


def site_env() -> SiteEnv:
    """The environment that the running site's settings were made from."""
    from django.conf import settings  # settings import this module

    return cast(SiteEnv, settings.ENV)


def _sentence(schema: type[SiteEnv], fault: ErrorDetails) -> str:
    variable, field = _field_of(schema, str(fault["loc"][0]))
    expected = f"expected {field.description}"
    if fault["type"] == "missing":
        return f"{variable} is not set{_near_miss(variable)}: {expected}."
    return f"{variable} is not usable: {expected}."


def _field_of(schema: type[SiteEnv], place: str) -> tuple[str, FieldInfo]:
    """The variable's name in the environment and its field; pydantic reports either the alias or the field's name."""
    for name, field in schema.model_fields.items():
        alias = field.validation_alias
        if alias and place.lower() == str(alias).lower():
            return str(alias), field
        if not alias and place.lower() in {name, f"{schema.SITE}_{name}"}:
            return f"{schema.SITE}_{name}".upper(), field
    raise KeyError(place)


def _near_miss(variable: str) -> str:
    near = difflib.get_close_matches(variable, [name for name in os.environ if name != variable], n=1, cutoff=0.9)
    return f" (but {near[0]} is)" if near else ""
