"""The shelf's API: one view of each kind, and some that fail."""

from typing import Any, ClassVar, cast

import django_filters
from django.db import OperationalError, connection
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.exceptions import ValidationError
from rest_framework.parsers import MultiPartParser
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from site_kit.context import current
from site_kit.http.idempotency import idempotent
from site_kit.http.preconditions import etag_for, require_match
from site_kit.http.problems import ProblemResponse
from site_kit.http.tests.shelf.models import Book
from site_kit.http.tests.shelf.refusals import ShelfFull, TitleTaken
from site_kit.http.tests.shelf.serializers import BookRequest, BookResponse
from site_kit.http.tokens import HasScope, PublicRead
from site_kit.http.views import ApiListView, ApiView

ROOM = 1000


class BookFilters(django_filters.FilterSet):  # type: ignore[misc]  # django-filter ships no types
    """What a list of books can be narrowed by."""

    shelf = django_filters.CharFilter(field_name="shelf")
    cheaper_than = django_filters.NumberFilter(field_name="price", lookup_expr="lt")
    on = django_filters.MultipleChoiceFilter(field_name="shelf", choices=[("a", "A"), ("b", "B"), ("c", "C")])

    dear = django_filters.BooleanFilter(method="dearer_than_three")
    added = django_filters.IsoDateTimeFromToRangeFilter(field_name="added_at")

    def dearer_than_three(self, rows: Any, name: str, dear: bool) -> Any:
        return rows.filter(price__gt=3) if dear else rows.filter(price__lte=3)


def put_on_shelf(*, title: str, shelf: str, price: Any, notes: Any = ()) -> Book:
    if Book.objects.filter(shelf=shelf, title=title).exists():
        raise TitleTaken("That title stands there already.", title=title)
    book = Book.objects.create(title=title, shelf=shelf, price=price)
    if Book.objects.filter(shelf=shelf).count() > ROOM or shelf == "full":
        raise ShelfFull("No room on the shelf.", shelf=shelf, room=ROOM)
    return book


class BookListView(ApiListView):
    """Books."""

    permission_classes = (PublicRead | HasScope("shelf:write"),)
    filterset_class = BookFilters
    orderings: ClassVar = {
        "title": ("title",),
        "-price": ("-price", "title"),
        "-added_at": ("-added_at",),
    }
    default_ordering = "title"
    sparse = BookResponse

    @extend_schema(operation_id="listBooks", responses=BookResponse(many=True))
    def get(self, request: Request) -> Response:
        """Books in pages."""
        return self.listed(Book.objects.all())

    @extend_schema(
        operation_id="addBook",
        request=BookRequest,
        responses={201: BookResponse, 409: ProblemResponse, 422: ProblemResponse},
    )
    @idempotent(required=True)
    def post(self, request: Request) -> Response:
        """Put a book on the shelf."""
        body = BookRequest(data=request.data)
        body.is_valid(raise_exception=True)
        book = put_on_shelf(**body.validated_data)
        headers = {"Location": f"/api/v1/books/{book.pk}", "ETag": etag_for(book.pk, book.revision), "X-Other": "1"}
        return Response(BookResponse(book, context={}).data, status=201, headers=headers)


class BookView(ApiView):
    """One book."""

    permission_classes = (PublicRead | HasScope("shelf:write"),)
    sparse = BookResponse
    has_etag = True

    @extend_schema(operation_id="getBook", responses=BookResponse)
    def get(self, request: Request, book_id: int) -> Response:
        """One book."""
        book = get_object_or_404(Book, pk=book_id)
        return self.conditional(etag_for(book.pk, book.revision), lambda: self.represented(book))

    @extend_schema(operation_id="replaceBook", request=BookRequest, responses=BookResponse)
    @idempotent(required=False)
    def put(self, request: Request, book_id: int) -> Response:
        """Replace a book."""
        book = get_object_or_404(Book.objects.select_for_update(), pk=book_id)
        require_match(request, etag_for(book.pk, book.revision))
        body = BookRequest(data=request.data)
        body.is_valid(raise_exception=True)
        book.title, book.revision = body.validated_data["title"], book.revision + 1
        book.save()
        headers = {"ETag": etag_for(book.pk, book.revision)}
        return Response(BookResponse(book, context={}).data, headers=headers)

    @extend_schema(operation_id="removeBook", responses={204: None})
    @idempotent(required=False)
    def delete(self, request: Request, book_id: int) -> Response:
        """Take a book away."""
        book = get_object_or_404(Book.objects.select_for_update(), pk=book_id)
        require_match(request, etag_for(book.pk, book.revision))
        book.delete()
        return Response(status=204)


