"""Reserve, release, extend."""

from collections.abc import Mapping
from typing import ClassVar, cast
from uuid import UUID

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from inventory_site.api.v1.documents import lease_document, new_lease_document
from inventory_site.api.v1.filters import LeaseFilters
from inventory_site.api.v1.permissions import MayRead, MayReserve
from inventory_site.api.v1.serializers.leases import (
    ExtendRequest,
    LeaseDetail,
    LeaseResponse,
    LeaseWithToken,
    ReleaseRequest,
    ReserveRequest,
)
from inventory_site.domain import stock_queries as queries
from inventory_site.domain.models import Lease
from inventory_site.domain.operations.extend_lease import extend_lease
from inventory_site.domain.operations.lease_stock import lease_stock
from inventory_site.domain.operations.release_lease import release_lease
from inventory_site.domain.planning import Wanted
from site_kit.http.caller import Caller
from site_kit.http.idempotency import idempotent
from site_kit.http.problems import ProblemResponse
from site_kit.http.views import ApiListView, ApiView


class ReserveView(ApiView):
    """Promise stock to a cart for a while."""

    permission_classes = (MayReserve,)

    @extend_schema(request=ReserveRequest, responses={201: LeaseWithToken, 409: ProblemResponse})
    @idempotent(required=True)
    def post(self, request: Request) -> Response:
        """Reserve inventory: all lines, or none; the lease ends by itself after `ttl_s` seconds."""
        body = ReserveRequest(data=request.data)
        body.is_valid(raise_exception=True)
        lines = [Wanted(line["variant_id"], line["units"]) for line in body.validated_data["lines"]]
        client = str(cast(Caller, request.user))
        lease = lease_stock(lines=lines, ttl_s=body.validated_data["ttl_s"], client=client)
        headers = {"Location": f"/api/v1/leases/{lease.lease_id}"}
        return Response(new_lease_document(lease, queries.leased_units(lease)), status=201, headers=headers)


class ReleaseView(ApiView):
    """Give a lease back."""

    permission_classes = (MayReserve,)

    @extend_schema(request=ReleaseRequest, responses={200: LeaseDetail, 409: ProblemResponse})
    @idempotent(required=True)
    def post(self, request: Request) -> Response:
        """Release a reservation before its time."""
        body = ReleaseRequest(data=request.data)
        body.is_valid(raise_exception=True)
        return shown(release_lease(token=body.validated_data["token"], reason="client"))


class ExtendView(ApiView):
    """Keep a lease for longer."""

    permission_classes = (MayReserve,)

    @extend_schema(request=ExtendRequest, responses={200: LeaseDetail, 409: ProblemResponse})
    @idempotent(required=False)
    def post(self, request: Request) -> Response:
        """Extend a lease: `ttl_s` seconds from now, up to a day after it was made; never shorter than it was."""
        body = ExtendRequest(data=request.data)
        body.is_valid(raise_exception=True)
        return shown(extend_lease(**body.validated_data))


class LeaseListView(ApiListView):
    """Leases, without their tokens."""

    permission_classes = (MayRead,)
    filterset_class = LeaseFilters
    sparse = LeaseResponse
    orderings: ClassVar[Mapping[str, tuple[str, ...]]] = {
        "newest": ("-created_at", "lease_id"),
        "oldest": ("created_at", "-lease_id"),  # the same index, read backwards
    }
    default_ordering = "newest"

    @extend_schema(responses=LeaseResponse)
    def get(self, request: Request) -> Response:
        """List leases."""
        return self.listed(Lease.objects.all())


class LeaseView(ApiView):
    """One lease, by its id."""

    permission_classes = (MayRead,)

    @extend_schema(responses=LeaseDetail)
    def get(self, request: Request, lease_id: UUID) -> Response:
        """Show a lease with its lines, without its token."""
        return shown(queries.find_lease(lease_id))


def shown(lease: Lease) -> Response:
    """A lease with its lines."""
    return Response(lease_document(lease, queries.leased_units(lease)))
