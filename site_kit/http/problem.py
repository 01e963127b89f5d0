"""One RFC 9457 problem, and the exception that ends a request with it."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from http import HTTPStatus
from typing import Any

from django.http import HttpResponse
from rest_framework.exceptions import APIException

from site_kit.context import current
from site_kit.http.field_errors import FieldError
from site_kit.http.options import options
from site_kit.http.problem_codes import CODES
from site_kit.http.renderers import dumped

MEDIA_TYPE = "application/problem+json"


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """A no or a fault, told to the caller. `code` is stable; `detail` is a sentence for people and may change."""

    status: int
    code: str
    detail: str
    title: str = ""
    errors: tuple[FieldError, ...] = ()
    details: Mapping[str, Any] = field(default_factory=dict)
    headers: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, code: str, detail: str = "", **more: Any) -> "Problem":
        """A problem of this package; status and title come from `CODES`."""
        kind = CODES[code]
        return cls(status=kind.status, code=code, title=kind.title, detail=detail or f"{kind.title}.", **more)

    def body(self) -> dict[str, Any]:
        """The members of the JSON document; `errors` and `details` are there when there is something to say."""
        document: dict[str, Any] = {
            "type": options().problem_types + self.code,
            "title": self.title or HTTPStatus(self.status).phrase,
            "status": self.status,
            "detail": self.detail,
            "code": self.code,
            "request_id": current().correlation_id,
        }
        if self.errors:
            document["errors"] = [asdict(error) for error in self.errors]
        if self.details:
            document["details"] = dict(self.details)
        return document

    def response(self) -> HttpResponse:
        """The answer, ready to send, inside DRF and outside."""
        content = dumped(self.body())
        answer = HttpResponse(content, status=self.status, content_type=MEDIA_TYPE, headers=dict(self.headers))
        answer.headers.setdefault("Cache-Control", "no-store")
        return answer


class RequestRefused(APIException):
    """Ends a request with a problem: `raise RequestRefused("not_found", "There is no such product.")`."""

    def __init__(self, code: str, detail: str = "", **more: Any) -> None:
        self.problem = Problem.of(code, detail, **more)
        self.status_code = self.problem.status
        super().__init__(self.problem.detail, code)