class CountView(ApiView):
    """How many there are."""

    permission_classes = (HasScope("shelf:write", to_read="shelf:read"),)
    parameters = (OpenApiParameter("shelf", OpenApiTypes.STR),)

    @extend_schema(operation_id="countBooks", responses=OpenApiTypes.OBJECT)
    def get(self, request: Request) -> Response:
        """How many books there are."""
        return Response({"count": Book.objects.count(), "actor": str(current().actor), "hops": current().hop_count})


class NarrowView(ApiView):
    """Five a minute."""

    permission_classes = (AllowAny,)
    rate_limit = "narrow"

    @extend_schema(operation_id="narrow", responses=OpenApiTypes.OBJECT)
    def get(self, request: Request) -> Response:
        """Five a minute."""
        return Response({"ok": True})

    @extend_schema(operation_id="narrowWrite", request=None, responses=OpenApiTypes.OBJECT)
    def post(self, request: Request) -> Response:
        """Five a minute."""
        return Response({"ok": True})


class EchoView(ApiView):
    """Gives back what it was sent."""

    permission_classes = (HasScope("shelf:write"),)

    @extend_schema(operation_id="echo", request=OpenApiTypes.OBJECT, responses=OpenApiTypes.OBJECT)
    def post(self, request: Request) -> Response:
        """Give back the body."""
        return Response({"body": request.data})


class CoverView(ApiView):
    """Takes a file."""

    permission_classes = (HasScope("shelf:write"),)
    parser_classes = (MultiPartParser,)

    @extend_schema(operation_id="setCover", request=OpenApiTypes.BINARY, responses=OpenApiTypes.OBJECT)
    @idempotent(required=True)
    def post(self, request: Request) -> Response:
        """Take a file."""
        cover: Any = cast(dict[str, Any], request.data).get("cover")
        if not hasattr(cover, "read"):
            raise ValidationError({"cover": "Send a file."})
        book = Book.objects.create(title=cover.name, shelf="covers", price=1)
        return Response({"id": book.pk, "size": len(cover.read())}, status=201)


@extend_schema(exclude=True)
class FailingView(APIView):
    """A plain DRF view that fails as it is told."""

    permission_classes = (HasScope("shelf:write"),)

    def get(self, request: Request, how: str) -> Response:
        fail(how)
        return Response({})

    @idempotent(required=True)
    def post(self, request: Request, how: str) -> Any:
        Book.objects.create(title="half done", shelf="a", price=1)
        if how == "returned":
            return Response({"no": True}, status=409)
        if how == "unrenderable":
            return Response({"no": object()}, status=201)
        if how == "stream":
            return StreamingHttpResponse([b"x"])
        fail(how)
        return Response({})


def fail(how: str) -> None:
    if how == "bug":
        raise RuntimeError("secret: SELECT password FROM users")
    if how == "away":
        raise OperationalError("server closed the connection unexpectedly")
    if how == "404":
        raise Http404("internal words")
    with connection.cursor() as cursor:
        match how:
            case "sql":
                cursor.execute("SELECT no_such_column")
            case "timeout":
                cursor.execute("SET LOCAL statement_timeout = 50")
                cursor.execute("SELECT pg_sleep(5)")
            case "killed":
                cursor.execute("SELECT pg_terminate_backend(pg_backend_pid())")


def plain(request: HttpRequest, how: str) -> HttpResponse:
    """A view outside DRF."""
    fail(how)
    return HttpResponse("ok")
