"""A local web server for the book and the class report."""

import errno
import functools
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from ..errors import CourseError

HOST = "127.0.0.1"
TRIES = 20


class CourseHandler(SimpleHTTPRequestHandler):
    """Serves the site at / and, of a graded class, only its pages at /class/."""

    def __init__(self, *args, site, graded, **kwargs):
        self.graded = graded
        super().__init__(*args, directory=str(site), **kwargs)

    def translate_path(self, path):
        inside = path.split("?")[0].split("#")[0]
        if not inside.startswith("/class/"):
            return super().translate_path(path)
        site, self.directory = self.directory, str(self.graded)
        try:
            found = Path(super().translate_path(path.removeprefix("/class")))
        finally:
            self.directory = site
        if found.is_dir():
            found = found / "report.html"
        # The gradebook, the ledger and the course key lie beside the pages.
        return str(found) if found.suffix == ".html" else str(self.graded / "no such page")

    def log_message(self, *args):
        """Say nothing for each request."""


def open_server(site, graded, port):
    """A server bound to 127.0.0.1, on the first free port from `port` on.

    Parameters
    ----------
    site, graded : Path
        The built book, and the output folder of `selfattn grade` (it need not exist).
    port : int

    Returns
    -------
    ThreadingHTTPServer
        Bound and listening; its `server_port` tells which port it got.

    Raises
    ------
    CourseError
        If the book is not built, or no port is free.
    """
    if not (site / "index.html").is_file():
        raise CourseError(f"{site} holds no book; expected index.html. Run: selfattn build --book")
    handler = functools.partial(CourseHandler, site=site, graded=graded)
    for candidate in range(port, min(port + TRIES, 65536)):
        try:
            return ThreadingHTTPServer((HOST, candidate), handler)
        except OSError as error:
            if error.errno not in (errno.EADDRINUSE, errno.EACCES):
                raise
    raise CourseError(
        f"ports {port} to {port + TRIES - 1} are busy; expected a free one. "
        "Choose another: selfattn serve --port 9000"
    )
