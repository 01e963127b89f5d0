"""PostgreSQL: unpacked, its data folder made once, and how it is started."""

import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from local_stack import account, exit_codes
from local_stack.account import Account
from local_stack.credentials import Credentials
from local_stack.downloads.unpack import unpacked
from local_stack.home import Home
from local_stack.parts.environment import of_part
from local_stack.ports import Ports
from local_stack.private_files import write_private
from local_stack.refusals import StackRefusal
from local_stack.sites import SITES
from local_stack.supervision.spec import PARTS, Probe, ProcessSpec

NAME = "postgresql"
MAJOR = "17"
CONNECTIONS_OF_A_SITE = 2 * (8 + 2) + 14 + 6 + 6  # two web processes, the worker, the consumer, commands by hand
CONNECTIONS_OF_PEOPLE = 24  # verify, psql, tests that copy databases

SETTINGS = """\
# Written at every start; small, because it shares the machine with everything else. Loopback only: a Unix socket
# would break in clones with a long path.
listen_addresses = '127.0.0.1'
unix_socket_directories = ''
max_connections = {connections}
shared_buffers = 48MB
work_mem = 4MB
maintenance_work_mem = 32MB
max_parallel_workers_per_gather = 0
jit = off
wal_level = minimal
max_wal_senders = 0
max_wal_size = 256MB
min_wal_size = 64MB
checkpoint_timeout = 15min
max_locks_per_transaction = 128
autovacuum_max_workers = 2
shared_preload_libraries = 'pg_stat_statements'
password_encryption = 'scram-sha-256'
log_line_prefix = '%m [%p] %d '
log_min_messages = warning
lc_messages = 'C'
timezone = 'UTC'
log_timezone = 'UTC'
"""

IN_A_HURRY = """\
fsync = off
synchronous_commit = off
full_page_writes = off
"""


def prepared(home: Home, ports: Ports, credentials: Credentials, *, durable: bool = True) -> ProcessSpec:
    """Make the data folder if there is none, and say how to start the server. Raises StackRefusal.

    Without `durable` commits do not wait for the disk: they survive the server's death, not the machine's.
    """
    programs = unpacked(home, NAME)
    folder = home.of_part(NAME)
    folder.mkdir(parents=True, exist_ok=True)
    become = account_for(home)
    if become:
        os.chown(folder, become.uid, become.gid)
    data = folder / "data"
    refuse_other_major(data)
    if not data.exists():
        _initialise(home, programs, become, credentials["postgres"])
    _write_settings(data, become, durable=durable)
    _forget_dead_server(data)
    return ProcessSpec(
        name=NAME,
        group=PARTS,
        argv=(str(programs / "bin" / "postgres"), "-D", str(data), "-p", str(ports.of_part(NAME))),
        env=of_part(home, NAME),
        cwd=str(folder),
        log=str(home.logs / f"{NAME}.log"),
        ready=Probe("postgresql", ports.of_part(NAME)),
        user=become.name if become else None,
        stop_signal="SIGINT",  # ends sessions; SIGTERM would wait for them
    )


def refuse_other_major(data: Path) -> None:
    """Raises StackRefusal when the data folder was written by another major version."""
    version = data / "PG_VERSION"
    found = version.read_text().strip() if version.exists() else MAJOR
    if found != MAJOR:
        sentence = f"The data in {data} was written by PostgreSQL {found}; this is {MAJOR}, and nothing was touched."
        way_out = "Go back to the release that wrote it, or start anew with `python3 manage_all.py reset --yes`."
        raise StackRefusal(sentence, exit_code=exit_codes.OTHER_DATA, way_out=way_out)


def account_for(home: Home) -> Account | None:
    """The account to become: the owner of existing data, so that a second start does not change hands."""
    data = home.of_part(NAME) / "data"
    wanted = account.unprivileged(home.clone)
    return (account.owner_of(data) or wanted) if wanted and data.exists() else wanted


def _initialise(home: Home, programs: Path, become: Account | None, password: str) -> None:
    """Make the data folder under another name first: half of one must not look like data."""
    folder = home.of_part(NAME)
    unfinished = folder / "data.unfinished"
    shutil.rmtree(unfinished, ignore_errors=True)
    options = [
        "--encoding=UTF8",
        "--locale-provider=builtin",
        "--locale=C.UTF-8",
        "--auth=scram-sha-256",
        "--username=postgres",
    ]
    with _password_file(folder / "password", password, become) as file:
        made = subprocess.run(
            [programs / "bin" / "initdb", "-D", unfinished, f"--pwfile={file}", *options],
            env=of_part(home, NAME),
            cwd=folder,
            user=become.uid if become else None,
            group=become.gid if become else None,
            extra_groups=[] if become else None,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
        )
    if made.returncode != 0:
        full = "No space left" in made.stderr
        code = exit_codes.NO_SPACE if full else exit_codes.FAILED
        raise StackRefusal(f"PostgreSQL's data folder could not be made: {_last_line(made.stderr)}.", exit_code=code)
    unfinished.rename(folder / "data")


@contextmanager
def _password_file(file: Path, password: str, reader: Account | None) -> Iterator[Path]:
    write_private(file, password + "\n")
    if reader:
        os.chown(file, reader.uid, reader.gid)
    try:
        yield file
    finally:
        file.unlink()


def _write_settings(data: Path, become: Account | None, *, durable: bool) -> None:
    connections = len(SITES) * CONNECTIONS_OF_A_SITE + CONNECTIONS_OF_PEOPLE
    file = data / "postgresql.conf"
    file.write_text(SETTINGS.format(connections=connections) + ("" if durable else IN_A_HURRY))
    if become:
        os.chown(file, become.uid, become.gid)


def _forget_dead_server(data: Path) -> None:
    """Remove the pid file of a killed server: its number may belong to somebody else by now.

    Only called when no process of this home is left, which `leftovers` has made sure of.
    """
    (data / "postmaster.pid").unlink(missing_ok=True)


def _last_line(text: str) -> str:
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    return lines[-1].rstrip(".") if lines else "no reason given"
