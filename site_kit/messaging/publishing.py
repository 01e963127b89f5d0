"""Create this site's topics and register its schemas; its neighbours may be away for as long as they like."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import timedelta

import structlog
from confluent_kafka import KafkaError, KafkaException
from confluent_kafka.cimpl import NewTopic

from site_kit.messaging import clock
from site_kit.messaging.configuration import catalogue, configuration
from site_kit.messaging.event import TopicPlan
from site_kit.messaging.models import SchemaRegistration
from site_kit.messaging.registrations import register
from site_kit.messaging.registry import Registry, RegistryAway, RegistryRefused, subject_of
from site_kit.messaging.topics import admin_client

log = structlog.get_logger(__name__)

ANSWER_S = 5.0
CHECK_AGAIN = timedelta(minutes=10)


@dataclass(slots=True)
class Published:
    """What is in place now, and what is not yet and why."""

    topics: list[str] = field(default_factory=list)
    schemas: dict[str, int] = field(default_factory=dict)
    problems: list[str] = field(default_factory=list)


def publish_contracts() -> Published:
    """Create what topics are missing, register every schema this site emits. Safe to repeat.

    Never raises for a neighbour that is away or refuses; that is a problem in the answer.
    """
    published = Published()
    _create_topics(own_topics(), published)
    _register_schemas(published)
    for problem in published.problems:
        log.error("contract_not_published", problem=problem)
    return published


def own_topics() -> list[TopicPlan]:
    """The topics this site publishes on."""
    return [plan for plan in catalogue().TOPICS.values() if plan.site == configuration().site]


def is_published() -> bool:
    """Whether every schema this site emits was registered or confirmed within the last ten minutes."""
    since = clock.now() - CHECK_AGAIN
    confirmed = set(SchemaRegistration.objects.filter(registered_at__gt=since).values_list("subject", "fingerprint"))
    own = catalogue().published_by(configuration().site)
    return {(subject_of(kind.TOPIC, kind.TYPE), kind.FINGERPRINT) for kind in own} <= confirmed


def _create_topics(plans: Iterable[TopicPlan], published: Published) -> None:
    settings = configuration()
    wanted = {settings.on_broker(plan.name): plan for plan in plans}
    admin = admin_client(settings)
    try:
        there = admin.list_topics(timeout=ANSWER_S).topics
    except KafkaException as fault:
        published.problems.append(f"topics: the broker does not answer ({fault.args[0].name()})")
        return
    for name, plan in wanted.items():
        known = there.get(name)
        if known is None:
            continue
        published.topics.append(name)
        if len(known.partitions) != plan.partitions:
            published.problems.append(f"topic {name} has {len(known.partitions)} partitions, not {plan.partitions}")
    missing = [_new_topic(name, plan) for name, plan in wanted.items() if name not in there]
    for name, made in (admin.create_topics(missing, request_timeout=ANSWER_S) if missing else {}).items():
        try:
            made.result(ANSWER_S * 2)
        except (KafkaException, TimeoutError) as fault:
            if not _exists_already(fault):
                published.problems.append(f"topic {name}: {fault}")
                continue
        published.topics.append(name)


def _new_topic(name: str, plan: TopicPlan) -> NewTopic:
    retention_ms = int(timedelta(days=plan.retention_days).total_seconds() * 1000)
    config = {"retention.ms": str(retention_ms), "cleanup.policy": "delete"}
    return NewTopic(name, num_partitions=plan.partitions, config=config)


def _exists_already(fault: BaseException) -> bool:
    return isinstance(fault, KafkaException) and fault.args[0].code() == KafkaError.TOPIC_ALREADY_EXISTS


def _register_schemas(published: Published) -> None:
    registry = Registry(configuration().registry_url, timeout_s=ANSWER_S)
    for kind in catalogue().published_by(configuration().site):
        try:
            published.schemas[kind.TYPE] = register(registry, kind.TOPIC, kind.TYPE)
            registry.demand_compatibility(subject_of(kind.TOPIC, kind.TYPE))
        except RegistryRefused as refusal:
            published.problems.append(f"schema {kind.TYPE}: {refusal}")
        except RegistryAway as fault:
            published.problems.append(f"schemas: the registry does not answer ({fault})")
            return
