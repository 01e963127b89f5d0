"""Every exception that can end a request, and the problem it becomes."""

import math
from typing import Any

import psycopg
import structlog
from django.core.exceptions import (
    PermissionDenied,
    RequestDataTooBig,
    SuspiciousOperation,
    TooManyFieldsSent,
    TooManyFilesSent,
)
from django.core.exceptions import ValidationError as ModelValidationError
from django.core.signals import got_request_exception
from django.db import DatabaseError, InterfaceError, OperationalError
from django.http import Http404, HttpResponse
from django.http.multipartparser import MultiPartParserError
from django.http.request import RawPostDataException, UnreadablePostError
from rest_framework import exceptions as drf
from rest_framework.fields import get_error_detail

from site_kit.http.field_errors import flatten
from site_kit.http.options import named, options
from site_kit.http.problem import Problem, RequestRefused
from site_kit.http.problem_codes import CODE_OF_STATUS
from site_kit.http.promises import promise
from site_kit.refusals import Refusal

log = structlog.get_logger(__name__)

UNMAPPED_REFUSAL = 409
# SQLSTATEs: serialisation failure, deadlock, lock time-out, statement time-out: another try may well succeed.
BUSY = {"40001", "40P01", "55P03", "57014"}
READ_ONLY = "25006"


def answered(exc: BaseException, *, request: Any) -> HttpResponse:
    """The answer to an exception."""
    return judged(exc, request=request).response()


def judged(exc: BaseException, *, request: Any) -> Problem:
    """The problem of an exception; what nobody foresaw is logged with its traceback, which the caller never sees."""
    problem = problem_of(exc, request)
    if problem.status == 500:
        log.error("request_failed", error=type(exc).__name__, exc_info=exc)
        got_request_exception.send(sender=judged, request=getattr(request, "_request", request))
    elif problem.status == 503:
        log.warning("request_unserved", code=problem.code, error=type(exc).__name__)
    return problem


def problem_of(exc: BaseException, request: Any = None) -> Problem:
    """The problem an exception means."""
    match exc:
        case RequestRefused():
            return exc.problem
        case Refusal():
            return _refusal(exc)
        case drf.ValidationError():
            return _invalid(exc.detail)
        case ModelValidationError():
            return _invalid(get_error_detail(exc))
        case drf.APIException():
            return _from_drf(exc, request)
        case Http404():
            return Problem.of("not_found")
        case PermissionDenied():
            return Problem.of("permission_denied")
        case RequestDataTooBig() | TooManyFieldsSent() | TooManyFilesSent():
            return Problem.of("body_too_large")
        case MultiPartParserError() | UnreadablePostError() | RawPostDataException():
            return Problem.of("malformed_body")
        case SuspiciousOperation():
            return Problem.of("bad_request")
        case DatabaseError() | InterfaceError() | psycopg.Error():
            return _database(exc)
    return _unforeseen(exc)


@promise("problem_without_internals", broken=lambda exc: Problem.of("internal_error", detail=repr(exc)))
def _unforeseen(exc: BaseException) -> Problem:
    return Problem.of("internal_error", "Something failed here. The request id finds it in the logs.")


@promise("stable_refusal_codes", broken=lambda exc: Problem(status=400, code="refused", detail=str(exc)))
def _refusal(exc: Refusal) -> Problem:
    status_of = named(options().refusals) or {}
    status = next((status_of[kind] for kind in type(exc).__mro__ if kind in status_of), UNMAPPED_REFUSAL)
    title = exc.code.replace("_", " ").capitalize()
    return Problem(status=status, code=exc.code, title=title, detail=str(exc), details=exc.details)


def _invalid(detail: Any) -> Problem:
    return Problem.of("validation_failed", errors=tuple(flatten(detail)))


def _from_drf(exc: drf.APIException, request: Any) -> Problem:
    missing = getattr(request, "missing_scopes", ())
    if isinstance(exc, drf.PermissionDenied) and missing:
        return _insufficient_scope(missing)
    if isinstance(exc, drf.Throttled):
        return Problem.of(
            "rate_limited", headers={"Retry-After": str(max(1, math.ceil(getattr(exc, "wait", None) or 1)))}
        )
    code = CODE_OF_STATUS.get(exc.status_code, "bad_request" if exc.status_code < 500 else "internal_error")
    if isinstance(exc, drf.ParseError):
        code = "malformed_body"
    challenge = getattr(exc, "auth_header", None)
    headers = {"WWW-Authenticate": challenge} if challenge else {}
    return Problem.of(code, _sentence(exc.detail), headers=headers)


def _insufficient_scope(missing: list[str]) -> Problem:
    scope = " ".join(missing)
    challenge = f'Bearer realm="{options().site}", error="insufficient_scope", scope="{scope}"'
    detail = f"The token needs the scope {' or '.join(missing)}."
    return Problem.of("insufficient_scope", detail, headers={"WWW-Authenticate": challenge})


def _sentence(detail: Any) -> str:
    return str(detail) if isinstance(detail, str) else ""


@promise("database_faults_are_503", broken=lambda exc: _unforeseen(exc))
def _database(exc: BaseException) -> Problem:
    """A database that is away, full, read-only or too busy is 503; any other complaint of it is a bug here."""
    state = _sqlstate(exc)
    if state in BUSY:
        return Problem.of("busy", "Other work holds what this request needs.", headers={"Retry-After": "1"})
    if state == READ_ONLY or isinstance(
        exc, (OperationalError, InterfaceError, psycopg.OperationalError, psycopg.InterfaceError)
    ):
        return Problem.of("database_unavailable", headers={"Retry-After": "2"})
    return _unforeseen(exc)


def _sqlstate(exc: BaseException) -> str | None:
    cause = exc if isinstance(exc, psycopg.Error) else exc.__cause__
    return cause.sqlstate if isinstance(cause, psycopg.Error) else None
