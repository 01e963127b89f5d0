"""Promises with a clock."""

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from inventory_site.api.v1.documents import lease_document
from inventory_site.api.v1.permissions import CanReserve
from inventory_site.api.v1.serializers import (
    ExtendRequest,
    LeaseResponse,
    NewLeaseResponse,
    ReleaseRequest,
    ReserveRequest,
)
from inventory_site.domain.operations.extend_lease import extend_lease
from inventory_site.domain.operations.lease_stock import lease_stock
from inventory_site.domain.operations.release_lease import release_lease
from inventory_site.domain.planning import Wanted
from inventory_site.domain.stock_queries import lines_of_lease
from site_kit.http.idempotency import idempotent
from site_kit.http.views import ApiView


class ReserveView(ApiView):
    """Promise stock to a cart for a while."""

    permission_classes = (CanReserve,)

    @extend_schema(request=ReserveRequest, responses={201: NewLeaseResponse})
    @idempotent(required=True)
    def post(self, request: Request) -> Response:
        """Reserve all lines until the lease ends, or none; the answer carries the token."""
        body = ReserveRequest(data=request.data)
        body.is_valid(raise_exception=True)
        lines = [Wanted(line["variant_id"], line["units"]) for line in body.validated_data["lines"]]
        lease = lease_stock(lines=lines, ttl_s=body.validated_data["ttl_s"], client=request.user.id)
        return Response(lease_document(lease, lines_of_lease(lease.lease_id), with_token=True), status=201)


class ReleaseView(ApiView):
    """End a lease before its time."""

    permission_classes = (CanReserve,)

    @extend_schema(request=ReleaseRequest, responses=LeaseResponse)
    @idempotent(required=True)
    def post(self, request: Request) -> Response:
        """Release a lease: everything it still holds goes back."""
        body = ReleaseRequest(data=request.data)
        body.is_valid(raise_exception=True)
        lease = release_lease(token=body.validated_data["token"], reason="client")
        return Response(lease_document(lease, lines_of_lease(lease.lease_id)))


class ExtendView(ApiView):
    """Keep a lease for longer."""

    permission_classes = (CanReserve,)

    @extend_schema(request=ExtendRequest, responses=LeaseResponse)
    @idempotent(required=True)
    def post(self, request: Request) -> Response:
        """Extend a lease, at most to a day after it was made."""
        body = ExtendRequest(data=request.data)
        body.is_valid(raise_exception=True)
        lease = extend_lease(**body.validated_data)
        return Response(lease_document(lease, lines_of_lease(lease.lease_id)))
