"""The schema registry: slow to start and never waited for."""

from local_stack.downloads.unpack import unpacked
from local_stack.home import Home
from local_stack.parts.environment import of_part
from local_stack.parts.java import SMALL, java
from local_stack.ports import Ports
from local_stack.supervision.spec import PARTS, Probe, ProcessSpec

NAME = "registry"
HEAP = ("-Xms48m", "-Xmx192m")
API = "/apis/ccompat/v7"
LEAST_URGENT = 10  # a start takes 15 seconds of processor time that the sites need more


def prepared(home: Home, ports: Ports, *, brokers: str) -> ProcessSpec:
    """Unpack it if need be, and say how to start it; it keeps its data in Kafka. Raises StackRefusal."""
    program = unpacked(home, NAME)
    scratch = home.of_part(NAME)
    scratch.mkdir(parents=True, exist_ok=True)
    port = ports.of_part(NAME)
    settings = {
        "java.io.tmpdir": str(scratch),
        "quarkus.http.host": "127.0.0.1",
        "quarkus.http.port": str(port),
        "quarkus.management.host": "127.0.0.1",  # it would listen on every address
        "quarkus.management.port": str(ports.of_part("registry-management")),
        "quarkus.log.console.level": "WARN",  # over the levels that it sets for its own categories
        "quarkus.http.access-log.enabled": "false",
        "apicurio.storage.kind": "kafkasql",
        "apicurio.kafkasql.bootstrap.servers": brokers,
    }
    options = [f"-D{name}={value}" for name, value in settings.items()]
    return ProcessSpec(
        name=NAME,
        group=PARTS,
        argv=(java(), *HEAP, *SMALL, *options, "-jar", "quarkus-run.jar"),
        env=of_part(home, NAME),
        cwd=str(program),
        log=str(home.logs / f"{NAME}.log"),
        ready=Probe("http", port, f"{API}/subjects"),
        niceness=LEAST_URGENT,
        stop_timeout_s=3.0,  # it has nothing to lose: what it knows is in Kafka
    )
