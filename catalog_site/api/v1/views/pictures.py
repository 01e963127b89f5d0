"""The one picture of a product."""

from django.core.files.uploadedfile import UploadedFile
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from catalog_site.api.v1.etags import require_product_match
from catalog_site.api.v1.permissions import CatalogPermission
from catalog_site.api.v1.picture_parser import JpegParser, PngParser, WebpParser
from catalog_site.api.v1.serializers.products import ProductDetail
from catalog_site.api.v1.views.products import shown
from catalog_site.domain import queries
from catalog_site.domain.operations.put_picture import put_picture, remove_picture
from site_kit.http.idempotency import idempotent
from site_kit.http.views import ApiView

BINARY = dict.fromkeys(("image/jpeg", "image/png", "image/webp"), OpenApiTypes.BINARY)


class PictureView(ApiView):
    """Put or taken away; the file itself is the body."""

    permission_classes = (CatalogPermission,)
    parser_classes = (JpegParser, PngParser, WebpParser)

    @extend_schema(request=BINARY, responses=ProductDetail)
    @idempotent(required=False)
    def put(self, request: Request, product: str) -> Response:
        """Give the product this picture: at most 12 MB and 25 million pixels; drawn anew without metadata."""
        row = queries.find_product(product)
        revision = require_product_match(request, queries.product_states([row])[row.id])
        data = request.data.read() if isinstance(request.data, UploadedFile) else b""  # an empty body is parsed as {}
        put_picture(product_id=row.id, data=data, expected_revision=revision)
        return shown(queries.product_state(row.id))

    @extend_schema(responses={204: None})
    @idempotent(required=False)
    def delete(self, request: Request, product: str) -> Response:
        """Take the picture away."""
        row = queries.find_product(product)
        revision = require_product_match(request, queries.product_states([row])[row.id])
        remove_picture(product_id=row.id, expected_revision=revision)
        return Response(status=204)
