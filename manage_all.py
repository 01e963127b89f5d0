#!/usr/bin/env python3
"""The front door of First Viscount: `python3 manage_all.py VERB`, for example `up`, `status` or `down`.

Standard library only. Makes the environment of this clone from requirements.lock when it is missing, broken or
out of date, then hands over to local_stack/ inside it. Must parse on Python 3.6, so that an old Python gets a
sentence instead of a traceback. Exit codes are those of local_stack/exit_codes.py.
"""

import errno
import hashlib
import importlib.util
import json
import os
import shutil
import subprocess
import sys
from typing import Iterable

OLDEST, NEWEST = (3, 11), (3, 13)
WRONG_MACHINE, NO_SPACE, NO_DOWNLOAD, INTERRUPTED = 3, 5, 7, 130
PACKAGES_MB, EMBEDDED_MB, NEEDED_MB = 200, 220, 1600
VENV_MISSING = "This Python has no working venv: install it first (Debian, Ubuntu: apt install python3-venv)."
ROOT = os.path.dirname(os.path.realpath(__file__))
STATE = os.path.join(ROOT, ".state")
ENV = os.path.join(STATE, "env")
LOCK = os.path.join(ROOT, "requirements.lock")
STAMP = os.path.join(ENV, "made-from.json")


class Refused(Exception):  # noqa: N818 - an answer, not an error
    """The machine or the network does not allow to go on; the message is the one sentence to show."""

    def __init__(self, code: int, sentence: str) -> None:
        super().__init__(sentence)
        self.code = code


def main() -> int:
    """Check the machine, make the environment if need be, hand over; never returns when all went well."""
    open_closed_streams()
    arguments = sys.argv[1:]
    try:
        refuse_unsuitable_machine()
        answer = answer_without_environment(arguments)
        if answer is not None:
            return answer
        prepare_environment()
        hand_over(arguments)
    except Refused as refusal:
        say(str(refusal))
        return refusal.code
    except KeyboardInterrupt:
        say("Interrupted; the next start goes on from here.")
        return INTERRUPTED
    return 0


def open_closed_streams() -> None:
    """Give closed standard streams to the null device, or the next file opened would become one of them."""
    for descriptor in (0, 1, 2):
        try:
            os.fstat(descriptor)
        except OSError:
            os.open(os.devnull, os.O_RDWR)  # takes the lowest free number, which is this one


def refuse_unsuitable_machine() -> None:
    """Raises Refused for Windows, a wrong Python, a missing venv and a folder that venv cannot use."""
    if os.name == "nt":
        raise Refused(WRONG_MACHINE, "First Viscount does not run on Windows itself: use WSL and start it there.")
    if not OLDEST <= sys.version_info[:2] <= NEWEST:
        raise Refused(WRONG_MACHINE, wrong_python())
    if not importlib.util.find_spec("venv") or not importlib.util.find_spec("ensurepip"):
        raise Refused(WRONG_MACHINE, VENV_MISSING)
    if os.pathsep in ROOT:
        raise Refused(WRONG_MACHINE, "The folder {} has a {!r} in its name: move the clone.".format(ROOT, os.pathsep))


def wrong_python() -> str:
    """The sentence for a Python that is too old or too new, with the way out that this machine offers."""
    names = ["python{}.{}".format(OLDEST[0], minor) for minor in range(NEWEST[1], OLDEST[1] - 1, -1)]
    found = [name for name in names if shutil.which(name)]
    way_out = "run `{} manage_all.py`".format(found[0]) if found else "install one of them"
    version = ".".join(map(str, sys.version_info[:3]))
    return "First Viscount needs Python 3.11, 3.12 or 3.13 and this is {}: {}.".format(version, way_out)


def answer_without_environment(arguments: "list[str]") -> "int | None":
    """Help and unknown verbs are answered at once, before anything is fetched; None when there is work to do."""
    sys.path.insert(0, ROOT)
    from local_stack import verb_list  # standard library only; importable from here on, not before

    return verb_list.answer(arguments)


def prepare_environment() -> None:
    """Make .state/env, or bring it up to date; returns at once when it already fits the lock.

    Safe to interrupt and to repeat: the stamp is written last. Raises Refused.
    """
    if environment_fits():
        return
    import fcntl  # not on Windows, which is refused before

    try:
        os.makedirs(STATE, exist_ok=True)
        with open(os.path.join(STATE, "setup.lock"), "w") as turn:
            fcntl.flock(turn, fcntl.LOCK_EX)  # two first starts at once: the second waits and finds it done
            if not environment_fits():
                make_environment()
    except OSError as error:
        if error.errno in (errno.ENOSPC, errno.EDQUOT):
            raise Refused(NO_SPACE, no_space()) from error
        if error.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
            raise Refused(NO_SPACE, "{} cannot be written: {}.".format(STATE, error.strerror)) from error
        raise


def environment_fits() -> bool:
    """True when the environment was made completely, from this lock, and its Python is still there."""
    try:
        with open(STAMP) as file:
            stamp = json.load(file)
    except (OSError, ValueError):
        return False
    return bool(stamp == stamp_now() and os.access(environment_python(), os.X_OK))


def stamp_now() -> "dict[str, str]":
    """What the environment must have been made from."""
    with open(LOCK, "rb") as file:
        digest = hashlib.sha256(file.read()).hexdigest()
    return {"lock": digest, "python": os.path.realpath(environment_python())}


