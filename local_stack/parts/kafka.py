"""Kafka: one broker that is its own controller, small."""

import os
import secrets
import subprocess
import uuid
from base64 import urlsafe_b64encode

from local_stack import exit_codes
from local_stack.downloads import catalogue, fetch
from local_stack.home import Home
from local_stack.parts.environment import of_part
from local_stack.parts.java import SMALL, java
from local_stack.ports import Ports
from local_stack.refusals import StackRefusal
from local_stack.supervision.spec import PARTS, Probe, ProcessSpec

NAME = "kafka"
HEAP = ("-Xms96m", "-Xmx384m")
LOG_LEVEL = ("-Dorg.slf4j.simpleLogger.defaultLogLevel=warn", "-Dorg.slf4j.simpleLogger.showDateTime=true")
DATA = "data"  # relative to the working folder: a comma in a path would read as a list

SETTINGS = """\
process.roles=broker,controller
node.id=1
controller.quorum.voters=1@127.0.0.1:{controller}
listeners=PLAINTEXT://127.0.0.1:{broker},CONTROLLER://127.0.0.1:{controller}
advertised.listeners=PLAINTEXT://127.0.0.1:{broker}
controller.listener.names=CONTROLLER
listener.security.protocol.map=CONTROLLER:PLAINTEXT,PLAINTEXT:PLAINTEXT
log.dirs={data}
auto.create.topics.enable=false
num.network.threads=2
num.io.threads=4
num.recovery.threads.per.data.dir=2
log.cleaner.dedupe.buffer.size=4194304
log.segment.bytes=67108864
log.index.size.max.bytes=1048576
offsets.topic.replication.factor=1
offsets.topic.num.partitions=8
transaction.state.log.replication.factor=1
transaction.state.log.num.partitions=4
transaction.state.log.min.isr=1
group.initial.rebalance.delay.ms=0
"""


def prepared(home: Home, ports: Ports) -> ProcessSpec:
    """Fetch and format what is missing, and say how to start the broker. Raises StackRefusal."""
    artifacts = catalogue.of_part(NAME)
    fetch.ensure(home, artifacts)
    folder = home.of_part(NAME)
    folder.mkdir(parents=True, exist_ok=True)
    broker, controller = ports.of_part(NAME), ports.of_part("kafka-controller")
    (folder / "server.properties").write_text(SETTINGS.format(broker=broker, controller=controller, data=DATA))
    jars = os.pathsep.join(str(home.downloads / artifact.path) for artifact in artifacts)
    environment = {**of_part(home, NAME), "CLASSPATH": jars}
    if not (folder / DATA / "meta.properties").exists():
        _format(home, environment)
    return ProcessSpec(
        name=NAME,
        group=PARTS,
        argv=(java(), *HEAP, *SMALL, *LOG_LEVEL, "kafka.Kafka", "server.properties"),
        env=environment,
        cwd=str(folder),
        log=str(home.logs / f"{NAME}.log"),
        ready=Probe("kafka", broker),
    )


def _format(home: Home, environment: dict[str, str]) -> None:
    cluster = urlsafe_b64encode(uuid.UUID(bytes=secrets.token_bytes(16), version=4).bytes).decode().rstrip("=")
    command = [java(), *SMALL, "kafka.tools.StorageTool", "format", "-t", cluster, "-c", "server.properties"]
    done = subprocess.run(command, env=environment, cwd=home.of_part(NAME), capture_output=True, text=True)
    if done.returncode != 0:
        full = "No space left" in done.stderr + done.stdout
        reason = (done.stderr or done.stdout).strip().splitlines()[-1:]
        code = exit_codes.NO_SPACE if full else exit_codes.FAILED
        raise StackRefusal(f"Kafka's data folder could not be made: {' '.join(reason)}", exit_code=code)
