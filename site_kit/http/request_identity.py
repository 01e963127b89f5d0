"""When two requests are the same one: the name a retry is found by, and the fingerprint it must share."""

import hashlib
import json
from collections.abc import Mapping
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.http import QueryDict
from rest_framework.request import Request

from site_kit.http.caller import caller_name


def retry_name(request: Request, key: str) -> str:
    """Hash of caller, method, route and Idempotency-Key: a key means nothing to another caller or on another route."""
    route = request.resolver_match.route if request.resolver_match else request.path
    return _hash(caller_name(request), request.method or "", route, key)


def fingerprint(request: Request) -> str:
    """Hash of all that decides the effect: path, query, and the body's meaning (not its spacing or key order)."""
    return _hash(request.path, request.META.get("QUERY_STRING", ""), _canonical(request.data))


def _canonical(data: Any) -> str:
    plain = {name: data.getlist(name) for name in data} if isinstance(data, QueryDict) else data
    return json.dumps(plain, sort_keys=True, separators=(",", ":"), default=_stand_in)


def _stand_in(value: Any) -> Any:
    if isinstance(value, UploadedFile):
        return {"name": value.name, "sha256": _digest_of(value)}
    if isinstance(value, Mapping):
        return dict(value)
    return str(value)


def _digest_of(file: Any) -> str:
    digest = hashlib.sha256()
    for chunk in file.chunks():
        digest.update(chunk)
    file.seek(0)
    return digest.hexdigest()


def _hash(*parts: str) -> str:
    """Each part is preceded by its length, so that no two lists of parts read alike."""
    digest = hashlib.sha256()
    for part in parts:
        raw = part.encode("utf-8", "surrogatepass")
        digest.update(len(raw).to_bytes(8, "big"))
        digest.update(raw)
    return digest.hexdigest()
