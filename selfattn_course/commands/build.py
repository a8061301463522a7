"""`selfattn build`: the book, the student notebooks, the nbgrader course."""

import os
import subprocess
import sys

from .. import layout
from ..assignments import assignments
from ..errors import CourseError
from ..notebooks.build import write_notebooks
from ..notebooks.nbgrader_tree import write_nbgrader_tree

# The console script, wherever it is installed; -n: unresolved references are warnings too;
# -q: print nothing but warnings.
JUPYTER_BOOK = (sys.executable, "-c", "from jupyter_book.cli.main import main; main()")
OPTIONS = ("-W", "-n", "-q", "--keep-going")
# The pages multiply small matrices, on which several threads wait for each other: beside another
# busy program they made a page of 20 s run into its limit of 120 s for a cell.
ONE_THREAD = {"OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1"}


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
        env=os.environ | ONE_THREAD,
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


def build_notebooks():
    """Write the student notebooks into `exercises/`.

    Returns
    -------
    list of Path
    """
    layout.require_checkout()
    return write_notebooks(layout.SOLUTIONS, layout.EXERCISES)


def build_nbgrader_tree():
    """Write a course for stock nbgrader, in which our judge is plugged in.

    Returns
    -------
    Path
        Its root, where to run nbgrader.
    """
    layout.require_checkout()
    sources = {slug: _source(slug) for slug in assignments()}
    points = {
        slug: [(exercise.name, exercise.points) for exercise in assignment.exercises]
        for slug, assignment in assignments().items()
    }
    write_nbgrader_tree(sources, points, layout.NBGRADER_CONFIG, layout.NBGRADER_TREE)
    return layout.NBGRADER_TREE


def _source(slug):
    return (layout.SOLUTIONS / f"{slug}.py").read_text(encoding="utf-8")
