"""For verbs that need a running platform."""

from local_stack import exit_codes
from local_stack.home import Home
from local_stack.refusals import StackRefusal
from local_stack.supervision import client
from local_stack.supervision.client import Supervisor


def refuse_unless_running(home: Home) -> Supervisor:
    """The supervisor of a running platform. Raises StackRefusal when nothing runs."""
    found = client.find(home)
    if found is None:
        sentence = "Nothing is running."
        raise StackRefusal(sentence, exit_code=exit_codes.FAILED, way_out="Start it: python3 manage_all.py up")
    return found
