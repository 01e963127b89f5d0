"""The views of an API: the caller is judged first, then the method, then the query, then the body."""

from collections.abc import Callable, Collection, Mapping, Sequence
from typing import Any, ClassVar

from django.db.models import QuerySet
from drf_spectacular.utils import OpenApiParameter
from rest_framework.generics import GenericAPIView
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from site_kit.http.caller import Caller
from site_kit.http.correlation import act_as
from site_kit.http.cursors import KeysetPagination
from site_kit.http.fields import SparseFields, Wanted, wanted_of
from site_kit.http.filters import AllowListFilterBackend, filter_names, repeatable_names
from site_kit.http.parsers import refuse_unmeasured
from site_kit.http.preconditions import conditional
from site_kit.http.promises import promise
from site_kit.http.query_faults import refuse_nul, refuse_repeated, refuse_unknown

SAFE = {"GET", "HEAD"}


class ApiView(APIView):
    """A DRF view that knows its query parameters and refuses all others.

    Order of refusals: 401, 403, 429, 405, 406, 411, 400. `parameters` are the query parameters of its GET; they are
    documented and allowed from this one place. `sparse` is the response serializer that `?fields=` and `?expand=`
    choose from, if there is one. For the documentation: `has_etag` says that GET answers with an ETag (304), and
    `unconditional` names those of PUT, PATCH, DELETE that need no If-Match.
    """

    parameters: ClassVar[Sequence[OpenApiParameter]] = ()
    sparse: ClassVar[type[SparseFields] | None] = None
    has_etag: ClassVar[bool] = False
    unconditional: ClassVar[Collection[str]] = ()

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        """Judge the request; what DRF does here, in an order that tells a stranger nothing but 401."""
        self.format_kwarg = None
        judge_caller(self, request)
        if isinstance(request.user, Caller):
            act_as(request._request, request.user.actor)
        self.check_throttles(request)
        if getattr(self, str(request.method).lower(), None) is None:
            self.http_method_not_allowed(request)
        request.accepted_renderer, request.accepted_media_type = self.perform_content_negotiation(request)
        request.version, request.versioning_scheme = None, None
        refuse_unmeasured(request)
        refuse_nul(request.query_params, kwargs.values())
        refuse_unknown(request.query_params, self.parameter_names(str(request.method)))
        refuse_repeated(request.query_params, repeatable_names(self))
        self._wanted = wanted_of(request, self.sparse) if self.sparse and request.method in SAFE else Wanted()

    def parameter_names(self, method: str) -> set[str]:
        """The query parameters this address takes for a method."""
        if method not in SAFE:
            return set()
        names = {parameter.name for parameter in self.parameters}
        if self.sparse is not None:
            names |= {"fields", "expand"} if self.sparse.EXPANDABLE else {"fields"}
        return names

    def wanted(self) -> Wanted:
        """What `?fields=` and `?expand=` ask for; queries read it to fetch no more."""
        return self._wanted

    def represented(self, subject: Any, *, many: bool = False) -> Any:
        """The subject as `sparse` shows it, with the fields the caller wants."""
        if self.sparse is None:
            raise TypeError(f"{type(self).__name__} declares no `sparse` serializer.")
        return self.sparse(subject, many=many, context={"wanted": self.wanted()}).data

    def conditional(self, etag: str, data: Callable[[], Any]) -> Response:
        """200 with the ETag, or 304 when the caller has this state already; see `preconditions.conditional`."""
        return conditional(self.request, etag, data)


class ApiListView(ApiView, GenericAPIView[Any]):
    """A list in pages: declares `filterset_class`, `orderings`, `default_ordering` and `sparse`.

    `get` is one line: `return self.listed(queries.products())`.
    """

    filter_backends = (AllowListFilterBackend,)
    pagination_class = KeysetPagination
    orderings: ClassVar[Mapping[str, tuple[str, ...]]] = {"id": ("id",)}
    default_ordering: ClassVar[str] = "id"

    def parameter_names(self, method: str) -> set[str]:
        """The filters and what pages need."""
        if method not in SAFE:
            return set()
        return super().parameter_names(method) | filter_names(self) | {"cursor", "page_size", "ordering"}

    def listed(self, rows: QuerySet[Any], *, show: Callable[[list[Any]], Any] | None = None) -> Response:
        """The page asked for, filtered, ordered, and shown by `sparse` (or by `show`, rows → plain data)."""
        page = self.paginate_queryset(self.filter_queryset(rows)) or []
        return self.get_paginated_response(show(list(page)) if show else self.represented(page, many=True))


def _judge_after_reading(view: APIView, request: Request) -> None:
    _ = request.data
    _judge(view, request)


@promise("caller_judged_first", broken=_judge_after_reading)
def judge_caller(view: APIView, request: Request) -> None:
    """401 or 403 before anything of the request is looked at."""
    _judge(view, request)


def _judge(view: APIView, request: Request) -> None:
    view.perform_authentication(request)
    view.check_permissions(request)
