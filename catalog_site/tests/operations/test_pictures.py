"""A product gets its picture, another one, or none."""

import os
import struct
import zlib
from datetime import timedelta
from io import BytesIO
from typing import Any
from uuid import uuid4

import pytest
from django.conf import settings
from PIL import Image

from catalog_site.domain import clock, errors
from catalog_site.domain.models import Product
from catalog_site.domain.operations.delete_product import delete_product
from catalog_site.domain.operations.edit_product import edit_product
from catalog_site.domain.operations.put_picture import put_picture, remove_picture
from catalog_site.domain.operations.sweep_pictures import sweep_pictures
from catalog_site.domain.picture_files import picture_path
from catalog_site.domain.picture_header import PictureHeader, read_header
from catalog_site.tests import factories as make
from catalog_site.tests.kinds import Told

pytestmark = pytest.mark.django_db


def files() -> Any:
    """Names of all files in the pictures folder."""
    return sorted(path.name for path in settings.CATALOG_PICTURES_DIR.rglob("*.*"))


def png_that_claims(width: int, height: int) -> Any:
    """A small PNG file whose header says it is large."""
    header = struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)
    chunk = b"IHDR" + header
    return (
        b"\x89PNG\r\n\x1a\n"
        + struct.pack(">I", len(header))
        + chunk
        + struct.pack(">I", zlib.crc32(chunk))
        + make.picture(4, 4)[33:]
    )


def test_a_picture_is_drawn_anew_in_two_sizes_under_a_random_name(told: Told) -> None:
    product = make.product()

    changed = put_picture(product_id=product.id, data=make.picture(2000, 1000, "JPEG"), alt="A bowl")

    name = Product.objects.get().picture
    assert files() == [f"{name}-small.webp", f"{name}.webp"]
    with Image.open(picture_path(name)) as large, Image.open(picture_path(name, small=True)) as small:
        assert (large.format, large.size, small.size) == ("WEBP", (1600, 800), (400, 200))
    assert (changed.picture_width, changed.picture_height, changed.picture_alt) == (1600, 800, "A bowl")
    assert told()[-1].picture_url == f"http://catalog.test/pictures/{name}.webp"


def test_nothing_of_the_old_file_survives_but_it_stands_upright() -> None:
    exif = Image.Exif()
    exif[0x0112] = 6  # turned by a quarter
    exif[0x010E] = "taken at home"
    product = make.product()

    put_picture(product_id=product.id, data=make.picture(60, 20, "JPEG", exif=exif))

    row = Product.objects.get()
    with Image.open(picture_path(row.picture)) as drawn:
        assert drawn.size == (20, 60)
        assert not drawn.getexif()
    assert b"taken at home" not in picture_path(row.picture).read_bytes()


def test_the_same_bytes_again_are_no_change(told: Told) -> None:
    product, data = make.product(), make.picture()
    first = put_picture(product_id=product.id, data=data)
    said = told()

    again = put_picture(product_id=product.id, data=data)

    assert again.picture == first.picture
    assert told() == said


def test_the_former_picture_goes_after_commit(django_capture_on_commit_callbacks: Any) -> None:
    product = make.product()
    old = put_picture(product_id=product.id, data=make.picture(colour="red")).picture

    with django_capture_on_commit_callbacks() as after_commit:
        new = put_picture(product_id=product.id, data=make.picture(colour="blue")).picture
        assert picture_path(old).exists()
    for callback in after_commit:
        callback()

    assert files() == [f"{new}-small.webp", f"{new}.webp"]


def test_a_picture_that_is_refused_by_the_rules_leaves_no_file() -> None:
    product = make.product()

    with pytest.raises(errors.RevisionMoved):
        put_picture(product_id=product.id, data=make.picture(), expected_revision=9)

    assert files() == []


