"""A made-up class of thirty: right answers, typical mistakes, and damaged files.

`python -m selfattn_course.sample_class FOLDER` writes FOLDER/STUDENT/SLUG/SLUG.ipynb. Which answers
of whom are right is known, so the grader can be held against it.
"""

import json
import sys
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from . import layout
from .assignments import find_assignment
from .checks.collect import source_text
from .notebooks.build import build_solution_notebook, build_student_notebook

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
    unusual = [
        _submission(student, "right, but unusual", _answered(_right_but_unusual(i)), _names())
        for i, student in enumerate(("cleo", "dani", "eli", "fay"))
    ]
    half = sorted(_names())[::2]
    return [
        _submission("ada", "the solution", _solution(), _names()),
        _submission("ben", "half of it answered", _only_answers_to(half), half),
        *unusual,
        _submission("gus", "untouched", _student(), ()),
    ]


def _mistaken():
    """Ten students, each with another mistake in every third answer, and the rest right."""
    students = ("hal", "ida", "joe", "kim", "leo", "mia", "ned", "ola", "pam", "quy")
    submissions = []
    for i, student in enumerate(students):
        wrong = _exercises()[i % 3 :: 3]
        mutants = {e.name: _pick(e.mutants, 3 * i + 1).function for e in wrong}
        about = "mistakes: " + ", ".join(f"{name} {f.__name__}" for name, f in mutants.items())
        right = _names() - set(mutants)
        submissions.append(_submission(student, about, _answered(mutants), right))
    return submissions


def _damaged():
    solution, everything = _solution, _names()
    corrupt = _bytes(solution())[:-200]
    return [
        _submission("abe", "50 MB on one line", _with_cell(solution(), _FLOODS), everything),
        _submission("bob", "infinite loop", _with_cell(solution(), _LOOPS), everything),
        _submission("cyd", "os._exit", _with_cell(solution(), _EXITS), everything),
        _submission("dov", "untouched, check cells tagged skip-execution", _tagged(), ()),
        _submission("rae", "answers copied, then emptied", _copied_cells(), everything),
        _submission("sam", "metadata stripped", _stripped(solution()), everything),
        _submission("tao", "check cells deleted", _without_checks(solution()), everything),
        _submission("uma", "Colab: no cell ids", _colab(solution()), everything),
        _submission("val", "VS Code: format 4.5 without ids", _vscode(solution()), everything),
        _submission("wes", "R kernelspec", _r_kernel(solution()), everything),
        Submission("xia", "corrupt JSON", corrupt, frozenset()),
        Submission("yan", "empty file", b"", frozenset()),
        _submission("zoe", "warns on stderr", _with_cell(solution(), _WARNS), everything),
    ]


_WARNS = "import sys, warnings\nwarnings.warn('careful')\nprint('careful', file=sys.stderr)"
_FLOODS = "print('x' * 50_000_000)"
_LOOPS = "while True:\n    pass"
_EXITS = "import os\nos._exit(0)"


def _copied_cells():
    """Every answer twice, an emptied copy below it: what copying cells to try again leaves."""
    notebook, stubs = _solution(), {cell["id"]: cell for cell in _student()["cells"]}
    cells = []
    for cell in notebook["cells"]:
        cells += [cell, cell, stubs[cell["id"]]] if cell["id"] in _names() else [cell]
    return notebook | {"cells": cells}


def _stripped(notebook):
    cells = [cell | {"metadata": {}} for cell in notebook["cells"]]
    for cell in cells:
        cell.pop("id")
    return {"cells": cells, "metadata": {}, "nbformat": 4, "nbformat_minor": 4}


def _without_checks(notebook):
    cells = [cell for cell in notebook["cells"] if not cell["source"].startswith("check(")]
    return notebook | {"cells": cells}


def _colab(notebook):
    cells = [
        cell | {"metadata": {"id": f"Zx{i}"}, "source": cell["source"].splitlines(keepends=True)}
        for i, cell in enumerate(_stripped(notebook)["cells"])
    ]
    metadata = {"colab": {"provenance": []}, "kernelspec": {"name": "python3"}}
    return {"cells": cells, "metadata": metadata, "nbformat": 4, "nbformat_minor": 0}


def _vscode(notebook):
    return _stripped(notebook) | {"nbformat_minor": 5}


def _r_kernel(notebook):
    r = {"display_name": "R", "language": "R", "name": "ir"}
    return notebook | {"metadata": {"kernelspec": r, "language_info": {"name": "R"}}}


def _tagged():
    notebook = _student()
    for cell in notebook["cells"]:
        cell["metadata"] = {"tags": ["skip-execution"]}
    return notebook


def _only_answers_to(names):
    """The student notebook with the solutions of `names` filled in."""
    solved = {cell["id"]: cell for cell in _solution()["cells"]}
    notebook = _student()
    cells = [solved[c["id"]] if c["id"] in names else c for c in notebook["cells"]]
    return notebook | {"cells": cells}


def _answered(functions):
    """The solution notebook, with other functions as the answers to some exercises."""
    notebook = _solution()
    for cell in notebook["cells"]:
        if cell["id"] in functions:
            cell["source"] = source_text(functions[cell["id"]], cell["id"])
    return notebook


def _with_cell(notebook, source):
    """The notebook with one more code cell in its middle."""
    cell = {"cell_type": "code", "id": "extra", "metadata": {}, "source": source}
    cell |= {"execution_count": None, "outputs": []}
    middle = len(notebook["cells"]) // 2
    return notebook | {"cells": [*notebook["cells"][:middle], cell, *notebook["cells"][middle:]]}


def _right_but_unusual(i):
    return {e.name: _pick(e.variants, i) for e in _exercises() if e.variants}


def _pick(items, i):
    return items[i % len(items)]


def _exercises():
    return find_assignment(SLUG).exercises


def _names():
    return frozenset(exercise.name for exercise in _exercises())


@cache
def _source():
    return (layout.SOLUTIONS / f"{SLUG}.py").read_text(encoding="utf-8")


def _solution():
    return _with_plain_sources(build_solution_notebook(_source(), SLUG))


def _student():
    return _with_plain_sources(build_student_notebook(_source(), SLUG))


def _with_plain_sources(text):
    """The notebook, with each cell's source as one string instead of a list of lines."""
    notebook = json.loads(text)
    for cell in notebook["cells"]:
        cell["source"] = "".join(cell["source"])
    return notebook


def _submission(student, about, notebook, right):
    return Submission(student, about, _bytes(notebook), frozenset(right))


def _bytes(notebook):
    return json.dumps(notebook, indent=1).encode()


if __name__ == "__main__":
    write_sample_class(Path(sys.argv[1]))
    print(f"Sample class: {sys.argv[1]}")
