"""Refusals of inventory's API: code and one sentence, as `(("lease_expired", "The lease ran out."), …)`."""

CODES: tuple[tuple[str, str], ...] = ()
