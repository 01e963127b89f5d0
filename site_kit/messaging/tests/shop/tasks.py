"""An outside call of the toy shop that does not come back."""

import threading

from site_kit.tasks.periodic import periodic


@periodic(every_s=1, name="shop.ask_the_carrier", claimed=False)
def ask_the_carrier() -> None:
    """Wait for an answer that never comes."""
    threading.Event().wait(120)
