"""Where goods lie."""

from collections.abc import Mapping
from typing import ClassVar

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from inventory_site.api.v1.documents import location_document
from inventory_site.api.v1.permissions import CanArrange
from inventory_site.api.v1.serializers import LocationPatchRequest, LocationPostRequest, LocationResponse
from inventory_site.domain.errors import NotKnown
from inventory_site.domain.models import Location
from inventory_site.domain.operations.arrange_locations import change_location, open_location
from site_kit.http.idempotency import idempotent
from site_kit.http.preconditions import etag_for, require_match
from site_kit.http.views import ApiListView, ApiView


class LocationListView(ApiListView):
    """Every location, and the place to open one."""

    permission_classes = (CanArrange,)
    serializer_class = LocationResponse
    orderings: ClassVar[Mapping[str, tuple[str, ...]]] = {"rank": ("rank", "code"), "code": ("code",)}
    default_ordering = "rank"

    @extend_schema(responses=LocationResponse)
    def get(self, request: Request) -> Response:
        """List locations."""
        return self.listed(Location.objects.all(), show=lambda rows: [location_document(row) for row in rows])

    @extend_schema(request=LocationPostRequest, responses={201: LocationResponse})
    @idempotent(required=False)
    def post(self, request: Request) -> Response:
        """Open a location."""
        body = LocationPostRequest(data=request.data)
        body.is_valid(raise_exception=True)
        return shown(open_location(**body.validated_data), status=201)


class LocationView(ApiView):
    """One location, by its code."""

    permission_classes = (CanArrange,)
    has_etag = True

    @extend_schema(responses=LocationResponse)
    def get(self, request: Request, code: str) -> Response:
        """Show a location."""
        row = found(code)
        return self.conditional(etag_for(row.revision), lambda: location_document(row))

    @extend_schema(request=LocationPatchRequest, responses=LocationResponse)
    @idempotent(required=False)
    def patch(self, request: Request, code: str) -> Response:
        """Rename, rank, close or reopen a location."""
        row = found(code)
        require_match(request, etag_for(row.revision))
        body = LocationPatchRequest(data=request.data)
        body.is_valid(raise_exception=True)
        return shown(change_location(code=code, changes=body.validated_data, expected_revision=row.revision))


def found(code: str) -> Location:
    """The location with this code. Raises NotKnown."""
    row = Location.objects.filter(code=code).first()
    if row is None:
        raise NotKnown(f"There is no location {code}.", location=code)
    return row


def shown(location: Location, *, status: int = 200) -> Response:
    """The answer to a write."""
    headers = {"ETag": etag_for(location.revision)}
    if status == 201:
        headers["Location"] = f"/api/v1/locations/{location.code}"
    return Response(location_document(location), status=status, headers=headers)
