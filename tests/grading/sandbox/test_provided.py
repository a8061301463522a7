"""What comes with an assignment can be imported, and nothing else."""

import json
import re

import pytest

from selfattn_course import layout
from selfattn_course.assignments import find_assignment
from selfattn_course.grading.grade import grade_submission
from selfattn_course.grading.sandbox import Call, Notebook
from selfattn_course.grading.submission import Submission

MODULES = {
    "selfattn_course.kernels": "from .softmax import softmax\n"
    "def __getattr__(name):\n    raise ImportError(f'{name} is absent')\n",
    "selfattn_course.kernels.softmax": "def softmax(x):\n    return 'provided', x\n",
}


def answer(sandbox, *cells, provided=MODULES):
    with Notebook(sandbox, cells, provided=provided) as notebook:
        results = notebook.cells()
        return results, notebook.call([Call("f")])[0]


@pytest.mark.parametrize(
    "line",
    [
        "from selfattn_course.kernels import softmax",
        "from selfattn_course.kernels.softmax import softmax",
        "from selfattn_course import kernels; softmax = kernels.softmax",
        "import selfattn_course.kernels; softmax = selfattn_course.kernels.softmax",
    ],
)
def test_what_is_provided_is_imported(any_sandbox, line):
    _, outcome = answer(any_sandbox, line, "def f(): return softmax(1)")
    assert (outcome.status, outcome.value) == ("returned", ("provided", 1)), outcome


def test_a_process_after_a_crash_has_it_too(any_sandbox):
    cells = ("import os; os._exit(0)", "from selfattn_course.kernels import softmax")
    _, outcome = answer(any_sandbox, *cells, "def f(): return softmax(1)")
    assert outcome.value == ("provided", 1)


def test_the_next_notebook_has_only_its_own(any_sandbox):
    line = "from selfattn_course.kernels import softmax"
    answer(any_sandbox, line)
    for others in (None, {"selfattn_course.kernels": "other = 1"}):
        (result,), _ = answer(any_sandbox, line, provided=others)
        assert result.status == "error"


def test_what_is_asked_for_is_named_in_one_sentence(full_sandbox):
    provided = find_assignment("ch03_softmax").provided()
    lines = ("from selfattn_course.kernels import softmax", "import selfattn_course.kernels.masks")
    first, second = answer(full_sandbox, *lines, provided=provided)[0]
    assert first.outputs[-1]["evalue"] == (
        "softmax is what ch03_softmax asks for: it is not available while grading; write it "
        "yourself."
    )
    assert "selfattn_course.kernels.masks is not available" in second.outputs[-1]["evalue"]


def test_a_notebook_of_a_later_chapter_may_use_earlier_kernels(sandbox):
    assignment = find_assignment("ch05_complexity")
    notebook = json.loads((layout.EXERCISES / "ch05_complexity.ipynb").read_text())
    first = next("".join(c["source"]) for c in notebook["cells"] if c["cell_type"] == "code")
    cells = (first, "from selfattn_course.kernels import attention, softmax\nprint(softmax([0.0]))")
    submission = Submission("ada", assignment.slug, layout.EXERCISES, "00", cells)
    graded = grade_submission(submission, assignment, sandbox, key=b"k", grader_version="1")
    assert [result.status for result in graded.results] == ["ok", "ok"]
    assert re.search(r"\[1\.?\]", graded.results[1].text)
