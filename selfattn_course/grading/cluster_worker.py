"""What happens on a worker of a Dask cluster."""

import atexit
import importlib
import platform
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from selfattn_course.errors import CourseError
from selfattn_course.grading import sandbox as box
from selfattn_course.grading.sandbox_pool import SandboxPool
from selfattn_course.grading.worker import grade_handin


@dataclass(frozen=True)
class Expected:
    """Where a worker finds what it needs, and what it must be to give the same grades.

    Attributes
    ----------
    find_assignment, find_version : str
        "module:function" of those that return the assignment of a slug, and the version of the
        grader.
    about : str
        What `about` says on the machine that asks.
    """

    find_assignment: str
    find_version: str
    about: str


def about(find_version):
    """Everything here that a grade may depend on, in words."""
    python = ".".join(platform.python_version_tuple()[:2])
    return f"grader {_named(find_version)()} with NumPy {np.__version__} on Python {python}"


def other_grader(who, answer, expected):
    """The error to raise where a worker would give other grades, or cannot say."""
    return CourseError(
        f"{who} has {first_line(answer)}; expected {expected.about}, as here; install the same "
        "packages there, start it again and run the same command"
    )


def objections():
    """What stands against each level of isolation here: "" where it works.

    Returns
    -------
    dict of str to str
    """
    return {level: "" if works else why for level, works, why in box.explain()}


def grade_here(job, submission, expected):
    """Grade one submission in a sandbox of this machine, which stays open for the next one.

    Returns
    -------
    (Record, str)
        See `worker.grade_handin`.

    Raises
    ------
    CourseError
        If this worker, which may have come late, has another grader.
    """
    if (here := about(expected.find_version)) != expected.about:
        raise other_grader(f"worker {platform.node()}", here, expected)
    assignment = _named(expected.find_assignment)(submission.assignment)
    return grade_handin(job, submission, assignment, _sandboxes(job.level))


def first_line(answer):
    """The first line of a text, or of what an exception says."""
    return (str(answer) or type(answer).__name__).splitlines()[0]


def _named(place):
    module, _, function = place.partition(":")
    return getattr(importlib.import_module(module), function)


@lru_cache
def _sandboxes(level):
    """One pool for all threads of this worker, open until it ends."""
    pool = SandboxPool(level)
    atexit.register(pool.close)
    return pool
