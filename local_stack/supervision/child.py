"""One process kept alive: started, watched, started again with a growing pause, ended."""

import asyncio
import os
import pwd
import signal
import time
from collections.abc import Callable
from contextlib import suppress

import psutil

from local_stack.supervision import log_files
from local_stack.supervision.probes import is_ready
from local_stack.supervision.spec import ProcessSpec, Report, State

FIRST_PAUSE_S, LONGEST_PAUSE_S = 0.5, 30.0
STARTING_INTERVAL_S, READY_INTERVAL_S = 0.15, 2.0

Tell = Callable[..., None]


class Child:
    """A process and everything known about it; all methods belong to the supervisor's event loop."""

    def __init__(self, spec: ProcessSpec, tell: Tell) -> None:
        self.spec = spec
        self._tell = tell
        self._state: State = "starting"
        self._process: asyncio.subprocess.Process | None = None
        self._created: float | None = None
        self._started_at: float | None = None
        self._restarts = self._failures = 0
        self._last_exit: int | None = None
        self._next_try_at: float | None = None
        self._ending = asyncio.Event()
        self._keeper = asyncio.create_task(self._keep_alive())

    def report(self) -> Report:
        """What `status` shows."""
        return Report(
            name=self.spec.name,
            group=self.spec.group,
            state=self._state,
            port=self.spec.ready.port,
            pid=self._process.pid if self._process else None,
            created=self._created,
            started_at=self._started_at,
            restarts=self._restarts,
            failures=self._failures,
            last_exit=self._last_exit,
            next_try_at=self._next_try_at,
            log=self.spec.log,
        )

    async def stop(self) -> None:
        """End the process: politely, then after its time-out by force, with all its descendants."""
        self._ending.set()
        if self._process:
            self._change("stopping")
            self._send(signal.Signals[self.spec.stop_signal])
            self._send(signal.SIGCONT)  # a paused process cannot hear the first
        with suppress(TimeoutError):
            await asyncio.wait_for(asyncio.shield(self._keeper), self.spec.stop_timeout_s)
        self._kill_group()
        await self._keeper

    async def _keep_alive(self) -> None:
        while not self._ending.is_set():
            await self._live_once()
            if not self._ending.is_set():
                await self._rest()
                self._restarts += 1
        self._change("stopped")

    async def _live_once(self) -> None:
        try:
            self._process = await self._spawn()
        except OSError as error:
            self._tell("process_not_started", name=self.spec.name, error=str(error))
            self._failures += 1
            return
        self._started_at = time.time()
        with suppress(psutil.Error):
            self._created = psutil.Process(self._process.pid).create_time()
        self._change("starting", pid=self._process.pid)
        watcher = asyncio.create_task(self._watch())
        self._last_exit = await self._process.wait()
        watcher.cancel()
        self._kill_group()
        self._failures += 1
        self._tell("process_exited", name=self.spec.name, pid=self._process.pid, exit=self._last_exit)
        self._process = self._created = None

    async def _spawn(self) -> asyncio.subprocess.Process:
        user = self.spec.user
        with log_files.opened(self.spec.log) as log:
            return await asyncio.create_subprocess_exec(
                *(("nice", "-n", str(self.spec.niceness)) if self.spec.niceness else ()),
                *self.spec.argv,
                env=dict(self.spec.env),
                cwd=self.spec.cwd,
                stdin=asyncio.subprocess.DEVNULL,
                stdout=log,
                stderr=asyncio.subprocess.STDOUT,
                start_new_session=True,
                user=user,
                group=_group_of(user),
                extra_groups=[] if user else None,
            )

    async def _watch(self) -> None:
        """Ask again and again whether the process is ready, and say so when the answer changes."""
        while True:
            ready = await is_ready(self.spec.ready)
            if self._state in ("starting", "unready") and ready:
                self._failures = 0
                self._change("ready")
            elif self._state == "ready" and not ready:
                self._change("unready")
            await asyncio.sleep(READY_INTERVAL_S if self._state == "ready" else STARTING_INTERVAL_S)

    async def _rest(self) -> None:
        pause_s = min(LONGEST_PAUSE_S, FIRST_PAUSE_S * 2 ** (self._failures - 1))
        self._next_try_at = time.time() + pause_s
        self._change("waiting", pause_s=pause_s)
        with suppress(TimeoutError):
            await asyncio.wait_for(self._ending.wait(), pause_s)
        self._next_try_at = None

    def _change(self, state: State, **facts: object) -> None:
        self._state = state
        self._tell(f"process_{state}", name=self.spec.name, **facts)

    def _send(self, wanted: signal.Signals) -> None:
        if self._process:
            with suppress(ProcessLookupError):
                self._process.send_signal(wanted)

    def _kill_group(self) -> None:
        """End what the process left behind: every child leads its own session, so the group is all its own."""
        if self._process:
            with suppress(ProcessLookupError, PermissionError):
                os.killpg(self._process.pid, signal.SIGKILL)


def _group_of(user: str | None) -> int | None:
    return pwd.getpwnam(user).pw_gid if user else None
