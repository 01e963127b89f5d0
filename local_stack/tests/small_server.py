"""A process as the supervisor sees one: answers HTTP on a port, ends at SIGTERM, or behaves as its arguments say.

`small_server.py PORT [die | deaf | family | mute]`: die at once with exit code 3; be deaf to SIGTERM; start a child
first; never listen.
"""

import signal
import subprocess
import sys
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


class Handler(BaseHTTPRequestHandler):
    """Answers 200 to everything."""

    def do_GET(self) -> None:
        """Answer."""
        self.send_response(200)
        self.end_headers()

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


def main(port: int, behaviour: str) -> None:
    """Serve until told to end."""
    print("small_server_started", flush=True)
    if behaviour == "die":
        sys.exit(3)
    if behaviour == "family":
        subprocess.Popen([sys.executable, "-c", "import signal; signal.pause()"])
    if behaviour == "mute":
        signal.pause()
    signal.signal(signal.SIGTERM, signal.SIG_IGN if behaviour == "deaf" else lambda *_: sys.exit(0))
    ThreadingHTTPServer(("127.0.0.1", port), Handler).serve_forever()


if __name__ == "__main__":
    main(int(sys.argv[1]), sys.argv[2] if len(sys.argv) > 2 else "")