def test_a_picture_goes_with_its_product_or_alone(told: Told, django_capture_on_commit_callbacks: Any) -> None:
    alone, along = make.product("Alone"), make.product("Along")
    for product in (alone, along):
        put_picture(product_id=product.id, data=make.picture())

    with django_capture_on_commit_callbacks(execute=True):
        remove_picture(product_id=alone.id)
        delete_product(product_id=along.id)

    assert files() == []
    assert told()[-2].picture_url is None


@pytest.mark.parametrize(
    ("data", "refusal"),
    [
        (b"", errors.PictureTypeUnknown),
        (b"<svg onload='alert(1)'/>", errors.PictureTypeUnknown),
        (make.picture(kind="GIF"), errors.PictureTypeUnknown),
        (b"\xff\xd8\xff\xe0\x00\x10", errors.PictureDamaged),
        (make.picture(400, 300)[:120], errors.PictureDamaged),
        (png_that_claims(5001, 5000), errors.PictureTooLarge),
        (png_that_claims(12_001, 1), errors.PictureTooLarge),
        (png_that_claims(0, 10), errors.PictureDamaged),
        (make.picture() + b"\0" * 12_000_000, errors.PictureTooLarge),
    ],
)
def test_what_is_no_decent_picture_is_refused_before_anything_is_decoded(told: Told, data: bytes, refusal: Any) -> None:
    product = make.product()
    said = told()

    with pytest.raises(refusal):
        put_picture(product_id=product.id, data=data)

    assert Product.objects.get().picture == ""
    assert files() == []
    assert told() == said


@pytest.mark.parametrize("more", [{}, {"lossless": True}])
@pytest.mark.parametrize("mode", ["RGB", "RGBA"])
def test_the_header_of_every_kind_of_webp_is_read(mode: Any, more: Any) -> None:
    out = BytesIO()
    Image.new(mode, (321, 123), (1, 2, 3, 100)[: len(mode)]).save(out, "WEBP", **more)

    assert read_header(out.getvalue()) == PictureHeader("WEBP", 321, 123)


@pytest.mark.parametrize("progressive", [False, True])
def test_the_header_of_every_kind_of_jpeg_is_read(progressive: Any) -> None:
    exif = Image.Exif()
    exif[0x010E] = "a long description " * 100

    data = make.picture(321, 123, "JPEG", progressive=progressive, exif=exif)

    assert read_header(data) == PictureHeader("JPEG", 321, 123)


def test_a_transparent_picture_stays_transparent() -> None:
    out = BytesIO()
    Image.new("RGBA", (10, 10), (0, 0, 0, 0)).save(out, "PNG")

    put_picture(product_id=make.product().id, data=out.getvalue())

    with Image.open(picture_path(Product.objects.get().picture)) as drawn:
        assert drawn.getchannel("A").getpixel((5, 5)) == 0


def test_the_sweep_removes_only_what_is_forgotten_and_old() -> None:
    kept = put_picture(product_id=make.product("Kept").id, data=make.picture()).picture
    names = {age: uuid4().hex for age in ("old", "young")}
    for name in names.values():
        picture_path(name).parent.mkdir(exist_ok=True)
        picture_path(name).write_bytes(b"x")
    two_days_ago = (clock.now() - timedelta(days=2)).timestamp()
    for name in (names["old"], kept):
        os.utime(picture_path(name), (two_days_ago, two_days_ago))

    swept = sweep_pictures()

    assert swept == 1
    assert files() == sorted([f"{kept}-small.webp", f"{kept}.webp", f"{names['young']}.webp"])


def test_a_picture_name_cannot_leave_its_folder() -> None:
    with pytest.raises(ValueError, match="passwd"):
        picture_path("../../etc/passwd")


def test_a_description_may_be_written_before_there_is_a_picture() -> None:
    product = make.product()

    edit_product(product_id=product.id, changes={"picture_alt": "A bowl"})
    put_picture(product_id=product.id, data=make.picture())

    assert Product.objects.get().picture_alt == "A bowl"
