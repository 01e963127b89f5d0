"""A product gets its picture, or another one."""

from hashlib import sha256
from uuid import UUID

from django.db import transaction

from catalog_site.domain.editing import editing
from catalog_site.domain.models import Product
from catalog_site.domain.picture_files import remove_after_commit, remove_files, store_picture
from catalog_site.domain.picture_redraw import redraw
from catalog_site.domain.queries import find_product


def put_picture(
    *, product_id: UUID, data: bytes, alt: str | None = None, expected_revision: int | None = None
) -> Product:
    """Give a product this picture (the bytes of a JPEG, PNG or WebP file); the former one goes after commit.

    Safe to repeat: the same bytes are no change. Raises `ProductNotFound`, `RevisionMoved`, `PictureRefused`.
    Emits ProductUpdated.
    """
    digest = sha256(data).hexdigest()
    known = find_product(str(product_id))
    # Drawn before anything is locked: it takes up to a second.
    drawn = None if known.picture_digest == digest else redraw(data)
    name = store_picture(drawn) if drawn else ""
    try:
        with transaction.atomic(), editing([product_id], expected_revision=expected_revision) as rows:
            product = rows[product_id]
            if alt is not None:
                product.picture_alt = alt
            if drawn:
                remove_after_commit(product.picture)
                product.picture, product.picture_digest = name, digest
                product.picture_width, product.picture_height = drawn.width, drawn.height
    except BaseException:
        if name:
            remove_files(name)
        raise
    return product


@transaction.atomic
def remove_picture(*, product_id: UUID, expected_revision: int | None = None) -> Product:
    """Take a product's picture away; its files go after commit.

    Safe to repeat. Raises `ProductNotFound`, `RevisionMoved`. Emits ProductUpdated.
    """
    with editing([product_id], expected_revision=expected_revision) as rows:
        product = rows[product_id]
        remove_after_commit(product.picture)
        product.picture, product.picture_digest, product.picture_alt = "", "", ""
        product.picture_width = product.picture_height = 0
    return product
