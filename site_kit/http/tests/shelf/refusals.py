"""Refusals of the shelf."""

from site_kit.refusals import Refusal


class ShelfError(Refusal):
    """Any no of the shelf."""

    code = "shelf_error"


class ShelfFull(ShelfError):  # noqa: N818 - names the refusal
    """No room."""

    code = "shelf_full"


class TitleTaken(ShelfError):  # noqa: N818 - names the refusal
    """Titles are unique on a shelf."""

    code = "title_taken"


STATUS_OF = {ShelfError: 422, ShelfFull: 409}
