"""`selfattn build`: the book, the student notebooks, the nbgrader course."""

import subprocess
import sys

from .. import layout
from ..assignments import assignments
from ..errors import CourseError

# The console script, wherever it is installed; -n: unresolved references are warnings too;
# -q: print nothing but warnings.
JUPYTER_BOOK = (sys.executable, "-c", "from jupyter_book.cli.main import main; main()")
OPTIONS = ("-W", "-n", "-q", "--keep-going")


def build_book():
    """Build the book, warnings as errors.

    Returns
    -------
    Path
        Its first page.

    Raises
    ------
    CourseError
        If a page has a problem; what Jupyter Book says of it has been printed.
    """
    layout.require_checkout()
    finished = subprocess.run(
        [*JUPYTER_BOOK, "build", str(layout.ROOT), *OPTIONS],
        cwd=layout.ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    if finished.returncode:
        print(finished.stdout, file=sys.stderr)
        raise CourseError(
            "The book has problems, printed above; expected none. Mend the pages they name."
        )
    return layout.SITE / "index.html"
