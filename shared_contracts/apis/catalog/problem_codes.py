"""Refusals of the catalog's API: code and one sentence, as `(("slug_taken", "Another product has this slug."), …)`."""

CODES: tuple[tuple[str, str], ...] = ()
