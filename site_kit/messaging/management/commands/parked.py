"""`parked`: keys that stand still, from the command line."""

import dataclasses
import json
from argparse import ArgumentParser
from collections.abc import Sequence
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db.models import QuerySet

from site_kit.context import Actor, acting
from site_kit.messaging import parked
from site_kit.messaging.inbox.line import messages_of, stream_of
from site_kit.messaging.models import StalledKey
from site_kit.refusals import Refusal


class Command(BaseCommand):
    help = (
        "Keys that stand still. Example: `parked list`, `parked rehearse --key 7`, `parked retry --all`, "
        "`parked skip --key 7 --why 'test order'`."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("verb", choices=["list", "rehearse", "retry", "skip"])
        parser.add_argument("--key", type=int, action="append", default=[], help="number of a key, as `list` shows it")
        parser.add_argument("--topic", help="every key of this topic")
        parser.add_argument("--reason", help="every key that stands still for this reason (failed, gap, fork …)")
        parser.add_argument("--all", action="store_true", help="every parked key (list: waiting ones too)")
        parser.add_argument("--why", default="", help="the reason that goes into the log; skip needs one")
        parser.add_argument("--dry-run", action="store_true", help="retry, skip: only say which keys are meant")
        parser.add_argument("--json", action="store_true", help="print one JSON list")

    def handle(self, *args: Any, **options: Any) -> None:
        """Do it; exit code 1 when a key still stands still afterwards, 2 when none was named."""
        keys = list(self._chosen(options))
        if options["verb"] == "list" or options["dry_run"]:
            self._print([_described(key) for key in keys], options)
            return
        if not keys and not options["all"]:
            raise CommandError("No key is meant: name --key, --topic, --reason or --all.", returncode=2)
        try:
            with acting(actor=Actor("system", "command:parked")):
                done = self._act(options["verb"], [key.pk for key in keys], options["why"])
        except Refusal as refusal:
            raise CommandError(str(refusal)) from refusal
        self._print([dataclasses.asdict(one) for one in done], options)
        if any(one.error for one in done):
            raise SystemExit(1)

    def _chosen(self, options: dict[str, Any]) -> QuerySet[StalledKey]:
        keys = StalledKey.objects.order_by("since", "pk")
        named = any(options[name] for name in ("key", "topic", "reason"))
        if options["verb"] != "list" and not named and not options["all"]:
            return keys.none()
        if options["key"]:
            keys = keys.filter(pk__in=options["key"])
        if options["topic"]:
            keys = keys.filter(topic=options["topic"])
        if options["reason"]:
            keys = keys.filter(reason=options["reason"])
        waiting_too = named or (options["verb"] == "list" and options["all"])
        return keys if waiting_too else keys.filter(state=StalledKey.PARKED)

    def _act(self, verb: str, key_ids: Sequence[int], why: str) -> Sequence[Any]:
        if verb == "rehearse":
            return parked.rehearse(key_ids=key_ids)
        if verb == "retry":
            return parked.retry(key_ids=key_ids, why=why)
        return parked.skip(key_ids=key_ids, why=why)

    def _print(self, rows: Sequence[dict[str, Any]], options: dict[str, Any]) -> None:
        if options["json"]:
            self.stdout.write(json.dumps(rows, default=str))
            return
        for row in rows:
            self.stdout.write("  ".join(f"{name}={value}" for name, value in row.items() if value not in ("", None)))
        self.stdout.write(f"{len(rows)} keys")


def _described(key: StalledKey) -> dict[str, Any]:
    return {
        "key": key.pk,
        "topic": key.topic,
        "aggregate_id": key.aggregate_id,
        "state": key.state,
        "reason": key.reason,
        "since": key.since.isoformat(timespec="seconds"),
        "messages": messages_of(stream_of(key)).count(),
        "error": key.error,
    }
