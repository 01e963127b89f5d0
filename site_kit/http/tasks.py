"""Periodic work of site_kit.http."""

from site_kit.http.answer_sweep import sweep_answers
from site_kit.tasks.periodic import periodic


@periodic(every_s=3600, name="http.sweep_answers")
def sweep_stored_answers() -> None:
    """Delete answers that no retry will ask for any more."""
    sweep_answers()
