"""What the front door's exit codes mean; scripts rely on them, so a number never changes its meaning."""

OK = 0
FAILED = 1  # something did not become ready, or a check found a difference
USAGE = 2  # not understood, or refused until it is asked for more clearly
WRONG_MACHINE = 3  # Windows, an unsuitable Python, no venv
PORT_TAKEN = 4
NO_SPACE = 5  # the state folder is full or cannot be written
OTHER_DATA = 6  # the data was written by another major version of PostgreSQL
NO_DOWNLOAD = 7  # a file could not be fetched, or is damaged again and again
OTHER_CLONE = 8  # another clone holds the ports
INTERRUPTED = 130
