"""A made-up class of thirty: right answers, typical mistakes, and damaged files.

`python -m selfattn_course.sample_class FOLDER` writes FOLDER/STUDENT/SLUG/SLUG.ipynb. Which answers
of whom are right is known, so the grader can be held against it.
"""

import copy
import inspect
import json
import re
import sys
from dataclasses import dataclass
from pathlib import Path

from . import layout
from .assignments import find_assignment
from .notebooks import build

SLUG = "ch03_softmax"


@dataclass(frozen=True)
class Submission:
    """One hand-in.

    Attributes
    ----------
    student : str
    about : str
        What is special about it.
    content : bytes
        The notebook file.
    right : frozenset of str
        Names of the exercises whose answers are right.
    """

    student: str
    about: str
    content: bytes
    right: frozenset


def sample_class():
    """The thirty submissions.

    Returns
    -------
    list of Submission
        Sorted by student.
    """
    return sorted(_honest() + _mistaken() + _damaged(), key=lambda submission: submission.student)


def write_sample_class(folder):
    """Write the class into `folder` in the layout that `selfattn grade` reads.

    Parameters
    ----------
    folder : Path
    """
    for submission in sample_class():
        path = folder / submission.student / SLUG / f"{SLUG}.ipynb"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(submission.content)


def _honest():
    exercises = find_assignment(SLUG).exercises
    longest = max(len(exercise.variants) for exercise in exercises)
    unusual = [
        _submission(
            student,
            "right, but unusual",
            _with_functions(_solution(), {e.name: _pick(e.variants, i) for e in exercises if e.variants}),
            _names(),
        )
        for i, student in zip(range(0, longest, max(1, longest // 4)), ("cleo", "dani", "eli", "fay"))
    ]
    half = sorted(_names())[::2]
    return [
        _submission("ada", "the solution", _solution(), _names()),
        _submission("ben", "half of it answered", _with_stubs(set(_names()) - set(half)), half),
        *unusual,
        _submission("gus", "untouched", _student(), ()),
    ]


def _mistaken():
    """Ten students, each with a mistake in several answers and the rest right."""
    exercises = [e for e in find_assignment(SLUG).exercises if e.mutants]
    students = ("hal", "ida", "joe", "kim", "leo", "mia", "ned", "ola", "pam", "quy")
    submissions = []
    for i, student in enumerate(students):
        wrong = [e for j, e in enumerate(exercises) if (i + j) % 3 == 0]
        functions = {e.name: _pick([m.function for m in e.mutants], 3 * i + 1) for e in wrong}
        about = "mistakes: " + ", ".join(f"{f.__name__}" for f in functions.values())
        submissions.append(
            _submission(
                student, about, _with_functions(_solution(), functions), _names() - set(functions)
            )
        )
    return submissions


def _damaged():
    corrupt = json.dumps(_solution()).encode()[:-200]
    return [
        _submission("rae", "answer cells copied, empty ones below", _copied_cells(), _names()),
        _submission("sam", "metadata stripped", _stripped(_solution()), _names()),
        _submission("tao", "check cells deleted", _without_checks(_solution()), _names()),
        _submission("uma", "Colab: no cell ids", _colab(_solution()), _names()),
        _submission("val", "VS Code: format 4.5 without ids", _vscode(_solution()), _names()),
        _submission("wes", "R kernelspec", _r_kernel(_solution()), _names()),
        Submission("xia", "corrupt JSON", corrupt, frozenset()),
        Submission("yan", "empty file", b"", frozenset()),
        _submission("zoe", "warns on stderr", _with_cell(_solution(), _WARNS), _names()),
        _submission("abe", "50 MB on one line", _with_cell(_solution(), _FLOODS), _names()),
        _submission("bob", "infinite loop", _with_cell(_solution(), _LOOPS), _names()),
        _submission("cyd", "os._exit", _with_cell(_solution(), _EXITS), _names()),
        _submission("dov", "untouched, checks tagged skip-execution", _skip_tagged(), ()),
    ]


_WARNS = "import sys, warnings\nwarnings.warn('careful')\nprint('careful', file=sys.stderr)"
_FLOODS = "print('x' * 50_000_000)"
_LOOPS = "while True:\n    pass"
_EXITS = "import os\nos._exit(0)"


def _names():
    return frozenset(exercise.name for exercise in find_assignment(SLUG).exercises)


def _submission(student, about, notebook, right):
    return Submission(student, about, json.dumps(notebook, indent=1).encode(), frozenset(right))


def _pick(items, i):
    return items[i % len(items)]
