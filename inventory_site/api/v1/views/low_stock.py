"""Minimums, and what is below them."""

from collections.abc import Mapping
from typing import ClassVar
from uuid import UUID

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from inventory_site.api.v1.documents import low_stock_document, rule_document
from inventory_site.api.v1.filters import LowStockFilters, RuleFilters
from inventory_site.api.v1.permissions import CanArrange, CanRead
from inventory_site.api.v1.serializers import LowStockResponse, RulePatchRequest, RulePostRequest, RuleResponse
from inventory_site.domain import stock_queries
from inventory_site.domain.errors import UnknownRule
from inventory_site.domain.models import LowStockRule
from inventory_site.domain.operations.set_minimums import add_minimum, change_minimum, remove_minimum
from site_kit.http.idempotency import idempotent
from site_kit.http.preconditions import etag_for, require_match
from site_kit.http.views import ApiListView, ApiView


class LowStockView(ApiListView):
    """What is below its minimum now."""

    permission_classes = (CanRead,)
    serializer_class = LowStockResponse
    filterset_class = LowStockFilters
    orderings: ClassVar[Mapping[str, tuple[str, ...]]] = {"opened": ("opened_at",), "-opened": ("-opened_at",)}
    default_ordering = "opened"

    @extend_schema(responses=LowStockResponse)
    def get(self, request: Request) -> Response:
        """List low stock, longest first."""
        return self.listed(stock_queries.open_alerts(), show=lambda rows: [low_stock_document(row) for row in rows])


class RuleListView(ApiListView):
    """Every minimum, and the place to set one."""

    permission_classes = (CanArrange,)
    serializer_class = RuleResponse
    filterset_class = RuleFilters

    @extend_schema(responses=RuleResponse)
    def get(self, request: Request) -> Response:
        """List minimums."""
        return self.listed(stock_queries.rules(), show=lambda rows: [rule_document(row) for row in rows])

    @extend_schema(request=RulePostRequest, responses={201: RuleResponse})
    @idempotent(required=False)
    def post(self, request: Request) -> Response:
        """Begin to watch a minimum."""
        body = RulePostRequest(data=request.data)
        body.is_valid(raise_exception=True)
        return shown(add_minimum(**body.validated_data), status=201)


class RuleView(ApiView):
    """One minimum."""

    permission_classes = (CanArrange,)
    has_etag = True

    @extend_schema(responses=RuleResponse)
    def get(self, request: Request, rule_id: UUID) -> Response:
        """Show a minimum."""
        row = found(rule_id)
        return self.conditional(etag_for(row.revision), lambda: rule_document(row))

    @extend_schema(request=RulePatchRequest, responses=RuleResponse)
    @idempotent(required=False)
    def patch(self, request: Request, rule_id: UUID) -> Response:
        """Set another minimum."""
        row = found(rule_id)
        require_match(request, etag_for(row.revision))
        body = RulePatchRequest(data=request.data)
        body.is_valid(raise_exception=True)
        changed = change_minimum(rule_id=rule_id, expected_revision=row.revision, **body.validated_data)
        return shown(changed)

    @extend_schema(responses={204: None})
    @idempotent(required=False)
    def delete(self, request: Request, rule_id: UUID) -> Response:
        """Stop watching."""
        row = found(rule_id)
        require_match(request, etag_for(row.revision))
        remove_minimum(rule_id=rule_id, expected_revision=row.revision)
        return Response(status=204)


def found(rule_id: UUID) -> LowStockRule:
    """The rule with this id. Raises UnknownRule."""
    row = stock_queries.rules().filter(pk=rule_id).first()
    if row is None:
        raise UnknownRule("There is no such rule.", rule_id=str(rule_id))
    return row


def shown(rule: LowStockRule, *, status: int = 200) -> Response:
    """The answer to a write."""
    headers = {"ETag": etag_for(rule.revision)}
    if status == 201:
        headers["Location"] = f"/api/v1/low-stock-rules/{rule.pk}"
    return Response(rule_document(rule), status=status, headers=headers)
