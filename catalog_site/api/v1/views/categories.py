"""Categories: the tree, and each shelf."""

from collections.abc import Mapping
from typing import ClassVar

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from catalog_site.api.v1.documents import category_document, only
from catalog_site.api.v1.permissions import CatalogPermission
from catalog_site.api.v1.serializers.shelves import CategoryPatchRequest, CategoryPostRequest, CategoryResponse
from catalog_site.domain.models import Category
from catalog_site.domain.operations.arrange_categories import create_category, delete_category, edit_category
from catalog_site.domain.queries import find_category
from site_kit.http.idempotency import idempotent
from site_kit.http.preconditions import etag_for, require_match
from site_kit.http.views import ApiListView, ApiView


class CategoryListView(ApiListView):
    """The tree, flat: every category names the one it hangs below."""

    permission_classes = (CatalogPermission,)
    sparse = CategoryResponse
    orderings: ClassVar[Mapping[str, tuple[str, ...]]] = {
        "position": ("position", "name"),
        "name": ("name",),
        "slug": ("slug",),
    }
    default_ordering = "position"

    @extend_schema(responses=CategoryResponse)
    def get(self, request: Request) -> Response:
        """List categories."""
        wanted = self.wanted()
        return self.listed(
            Category.objects.all(),
            show=lambda rows: [only(category_document(row), wanted.fields, CategoryResponse.ALWAYS) for row in rows],
        )

    @extend_schema(request=CategoryPostRequest, responses={201: CategoryResponse})
    @idempotent(required=False)
    def post(self, request: Request) -> Response:
        """Create a category."""
        body = CategoryPostRequest(data=request.data)
        body.is_valid(raise_exception=True)
        return shown(create_category(**body.validated_data), status=201)


class CategoryView(ApiView):
    """One category, by its id or slug."""

    permission_classes = (CatalogPermission,)
    sparse = CategoryResponse
    has_etag = True

    @extend_schema(responses=CategoryResponse)
    def get(self, request: Request, category: str) -> Response:
        """Show a category."""
        row, wanted = find_category(category), self.wanted()
        return self.conditional(
            etag_for(row.revision), lambda: only(category_document(row), wanted.fields, CategoryResponse.ALWAYS)
        )

    @extend_schema(request=CategoryPatchRequest, responses=CategoryResponse)
    @idempotent(required=False)
    def patch(self, request: Request, category: str) -> Response:
        """Rename or move a category; a move takes everything below along."""
        row = find_category(category)
        require_match(request, etag_for(row.revision))
        body = CategoryPatchRequest(data=request.data)
        body.is_valid(raise_exception=True)
        changes = body.validated_data
        return shown(edit_category(category_id=row.id, changes=changes, expected_revision=row.revision))

    @extend_schema(responses={204: None})
    @idempotent(required=False)
    def delete(self, request: Request, category: str) -> Response:
        """Delete an empty category."""
        row = find_category(category)
        require_match(request, etag_for(row.revision))
        delete_category(category_id=row.id, expected_revision=row.revision)
        return Response(status=204)


def shown(category: Category, *, status: int = 200) -> Response:
    """The answer to a write."""
    headers = {"ETag": etag_for(category.revision)}
    if status == 201:
        headers["Location"] = f"/api/v1/categories/{category.id}"
    return Response(category_document(category), status=status, headers=headers)
