"""Pictures over HTTP: the file is the body."""

from typing import Any

import pytest

from catalog_site.domain.models import Product
from catalog_site.tests import factories as make
from catalog_site.tests.api.answers import code
from catalog_site.tests.kinds import Api, Told


@pytest.fixture
def address(db: Any) -> Any:
    """Where the picture of a product is put."""
    make.active_product("Bowl")
    return "/api/v1/products/bowl/picture"


def test_a_picture_is_put_and_taken_away(told: Told, editor: Api, address: str) -> None:
    put = editor.put(address, data=make.picture(90, 60), content_type="image/png", HTTP_IF_MATCH="*")
    picture = put.json()["picture"]
    gone = editor.delete(address, HTTP_IF_MATCH=put["ETag"])

    assert (put.status_code, picture["width"], picture["height"]) == (200, 90, 60)
    assert gone.status_code == 204
    assert [event.picture_url for event in told()[1:]] == [picture["url"], None]
    assert Product.objects.get().picture == ""


def test_a_picture_put_twice_with_one_key_is_put_once(told: Told, editor: Api, address: str) -> None:
    for _ in range(2):
        response = editor.put(
            address,
            data=make.picture(),
            content_type="image/png",
            HTTP_IF_MATCH="*",
            HTTP_IDEMPOTENCY_KEY="picture-1",
        )
        assert response.status_code == 200
    other = editor.put(
        address,
        data=make.picture(colour="red"),
        content_type="image/png",
        HTTP_IF_MATCH="*",
        HTTP_IDEMPOTENCY_KEY="picture-1",
    )

    assert code(other) == (422, "idempotency_key_reused")
    assert len(told()) == 2


@pytest.mark.parametrize(
    ("data", "content_type", "status", "problem"),
    [
        (make.picture(), "image/gif", 415, "unsupported_media_type"),
        (b"{}", "application/json", 415, "unsupported_media_type"),
        (make.picture(kind="GIF"), "image/png", 415, "picture_type_unknown"),
        (make.picture(200, 200)[:90], "image/png", 422, "picture_damaged"),
        (b"", "image/png", 415, "picture_type_unknown"),
        (make.picture() + b"\0" * 12_000_001, "image/png", 413, "body_too_large"),
    ],
)
def test_what_is_no_picture_is_refused(
    editor: Api, address: str, data: bytes, content_type: str, status: int, problem: str
) -> None:
    response = editor.put(address, data=data, content_type=content_type, HTTP_IF_MATCH="*")

    assert code(response) == (status, problem)
    assert Product.objects.get().picture == ""


def test_a_picture_needs_the_tag_and_the_scope(api: Api, editor: Api, address: str) -> None:
    assert code(editor.put(address, data=make.picture(), content_type="image/png")) == (428, "precondition_required")
    assert code(api.put(address, data=make.picture(), content_type="image/png")) == (401, "not_authenticated")
