"""The supervisor: a small process of its own that keeps the others alive.

`python -m local_stack.supervision.daemon RUN_FOLDER READY_FD`. It knows no site and no part: it is told what to
start over a loopback socket, whose port and password lie in RUN_FOLDER. When it dies its children live on;
`leftovers` finds them by what it wrote into `processes.json` and by the markers in their environment.
"""

import asyncio
import json
import os
import secrets
import signal
import sys
import time
from collections.abc import Iterable
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import psutil

from local_stack.private_files import write_private
from local_stack.supervision import log_files
from local_stack.supervision.child import Child
from local_stack.supervision.spec import PARTS, ProcessSpec, Report

LOG_CHECK_S = 60.0
HOPELESS_FAILURES = 3


class Supervisor:
    """The children, and the few things that can be asked of them."""

    def __init__(self, run: Path) -> None:
        self._run = run
        self._children: dict[str, Child] = {}
        self._changed = asyncio.Event()
        self.ended = asyncio.Event()

    def reports(self) -> list[Report]:
        """Every child, in the order of its first start."""
        return [child.report() for child in self._children.values()]

    def start(self, specs: Iterable[ProcessSpec]) -> list[str]:
        """Start what is not running yet; returns the names that were started."""
        new = [spec for spec in specs if spec.name not in self._children]
        for spec in new:
            self._children[spec.name] = Child(spec, self._tell)
        return [spec.name for spec in new]

    async def stop(self, names: Iterable[str]) -> list[str]:
        """End children and forget them; returns the names that were known."""
        known = [name for name in names if name in self._children]
        await asyncio.gather(*(self._children[name].stop() for name in known))
        for name in known:
            self._children.pop(name, None)
        self._write()
        return known

    async def stop_all(self) -> None:
        """End everything: the sites first, then the parts, last started first ended.

        Nothing loses what it needs to end: the registry without Kafka would wait for it until it is killed.
        """
        await self.stop([report.name for report in self.reports() if report.group != PARTS])
        for report in reversed(self.reports()):
            await self.stop([report.name])
        self.ended.set()

    async def next_change(self, patience_s: float) -> None:
        """Return when something has changed, or after a while."""
        try:
            await asyncio.wait_for(self._changed.wait(), patience_s)
        except TimeoutError:
            return

    async def look_after_logs(self) -> None:
        """Shorten long logs for as long as the supervisor lives."""
        while True:
            await asyncio.sleep(LOG_CHECK_S)
            log_files.shorten(report.log for report in self.reports())

    def _tell(self, event: str, **facts: Any) -> None:
        line = {"timestamp": _now(), "level": "info", "event": event, **facts}
        print(json.dumps(line), flush=True)
        self._write()
        self._changed.set()
        self._changed = asyncio.Event()

    def _write(self) -> None:
        table = json.dumps([asdict(report) for report in self.reports()])
        write_private(self._run / "processes.json", table)


class Desk:
    """Where the front door asks: one JSON object a line in, one or more out."""

    def __init__(self, supervisor: Supervisor, password: str) -> None:
        self._supervisor, self._password = supervisor, password

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Answer one request and close; a wrong password gets no answer."""
        try:
            request = json.loads(await reader.readline())
            if secrets.compare_digest(str(request.get("password")), self._password):
                await self._answer(request, writer)
        except (ValueError, ConnectionError):
            pass  # not one of ours, or gone in the middle: nobody to answer
        finally:
            writer.close()

    async def _answer(self, request: dict[str, Any], writer: asyncio.StreamWriter) -> None:
        match request["do"]:
            case "status":
                await self._reply(writer, self._status())
            case "start":
                specs = [ProcessSpec.from_json(data) for data in request["specs"]]
                await self._reply(writer, {"started": self._supervisor.start(specs)})
            case "stop":
                await self._reply(writer, {"stopped": await self._supervisor.stop(request["names"])})
            case "wait":
                await self._wait(set(request["names"]), float(request["timeout_s"]), writer)
            case "quit":
                await self._supervisor.stop_all()
                await self._reply(writer, {"quit": True})

    async def _wait(self, names: set[str], timeout_s: float, writer: asyncio.StreamWriter) -> None:
        """Tell every change until all are ready, one is hopeless, or time is up."""
        deadline = time.monotonic() + timeout_s
        while True:
            await self._reply(writer, self._status())
            waited_for = [report for report in self._supervisor.reports() if report.name in names]
            if all(report.state == "ready" for report in waited_for):
                return
            if any(report.failures >= HOPELESS_FAILURES for report in waited_for):
                return
            if time.monotonic() > deadline:
                return
            await self._supervisor.next_change(deadline - time.monotonic() + 0.1)

    def _status(self) -> dict[str, Any]:
        return {"processes": [asdict(report) for report in self._supervisor.reports()]}

    async def _reply(self, writer: asyncio.StreamWriter, answer: dict[str, Any]) -> None:
        writer.write(json.dumps(answer).encode() + b"\n")
        await writer.drain()


async def supervise(run: Path, ready_fd: int) -> None:
    """Serve until told to quit, or until SIGTERM."""
    supervisor = Supervisor(run)
    password = secrets.token_urlsafe(24)
    server = await asyncio.start_server(Desk(supervisor, password).serve, "127.0.0.1", 0, limit=1 << 20)
    address = {
        "pid": os.getpid(),
        "created": psutil.Process().create_time(),
        "port": server.sockets[0].getsockname()[1],
        "password": password,
    }
    write_private(run / "supervisor.json", json.dumps(address))
    os.close(ready_fd)  # whoever started us waits for this

    loop = asyncio.get_running_loop()
    quitting: list[asyncio.Task[None]] = []
    loop.add_signal_handler(signal.SIGTERM, lambda: quitting.append(loop.create_task(supervisor.stop_all())))
    loop.add_signal_handler(signal.SIGHUP, lambda: None)
    logs = loop.create_task(supervisor.look_after_logs())
    await supervisor.ended.wait()
    logs.cancel()
    await asyncio.sleep(0)  # the last answer leaves
    server.close()
    (run / "supervisor.json").unlink(missing_ok=True)


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


if __name__ == "__main__":
    asyncio.run(supervise(Path(sys.argv[1]), int(sys.argv[2])))
