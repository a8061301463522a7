"""What can be graded: one assignment for each chapter that has checks."""

import hashlib
import importlib
from functools import cache

from . import __version__, layout
from .checks.provided import provided
from .errors import CourseError
from .grading.assignment import Assignment

_CHECKS = "selfattn_course.checks"


@cache
def assignments():
    """Every assignment, by slug.

    Returns
    -------
    dict of str to Assignment
        One for each `checks/ch...py` that has EXERCISES.
    """
    slugs = layout.slugs(layout.PACKAGE / "checks", ".py")
    modules = {slug: importlib.import_module(f"{_CHECKS}.{slug}") for slug in slugs}
    chapters = {slug: module.EXERCISES for slug, module in modules.items()}
    return {
        slug: Assignment(slug, module.TITLE, module.EXERCISES, provided(chapters, slug))
        for slug, module in modules.items()
    }


def find_assignment(slug):
    """The assignment with that slug.

    Raises
    ------
    CourseError
        If there is none; the message names those that exist.
    """
    try:
        return assignments()[slug]
    except KeyError:
        known = ", ".join(assignments())
        raise CourseError(
            f"{slug} is no assignment; expected one of: {known}. "
            "Name submissions STUDENT/SLUG/SLUG.ipynb."
        ) from None


@cache
def grader_version():
    """The package's version and a short hash of everything that decides a score.

    Returns
    -------
    str
        As "0.1.0+4f1d2c3b". Changes when a kernel, a check or the grader changes, so that a
        later `grade` grades again.
    """
    digest = hashlib.sha256()
    for folder in ("kernels", "checks", "grading"):
        for path in sorted((layout.PACKAGE / folder).rglob("*.py")):
            digest.update(path.relative_to(layout.PACKAGE).as_posix().encode() + b"\0")
            digest.update(path.read_bytes() + b"\0")
    return f"{__version__}+{digest.hexdigest()[:8]}"
