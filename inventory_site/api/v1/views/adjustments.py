"""Change what is on hand."""

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from inventory_site.api.v1.documents import adjustment_document
from inventory_site.api.v1.permissions import MayAdjust
from inventory_site.api.v1.serializers.adjustments import AdjustRequest, AdjustResponse
from inventory_site.domain.operations.adjust_stock import Adjustment, adjust_stock
from site_kit.http.idempotency import idempotent
from site_kit.http.problems import ProblemResponse
from site_kit.http.views import ApiView


class AdjustView(ApiView):
    """Received, counted, found, lost, damaged."""

    permission_classes = (MayAdjust,)

    @extend_schema(request=AdjustRequest, responses={200: AdjustResponse, 409: ProblemResponse})
    @idempotent(required=True)
    def post(self, request: Request) -> Response:
        """Adjust stock levels: all lines, or none. Less than is promised may be left; that opens a shortfall."""
        body = AdjustRequest(data=request.data)
        body.is_valid(raise_exception=True)
        lines = body.validated_data.pop("lines")
        done = adjust_stock(adjustments=[Adjustment(**body.validated_data, **line) for line in lines])
        return Response({"adjustments": [adjustment_document(adjusted) for adjusted in done]})
