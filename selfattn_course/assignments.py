"""What can be graded: one assignment for each chapter that has checks."""

import hashlib
import importlib
from functools import cache, partial

from . import __version__, layout
from .checks.provided import provided
from .errors import CourseError
from .grading.assignment import Assignment

_DECIDING = (
    "kernels/**/*.py",
    "checks/**/*.py",
    "outcome.py",
    "grading/sandbox/**/*.py",
    "grading/assignment.py",
    "grading/course_key.py",
    "grading/given.py",
    "grading/grade.py",
    "grading/judge.py",
    "grading/record.py",
    "grading/remembered.py",
    "grading/stubs.py",
    "grading/submission.py",
)


def slugs():
    """Slugs of all assignments: one for each `checks/ch...py`."""
    return layout.slugs(layout.PACKAGE / "checks", ".py")


def assignments():
    """Every assignment, by slug."""
    return {slug: find_assignment(slug) for slug in slugs()}


@cache
def find_assignment(slug):
    """The assignment with that slug; only its chapter is loaded.

    Raises
    ------
    CourseError
        If there is none; the message names those that exist.
    """
    if slug not in slugs():
        raise CourseError(
            f"{slug} is no assignment; expected one of: {', '.join(slugs())}. "
            "Name submissions STUDENT/SLUG/SLUG.ipynb."
        )
    module = _checks(slug)
    return Assignment(slug, module.TITLE, module.EXERCISES, partial(provided_modules, slug))


@cache
def provided_modules(slug):
    """What a notebook can import of this package while it is graded; see `checks.provided`.

    Loads all chapters, because what later ones ask for must not be there.
    """
    return provided({other: _checks(other).EXERCISES for other in slugs()}, slug)


def _checks(slug):
    return importlib.import_module(f"selfattn_course.checks.{slug}")


@cache
def grader_version():
    """The package's version and a short hash of everything that decides a score.

    Returns
    -------
    str
        As "0.1.0+4f1d2c3b". Changes when a kernel, a check or what judges changes, so that a
        later `grade` grades again; not with pages and tables.
    """
    digest = hashlib.sha256()
    for pattern in _DECIDING:
        for path in sorted(layout.PACKAGE.glob(pattern)):
            digest.update(path.relative_to(layout.PACKAGE).as_posix().encode() + b"\0")
            digest.update(path.read_bytes() + b"\0")
    return f"{__version__}+{digest.hexdigest()[:8]}"
