"""Locations and minimums."""

from collections.abc import Mapping
from typing import ClassVar
from uuid import UUID

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from inventory_site.api.v1.filters import LocationFilters, RuleFilters
from inventory_site.api.v1.permissions import MayArrange
from inventory_site.api.v1.serializers.arrangements import (
    LocationPatchRequest,
    LocationPostRequest,
    LocationResponse,
    RulePatchRequest,
    RulePostRequest,
    RuleResponse,
)
from inventory_site.domain import stock_queries as queries
from inventory_site.domain.models import Location, LowStockRule
from inventory_site.domain.operations.arrange_locations import change_location, open_location
from inventory_site.domain.operations.set_minimums import add_minimum, change_minimum, remove_minimum
from site_kit.http.idempotency import idempotent
from site_kit.http.preconditions import etag_for, require_match
from site_kit.http.views import ApiListView, ApiView


class LocationListView(ApiListView):
    """All locations, and the place to open one."""

    permission_classes = (MayArrange,)
    filterset_class = LocationFilters
    sparse = LocationResponse
    orderings: ClassVar[Mapping[str, tuple[str, ...]]] = {"rank": ("rank", "code"), "code": ("code",)}
    default_ordering = "rank"

    @extend_schema(responses=LocationResponse)
    def get(self, request: Request) -> Response:
        """List locations."""
        return self.listed(Location.objects.all())

    @extend_schema(request=LocationPostRequest, responses={201: LocationResponse})
    @idempotent(required=False)
    def post(self, request: Request) -> Response:
        """Open a location."""
        body = LocationPostRequest(data=request.data)
        body.is_valid(raise_exception=True)
        return location_shown(open_location(**body.validated_data), status=201)


class LocationView(ApiView):
    """One location, by its code."""

    permission_classes = (MayArrange,)
    sparse = LocationResponse
    has_etag = True

    @extend_schema(responses=LocationResponse)
    def get(self, request: Request, code: str) -> Response:
        """Show a location."""
        location = queries.find_location(code)
        return self.conditional(etag_for(location.revision), lambda: self.represented(location))

    @extend_schema(request=LocationPatchRequest, responses=LocationResponse)
    @idempotent(required=False)
    def patch(self, request: Request, code: str) -> Response:
        """Rename, rank, close or open a location; its code never changes."""
        location = queries.find_location(code)
        require_match(request, etag_for(location.revision))
        body = LocationPatchRequest(data=request.data)
        body.is_valid(raise_exception=True)
        changes = body.validated_data
        return location_shown(change_location(code=code, changes=changes, expected_revision=location.revision))


class RuleListView(ApiListView):
    """Low-stock rules, and the place to add one."""

    permission_classes = (MayArrange,)
    filterset_class = RuleFilters
    sparse = RuleResponse

    @extend_schema(responses=RuleResponse)
    def get(self, request: Request) -> Response:
        """List low-stock rules."""
        return self.listed(LowStockRule.objects.select_related("variant", "location"))

    @extend_schema(request=RulePostRequest, responses={201: RuleResponse})
    @idempotent(required=False)
    def post(self, request: Request) -> Response:
        """Add a low-stock rule; if less is available right now, its alert opens at once."""
        body = RulePostRequest(data=request.data)
        body.is_valid(raise_exception=True)
        return rule_shown(add_minimum(**body.validated_data), status=201)


class RuleView(ApiView):
    """One low-stock rule."""

    permission_classes = (MayArrange,)
    sparse = RuleResponse
    has_etag = True

    @extend_schema(responses=RuleResponse)
    def get(self, request: Request, rule_id: UUID) -> Response:
        """Show a low-stock rule."""
        rule = queries.find_rule(rule_id)
        return self.conditional(etag_for(rule.revision), lambda: self.represented(rule))

    @extend_schema(request=RulePatchRequest, responses=RuleResponse)
    @idempotent(required=False)
    def patch(self, request: Request, rule_id: UUID) -> Response:
        """Set another minimum; alerts follow at once."""
        rule = queries.find_rule(rule_id)
        require_match(request, etag_for(rule.revision))
        body = RulePatchRequest(data=request.data)
        body.is_valid(raise_exception=True)
        return rule_shown(change_minimum(rule_id=rule_id, expected_revision=rule.revision, **body.validated_data))

    @extend_schema(responses={204: None})
    @idempotent(required=False)
    def delete(self, request: Request, rule_id: UUID) -> Response:
        """Remove a low-stock rule; an open alert closes."""
        rule = queries.find_rule(rule_id)
        require_match(request, etag_for(rule.revision))
        remove_minimum(rule_id=rule_id, expected_revision=rule.revision)
        return Response(status=204)


def location_shown(location: Location, *, status: int = 200) -> Response:
    """The answer to a write."""
    headers = {"ETag": etag_for(location.revision)}
    if status == 201:
        headers["Location"] = f"/api/v1/locations/{location.code}"
    return Response(LocationResponse(location).data, status=status, headers=headers)


def rule_shown(rule: LowStockRule, *, status: int = 200) -> Response:
    """The answer to a write."""
    headers = {"ETag": etag_for(rule.revision)}
    if status == 201:
        headers["Location"] = f"/api/v1/low-stock-rules/{rule.pk}"
    return Response(RuleResponse(rule).data, status=status, headers=headers)
