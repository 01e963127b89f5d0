"""Is there a place to write, with room, and is what lies there ours to read?"""

import shutil
import tempfile

from local_stack import exit_codes
from local_stack.home import Home
from local_stack.parts import postgresql
from local_stack.preflight.row import Row
from local_stack.refusals import StackRefusal
from local_stack.ui.lines import megabytes

FRESH_BYTES, USED_BYTES = 400_000_000, 60_000_000  # for a first start, and for going on


def space(home: Home) -> Row:
    """The state folder can be written and has room for a start."""
    try:
        home.create()
        with tempfile.NamedTemporaryFile(dir=home.run) as file:
            file.write(b"room?" * 1000)
    except OSError as error:
        says = f"The state folder {home.state} cannot be written: {error.strerror}."
        return Row("space", says, exit_codes.NO_SPACE, "Make room there, or run as the user it belongs to.")
    free = shutil.disk_usage(home.state).free
    needed = USED_BYTES if (home.of_part("postgresql") / "data").exists() else FRESH_BYTES
    if free < needed:
        says = (
            f"The state folder {home.state} is full: {megabytes(free)} are free and a start needs {megabytes(needed)}."
        )
        return Row("space", says, exit_codes.NO_SPACE, "Make room there.")
    return Row("space", f"{megabytes(free)} are free in {home.state}.")


def data(home: Home) -> Row:
    """PostgreSQL's data was written by the version that we start."""
    folder = home.of_part("postgresql") / "data"
    try:
        postgresql.refuse_other_major(folder)
    except StackRefusal as refusal:
        return Row("data", refusal.sentence, refusal.exit_code, refusal.way_out)
    return Row("data", f"The data is of PostgreSQL {postgresql.MAJOR}." if folder.exists() else "There is no data yet.")
