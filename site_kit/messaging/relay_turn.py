"""One turn of the relay as a task: drain, stay a moment for what comes next, look once more, end."""

import time

from site_kit.messaging import clock, outbox
from site_kit.messaging.relay import Drained, End, drain
from site_kit.messaging.wake_delivery import relay_may_be_called

TURN_S = 10.0
STAY_S = 0.1
LOOK_EVERY_S = 0.004


def relay_until_quiet() -> int:
    """Relay until nothing has come for a tenth of a second, or for 10 s; returns how many events were sent.

    While it stays, a commit need not call anybody. Before it ends it lets the next commit call again and looks
    once more, so that an event committed in between is sent now and not at the next beat.
    """
    until_s = clock.elapsed_s() + TURN_S
    sent = 0
    drained = drain(budget_s=TURN_S)
    while drained.end is End.EMPTY:
        sent += drained.sent
        if not (_something_comes(drained) and clock.elapsed_s() < until_s):
            relay_may_be_called()
            return sent + drain(budget_s=TURN_S).sent
        drained = drain(budget_s=TURN_S)
    return sent + drained.sent


def _something_comes(drained: Drained) -> bool:
    stay_until_s = clock.elapsed_s() + (STAY_S if drained.sent else 0.0)
    while clock.elapsed_s() < stay_until_s:
        time.sleep(LOOK_EVERY_S)
        if outbox.has_pending(drained.held):
            return True
    return False
