"""Events as people read them."""

import json
from dataclasses import asdict, is_dataclass
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.utils.html import format_html
from django.utils.safestring import SafeString

from site_kit.messaging.configuration import catalogue
from site_kit.messaging.emit import STAFF_CHANGED
from site_kit.messaging.inbox.arrivals import listening, read
from site_kit.messaging.inbox.stalls import record_of
from site_kit.messaging.models import LoggedEvent, StalledMessage


class _Encoder(DjangoJSONEncoder):
    def default(self, o: Any) -> Any:
        """Sealed bytes are not for reading."""
        return f"{len(o)} bytes" if isinstance(o, bytes | memoryview) else super().default(o)


def short(type_name: str) -> str:
    """The name of an event without its namespace."""
    return type_name.rpartition(".")[2]


def logged_fields(event: LoggedEvent) -> str:
    """What a logged event says, as indented JSON; a sentence when it cannot be read here."""
    data = bytes(event.data)
    if event.type == STAFF_CHANGED:
        return json.dumps(json.loads(data), indent=2, ensure_ascii=False)
    kind = catalogue().EVENTS.get(event.type)
    if kind is None:
        return f"{len(data)} bytes of an event this release does not know"
    try:
        return _as_text(kind.from_bytes(data, event.schema_fp))
    except Exception as fault:
        return f"{len(data)} bytes that cannot be read: {fault}"


def stalled_fields(message: StalledMessage) -> str:
    """What a message in line says; a sentence when it cannot be read here."""
    arrival = read(record_of(message), listening())
    if arrival.message is not None:
        return _as_text(arrival.message.event)
    if arrival.cause is not None:
        return arrival.cause.error
    return "a type this site has no handler for"


def _as_text(event: Any) -> str:
    fields = asdict(event) if is_dataclass(event) and not isinstance(event, type) else event
    return json.dumps(fields, cls=_Encoder, indent=2, ensure_ascii=False)


def block(text: str) -> SafeString:
    """Text with its line breaks, in a box that scrolls by itself."""
    return format_html(
        '<pre tabindex="0" class="overflow-x-auto whitespace-pre-wrap break-words text-xs">{}</pre>', text
    )
