"""A write that is asked for twice happens once: Idempotency-Key."""

import re
from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec, TypeVar, cast

from django.db import connection, transaction
from django.db.models.functions import Now
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from site_kit.http.answer_sweep import lifetime
from site_kit.http.models import StoredAnswer
from site_kit.http.problem import RequestRefused
from site_kit.http.promises import promise, switch
from site_kit.http.request_identity import fingerprint, retry_name
from site_kit.http.sealed_answers import Answer, UnreadableAnswer, seal, unseal

HEADER = "Idempotency-Key"
KEY = re.compile(r"[ -~]{1,255}")

P = ParamSpec("P")
V = TypeVar("V", bound=APIView)
Handler = Callable[Concatenate[V, Request, P], HttpResponseBase]
Write = Callable[[], HttpResponseBase]

body_compared = switch("idempotency_body_compared")


def idempotent(*, required: bool) -> Callable[[Handler[V, P]], Handler[V, P]]:
    """Make a view's method one durable transaction that a retry with the same Idempotency-Key never repeats.

    Opens the transaction, so the method may not run inside another one. The first request with a key runs; its
    answer (2xx, 3xx) is stored, encrypted, in the same transaction as the effect, and replayed to the byte for 48 h
    with `Idempotency-Replayed: true`. A refusal or fault rolls everything back and is judged again next time.
    Without a key the method simply runs in its transaction, unless the key is `required`.

    Raises `RequestRefused`: idempotency_key_missing, idempotency_key_invalid (400), request_in_progress (409, with
    Retry-After: 1), idempotency_key_reused (422: same key, other request).
    """

    def wrap(handler: Handler[V, P]) -> Handler[V, P]:
        @wraps(handler)
        def once(view: V, request: Request, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
            key = key_of(request, required=required)
            same = fingerprint(request) if key else ""
            with transaction.atomic(durable=True):
                return _once(view, request, key, same, lambda: handler(view, request, *args, **kwargs))

        once.idempotency = "required" if required else "optional"  # type: ignore[attr-defined]  # read by ApiSchema
        return cast(Handler[V, P], once)

    return wrap


def key_of(request: Request, *, required: bool) -> str | None:
    """The request's key; None when there is none and none is needed. Raises `RequestRefused` (400)."""
    given = request.META.get("HTTP_IDEMPOTENCY_KEY")
    if given is None:
        if required:
            _refuse_keyless()
        return None
    if not KEY.fullmatch(given):
        raise RequestRefused("idempotency_key_invalid", f"{HEADER} is 1 to 255 printable ASCII characters.")
    return str(given)


def _once(view: APIView, request: Request, key: str | None, same: str, write: Write) -> HttpResponseBase:
    if key is None:
        return _written(view, request, write)
    name = retry_name(request, key)
    if not alone(name):
        raise RequestRefused(
            "request_in_progress", "The first request with this key has not ended yet.", headers={"Retry-After": "1"}
        )
    # A statement of its own: one that took the lock and read the row would read with a snapshot from before the lock.
    known = stored(name)
    if known is not None:
        return _replay(known, same)
    response = _written(view, request, write)
    if not transaction.get_rollback():
        keep(name, same, response)
    return response


def _written(view: APIView, request: Request, write: Write) -> HttpResponse:
    response = write()
    if isinstance(response, Response):
        # Rendered here, so that what cannot be rendered is not committed either.
        response = cast(HttpResponse, view.finalize_response(request, response).render())
    if not isinstance(response, HttpResponse):
        raise TypeError("An @idempotent method answers with a Response or HttpResponse, not with a stream.")
    if response.status_code >= 400:
        transaction.set_rollback(True)
    return response


@promise("idempotency_one_at_a_time", broken=True)
def alone(name: str) -> bool:
    """Take the lock of this retry name until the transaction ends; False if another request has it."""
    number = int.from_bytes(bytes.fromhex(name[:16]), "big", signed=True)
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [number])
        return bool(cursor.fetchone()[0])


@promise("idempotent_replay", broken=None)
def stored(name: str) -> StoredAnswer | None:
    """The answer of the first request, if it is not too old."""
    return StoredAnswer.objects.filter(pk=name, stored_at__gte=Now() - lifetime()).first()


@promise("idempotency_answer_stored", broken=None)
def keep(name: str, same: str, response: HttpResponse) -> None:
    """Store the answer with its effect, over one that has grown too old."""
    row = StoredAnswer(key=name, fingerprint=same, answer=seal(Answer.of(response), about=name + same), stored_at=Now())
    StoredAnswer.objects.bulk_create(
        [row], update_conflicts=True, unique_fields=["key"], update_fields=["fingerprint", "answer", "stored_at"]
    )


@promise("idempotency_key_needed", broken=None)
def _refuse_keyless() -> None:
    raise RequestRefused(
        "idempotency_key_missing", f"Send {HEADER}, for example a UUID, and the same one again on a retry."
    )


def _replay(known: StoredAnswer, same: str) -> HttpResponseBase:
    if known.fingerprint != same and body_compared():
        raise RequestRefused("idempotency_key_reused", f"This {HEADER} came with another request before.")
    try:
        return unseal(bytes(known.answer), about=known.key + known.fingerprint).response()
    except UnreadableAnswer:
        raise RequestRefused("idempotency_answer_unreadable") from None