def environment_python() -> str:
    """The interpreter of the environment."""
    return os.path.join(ENV, "bin", "python")


def make_environment() -> None:
    """Create or refresh the environment from the lock. Raises Refused."""
    if os.path.exists(STAMP) and python_works():
        os.remove(STAMP)
        say("requirements.lock has changed: refreshing the environment in {}.".format(ENV))
    else:
        announce()
        shutil.rmtree(ENV, ignore_errors=True)  # half an installation is no installation
        if shutil.disk_usage(STATE).free < NEEDED_MB * 1000 * 1000:
            raise Refused(NO_SPACE, no_space())
        run_or_refuse([sys.executable, "-m", "venv", ENV], "The environment could not be made")
    install()
    with open(STAMP, "w") as file:
        json.dump(stamp_now(), file)


def announce() -> None:
    """Say before anything is fetched: what, how much, and where it goes."""
    downloads = os.path.join(STATE, "downloads")
    say(f"First start: about {PACKAGES_MB + EMBEDDED_MB} MB will be fetched, once, into this clone alone:")
    say(f"  {PACKAGES_MB} MB  Python packages, each checked by its hash    -> {ENV}")
    say(f"  {EMBEDDED_MB} MB  PostgreSQL, Kafka and a schema registry      -> {downloads}")


def python_works() -> bool:
    """True when there is an environment whose Python is one of ours and has pip."""
    probe = "import sys, pip; sys.exit(not {} <= sys.version_info[:2] <= {})".format(OLDEST, NEWEST)
    try:
        return subprocess.call([environment_python(), "-I", "-c", probe], stderr=subprocess.DEVNULL) == 0
    except OSError:
        return False


def install() -> None:
    """Install exactly what the lock names, each file checked by its hash. Raises Refused."""
    with open(LOCK) as file:
        total = sum(1 for line in file if line[:1].isalnum())
    options = ["--require-hashes", "--no-deps", "--no-input", "--disable-pip-version-check", "--progress-bar", "off"]
    command = [environment_python(), "-I", "-m", "pip", "install", *options, "--requirement", LOCK]
    run_or_refuse(command, "The Python packages could not be fetched", total)


def run_or_refuse(command: "list[str]", failure: str, total: int = 0) -> None:
    """Run a step of the installation and show how far it is. Raises Refused with the step's own last words."""
    environment = dict(os.environ, PIP_USER="0", PYTHONUNBUFFERED="1")
    process = subprocess.Popen(
        command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        env=environment,
        universal_newlines=True,
    )
    last_words = follow(process.stdout or (), total)
    if process.wait() == 0:
        return
    if "No space left" in last_words or "Disk quota" in last_words:
        raise Refused(NO_SPACE, no_space())
    network = "\nCheck the network (a proxy?) and run the same again; what is complete is kept." if total else ""
    code = NO_DOWNLOAD if total else WRONG_MACHINE
    raise Refused(code, "{}: {}{}".format(failure, last_words or "no reason given", network))


def follow(lines: "Iterable[str]", total: int) -> str:
    """Count the packages as they pass, and keep what went wrong: pip's errors, or else its last line."""
    seen, errors, last = 0, [], ""
    for line in lines:
        last = line.strip() or last
        if last.startswith("ERROR") or "No space left" in last:
            errors.append(last)
        if total and line.startswith(("Collecting ", "Requirement already")):
            seen += 1
            show_progress(seen, total, line.split("==")[0].split()[-1])
        if total and line.startswith("Installing collected"):
            show_progress(total, total, "installing")
    if total and sys.stderr.isatty():
        say("")
    return " ".join(errors[:2]) or last


def show_progress(seen: int, total: int, name: str) -> None:
    """A bar that redraws itself on a terminal, a plain line now and then elsewhere."""
    if sys.stderr.isatty():
        done = 30 * seen // total
        sys.stderr.write("\r  [{}{}] {:>3}/{} {:<40.40}".format("#" * done, "." * (30 - done), seen, total, name))
        sys.stderr.flush()
    elif seen % 40 == 0 or name == "installing":
        say("  {}/{} {}".format(seen, total, name))


def no_space() -> str:
    """The sentence for a full disk."""
    free = shutil.disk_usage(STATE).free // (1000 * 1000)
    return "Not enough space in {}: {} MB are free and the first start needs {} MB.".format(STATE, free, NEEDED_MB)


def hand_over(arguments: "list[str]") -> None:
    """Become local_stack, inside the environment, with the clone as its folder."""
    misleading = ("PYTHONPATH", "PYTHONHOME", "PYTHONSAFEPATH", "__PYVENV_LAUNCHER__")
    environment = {name: value for name, value in os.environ.items() if name not in misleading}
    environment["FIRST_VISCOUNT_CALLED_FROM"] = os.getcwd()
    os.chdir(ROOT)
    python = environment_python()
    sys.stderr.flush()
    os.execve(python, [python, "-m", "local_stack", *arguments], environment)  # noqa: S606 - no shell is wanted


def say(line: str) -> None:
    """Progress and sentences go to stderr; stdout is for data."""
    if sys.stderr is not None:
        sys.stderr.write(line + "\n")
        sys.stderr.flush()


if __name__ == "__main__":
    sys.exit(main())
