"""A site whose processes run, and everything a test does to it."""

import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import count
from typing import Any, TypeVar
from uuid import uuid4

import psycopg
import redis

from local_stack import tokens
from local_stack.site_processes import specs
from local_stack.sites import SITES
from local_stack.stack import Stack
from site_kit.http.token_making import KeyPair, make_token
from tests.conformance.plans.plan import Plan
from tests.conformance.running.broker import Broker
from tests.conformance.running.caller import Ask, Caller, Reply
from tests.conformance.running.site_process import SiteProcess
from tests.conformance.running.waiting import until
from tests.conformance.running.web_workers import WebWorkers
from tests.conformance.running.wires import Wires
from tests.conformance.settings.under_test import CALLER_LIMIT, METRICS_TOKEN

WEB, WORKER, CONSUMER = "web", "worker", "consumer"
KINDS = (WEB, WORKER, CONSUMER)
START_S = 60.0
Seen = TypeVar("Seen")


@dataclass(frozen=True, slots=True)
class Behind:
    """The ways past the wires. `superuser` may look at anything in the database, and stand in its way."""

    superuser: str
    owner: str
    runtime: str
    brokers: str
    registry: str
    valkey: str


class StartedSite:
    """Processes of one site on wires of their own, with a database of their own. `end` it."""

    def __init__(self, plan: Plan, stack: Stack, wires: Wires, broker: Broker, behind: Behind) -> None:
        self.plan = plan
        self.wires = wires
        self.broker = broker
        self.behind = behind
        self.processes: dict[str, SiteProcess] = {}
        self._stack = stack
        self._site = SITES[plan.site]
        self._numbers = count(1)
        self._usual: Caller | None = None
        self._callers: list[Caller] = []
        self._seen: dict[Callable[[StartedSite], Any], Any] = {}

    def start(self, kinds: Sequence[str]) -> None:
        """Start processes of these kinds; `await_answers` waits for them."""
        tokens.publish_key(self._stack.home)
        wanted = dict(zip(KINDS, specs(self._stack, self._site), strict=True))
        for kind in kinds:
            self.processes[kind] = SiteProcess(wanted[kind])

    def await_answers(self, path: str = "/health/ready", *, within_s: float = START_S) -> None:
        """Return when every process answers 200. AssertionError with its last words for one that ended or is silent."""
        for kind in self.processes:
            until(lambda kind=kind: self._answers(kind, path), within_s=within_s, what=f"{kind}: {path}")  # type: ignore[misc]

    def hear(self) -> None:
        """Have the topics that this site listens to."""
        self.broker.create(set(self.plan.hears) - set(self.broker.topics()))

    def end(self) -> None:
        """Kill everything, hang up."""
        self.hang_up()
        for process in self.processes.values():
            process.kill()
        self.wires.close()
        self.broker.remove_topics()
        self.broker.close()

    def seen(self, scene: "Callable[[StartedSite], Seen]") -> Seen:
        """What was observed in a scene that takes long; it is played once for each site that runs."""
        if scene not in self._seen:
            self._seen[scene] = scene(self)
        found: Seen = self._seen[scene]
        return found

    # calling

    def new_number(self) -> int:
        """A number that was not used in this database."""
        return next(self._numbers)

    def new_name(self) -> str:
        """A name that was not used anywhere."""
        return uuid4().hex[:12]

    def guest(self, kind: str = WEB) -> Caller:
        """Somebody without a token, at one of the processes."""
        return self._remembered(Caller(self.processes[kind].port))

    def client(self, *scopes: str, **claims: Any) -> Caller:
        """A new client, with all scopes when none is named; `claims` are laid over those of its token."""
        subject = f"client-{self.new_name()}"
        token = self.token(subject, *(scopes or self.plan.scopes), **claims)
        return self._remembered(Caller(self.processes[WEB].port, token=token, subject=subject))

    def twin(self, caller: Caller) -> Caller:
        """The same client on a connection of its own."""
        return self._remembered(caller.twin())

    def caller(self) -> Caller:
        """A client with all scopes that has not made too many requests yet."""
        if self._usual is None or self._usual.asked > CALLER_LIMIT / 2:
            self._usual = self.client()
        return self._usual

    def hang_up(self) -> None:
        """Close every connection that was opened for a test."""
        for caller in self._callers:
            caller.close()
        self._callers.clear()

    def token(self, subject: str, *scopes: str, **claims: Any) -> str:
        """A token of the platform; `claims`, and key, issuer or audience among them, can make it a bad one."""
        usual = {
            "key": self.platform_key,
            "issuer": tokens.ISSUER,
            "audience": tokens.AUDIENCE,
        }
        return make_token(subject=subject, scopes=scopes, **{**usual, **claims})

    @property
    def platform_key(self) -> KeyPair:
        """What good tokens are signed with."""
        return tokens.platform_key(self._stack.home)

    @property
    def metrics_token(self) -> str:
        """What scrapers from elsewhere show."""
        return METRICS_TOKEN

    def written(self, ask: Ask) -> Reply:
        """A write that has to work, with a key of its own."""
        reply = self.caller().send(self.keyed(ask))
        assert 200 <= reply.status < 300, f"{ask.method} {ask.path}: {reply}"
        return reply

    def keyed(self, ask: Ask) -> Ask:
        """The write with a new Idempotency-Key."""
        return ask.plus(idempotency_key=str(uuid4()))

    def probe(self, kind: str, path: str, **headers: str) -> Reply:
        """One of the questions that every process answers."""
        caller = Caller(self.processes[kind].port)
        try:
            return caller.get(path, **headers)
        finally:
            caller.close()

    @cached_property
    def workers(self) -> WebWorkers:
        """The web workers."""
        return WebWorkers(self.processes[WEB].pid)

    # looking behind

    def rows(self, statement: str, *parameters: Any) -> list[tuple[Any, ...]]:
        """Rows of its database, read past the wire."""
        with psycopg.connect(self.behind.superuser, autocommit=True) as connection:
            return connection.execute(statement, parameters).fetchall()

    def metric(self, kind: str, name: str, **labels: str) -> float:
        """A number of `/metrics`, summed over the samples that have these labels."""
        wanted = [f'{label}="{value}"' for label, value in labels.items()]
        lines = self.probe(kind, "/metrics").content.decode().splitlines()
        found = [line for line in lines if line.partition("{")[0].partition(" ")[0] == name]
        return sum(float(line.rpartition(" ")[2]) for line in found if all(label in line for label in wanted))

    def command(self, *words: str, overrides: Mapping[str, str] | None = None) -> subprocess.CompletedProcess[str]:
        """One of the site's management commands."""
        return subprocess.run(
            [sys.executable, str(self._stack.home.clone / self._site.package / "manage.py"), *words],
            cwd=self._stack.home.clone,
            env={**self._stack.site_environment(self._site), **(overrides or {})},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=120,
        )

    def valkey_keys(self) -> list[str]:
        """Every key in this site's database of Valkey."""
        with redis.Redis.from_url(self.behind.valkey) as valkey:
            return [key.decode() for key in valkey.scan_iter()]

    @property
    def staff_password(self) -> str:
        """Of the staff login `admin`."""
        return self._stack.credentials.staff[self.plan.site]["admin"]

    def last_words(self) -> str:
        """The end of every log, for a test that failed."""
        return "\n".join(f"-- {kind}\n{process.log_text()[-3000:]}" for kind, process in self.processes.items())

    def _remembered(self, caller: Caller) -> Caller:
        self._callers.append(caller)
        return caller

    def _answers(self, kind: str, path: str) -> bool:
        process = self.processes[kind]
        assert process.exit_code is None, f"{kind} ended with {process.exit_code}:\n{process.log_text()[-2000:]}"
        try:
            return self.probe(kind, path).status == 200
        except OSError:
            return False
