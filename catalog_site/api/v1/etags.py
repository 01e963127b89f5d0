"""What a state is called: the product's own revision, and a stamp of the stock that is shown with it."""

from rest_framework.request import Request

from catalog_site.domain.state import ProductState
from site_kit.http.preconditions import etag_for, parsed, require_match


def product_etag(product: ProductState) -> str:
    """Changes with everything the document shows."""
    return etag_for(product.revision, product.stock_stamp)


def require_product_match(request: Request, product: ProductState) -> int:
    """Go on only if the caller has seen this revision; stock that moved since is no conflict, it is not theirs to edit.

    Returns the revision for the operation, which judges it again under the lock. Raises as `require_match`.
    """
    given = request.META.get("HTTP_IF_MATCH")
    seen = parsed(given).tags if given is not None else frozenset()
    if not any(not weak and tag.partition("-")[0] == str(product.revision) for weak, tag in seen):
        require_match(request, product_etag(product))
    return product.revision
