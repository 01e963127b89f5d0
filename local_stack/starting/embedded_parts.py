"""Start the embedded parts that do not run yet."""

from collections.abc import Callable, Collection
from concurrent.futures import ThreadPoolExecutor

from local_stack.parts import kafka, postgresql, registry, valkey
from local_stack.stack import Stack
from local_stack.supervision.client import Supervisor
from local_stack.supervision.spec import ProcessSpec

WAITED_FOR = (postgresql.NAME, valkey.NAME, kafka.NAME)  # and never for the registry


def start(stack: Stack, supervisor: Supervisor, running: Collection[str]) -> list[str]:
    """Start PostgreSQL, Valkey and Kafka where they are ours and not running; each as soon as it is prepared.

    Returns the names of those to wait for. Raises StackRefusal.
    """
    prepare: dict[str, Callable[[], ProcessSpec]] = {
        postgresql.NAME: lambda: postgresql.prepared(stack.home, stack.ports, stack.credentials, durable=stack.durable),
        kafka.NAME: lambda: kafka.prepared(stack.home, stack.ports),
        valkey.NAME: lambda: valkey.prepared(stack.home, stack.ports, stack.credentials),
    }
    ours = [name for name in WAITED_FOR if name in stack.addresses.embedded]
    missing = [name for name in ours if name not in running]
    with ThreadPoolExecutor(len(WAITED_FOR)) as pool:
        list(pool.map(lambda name: supervisor.start([prepare[name]()]), missing))
    return ours


def start_registry(stack: Stack, supervisor: Supervisor, running: Collection[str]) -> None:
    """Start the registry when it is ours, last of all: it takes 15 seconds of processor time."""
    if registry.NAME in stack.addresses.embedded and registry.NAME not in running:
        supervisor.start([registry.prepared(stack.home, stack.ports, brokers=stack.addresses.brokers)])
