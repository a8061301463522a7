"""Stock nbgrader on a course tree of its own, with our judge plugged in and without."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook
from nbgrader.api import Gradebook
from nbgrader.converters import Autograde
from nbgrader.preprocessors import Execute
from nbgrader.utils import determine_grade
from traitlets.config import Config

from selfattn_course.errors import NotGradedError
from selfattn_course.grading.gradebook_database import COURSE_ID
from selfattn_course.grading.nbgrader_mend import MendCells
from selfattn_course.grading.nbgrader_plugin import SelfattnJudge, _verdict
from selfattn_course.grading.record import Question

ROOT = Path(__file__).parents[2]
CHECKS = {
    "double": ("assert double(3) == 6", 2.0),
    "negate": ("assert negate(3) == -3", 1.5),
}


def cell(source, grade_id=None, points=None):
    """A cell as nbgrader marks it: a graded check with points, else an answer."""
    made = new_code_cell(source)
    if grade_id:
        made.metadata["nbgrader"] = {
            "schema_version": 3,
            "grade": points is not None,
            "grade_id": grade_id,
            "locked": points is not None,
            "solution": points is None,
            "task": False,
        } | ({} if points is None else {"points": points})
    return made


def notebook(double, negate, *more):
    cells = [new_markdown_cell("Toys")]
    for name, source in (("double", double), ("negate", negate)):
        check, points = CHECKS[name]
        cells += [cell(source, name), cell(check, f"check_{name}", points)]
    return new_notebook(cells=[*cells, *more])


def without_checks(nb):
    nb.cells = [one for one in nb.cells if "assert" not in one.source]
    return nb


def without_metadata(nb):
    for one in nb.cells:
        one.metadata.clear()
    return nb


def marks(nb):
    """The nbgrader metadata of its cells."""
    return [one.metadata.nbgrader for one in nb.cells if "nbgrader" in one.metadata]


def copied(nb):
    nb.cells += [nb.cells[1].copy(), nb.cells[2].copy()]
    return nb


def renamed(nb):
    for mark in marks(nb):
        mark.grade_id += "_x"
    return nb


def without_ids(nb):
    for mark in marks(nb):
        del mark["grade_id"]
    return nb


def flagged(nb):
    for mark in marks(nb):
        mark.update(solution=True, locked=False, grade=False)
    return nb


def junk(nb):
    nb.cells[1].metadata["nbgrader"] = {"grade_id": ["a"], "solution": True, "schema_version": 1}
    for mark in marks(nb):
        mark["points"] = "many"
    return nb


def other_kernel(nb):
    nb.metadata["kernelspec"] = {"name": "ir", "language": "R", "display_name": "R"}
    return nb


def skipping(nb):
    for one in nb.cells:
        one.metadata["tags"] = ["skip-execution"]
    return nb


@pytest.fixture(scope="module")
def submissions(toy):
    """Notebook and score: honest ones, then damaged and dishonest ones."""
    right, stub = (toy.DOUBLE, toy.NEGATE), "raise NotImplementedError()"
    spoof = new_code_cell(
        "import sys, IPython\n"
        "sys.displayhook('full')\n"
        "get_ipython().input_transformers_cleanup.append(lambda lines: ['pass\\n'])"
    )
    honest = {
        "right": (notebook(*right), 3.5),
        "half": (notebook(toy.DOUBLE, "def negate(x):\n    return x"), 2.0),
        "empty": (notebook(stub, stub), 0.0),
    }
    others = {
        "deleted_checks": (without_checks(notebook(*right)), 3.5),
        "no_metadata": (without_metadata(notebook(*right)), 3.5),
        "copied": (copied(notebook(*right)), 3.5),
        "copied_stub": (notebook(*right, cell(toy.STUB, "double")), 3.5),
        "renamed": (renamed(notebook(*right)), 3.5),
        "without_ids": (without_ids(notebook(*right)), 3.5),
        "flagged": (flagged(notebook(*right)), 3.5),
        "flagged_empty": (flagged(notebook(stub, stub)), 0.0),
        "junk": (junk(notebook(*right)), 3.5),
        "other_kernel": (other_kernel(notebook(*right)), 3.5),
        "skip_tags": (skipping(notebook(stub, stub)), 0.0),
        "spoof": (notebook(f"{spoof.source}\n{stub}", stub), 0.0),
        "exits": (notebook("import os\nos._exit(0)", toy.NEGATE), 1.5),
        "warns": (notebook("import sys\nprint(1, file=sys.stderr)\n" + right[0], right[1]), 3.5),
    }
    return honest, others


def run_nbgrader(folder, *args, judge=True):
    scripts = str(Path(sys.executable).parent)
    environment = os.environ | {
        "PATH": f"{scripts}:{os.environ['PATH']}",
        "PYTHONPATH": f"{ROOT}:{Path(__file__).parent}",
        "SELFATTN_JUDGE": "on" if judge else "off",
    }
    options = ["--SelfattnJudge.find_assignment=toy:find_assignment"] if judge else []
    return subprocess.run(
        [sys.executable, "-m", "nbgrader", *args, *options],
        cwd=folder,
        env=environment,
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )


@pytest.fixture(scope="module")
def course(tmp_path_factory, toy):
    """An nbgrader tree with the assignment generated."""
    folder = tmp_path_factory.mktemp("course")
    shutil.copy(ROOT / "nbgrader_config.py", folder)
    (folder / "source" / "toy").mkdir(parents=True)
    nbformat.write(notebook(toy.DOUBLE, toy.NEGATE), folder / "source" / "toy" / "toy.ipynb")
    done = run_nbgrader(folder, "generate_assignment", "toy", judge=False)
    assert done.returncode == 0, done.stderr
    return folder


def graded(course, folder, notebooks, judge):
    """Scores that nbgrader stores for these notebooks, and what it said."""
    shutil.copytree(course, folder)
    for student, (made, _) in notebooks.items():
        path = folder / "submitted" / student / "toy" / "toy.ipynb"
        path.parent.mkdir(parents=True)
        nbformat.write(made, path)
    done = run_nbgrader(folder, "autograde", "toy", judge=judge)
    with Gradebook(f"sqlite:///{folder}/gradebook.db", COURSE_ID) as book:
        stored = {one.student.id: one.score for one in book.find_assignment("toy").submissions}
        waiting = [
            one.student.id
            for one in book.find_assignment("toy").submissions
            if one.needs_manual_grade
        ]
    return stored, waiting, done


@pytest.mark.slow
def test_with_the_judge_every_submission_gets_our_score(course, submissions, tmp_path):
    honest, others = submissions
    notebooks = honest | others
    stored, waiting, done = graded(course, tmp_path / "on", notebooks, judge=True)
    assert done.returncode == 0, done.stderr
    assert stored == {student: score for student, (_, score) in notebooks.items()}
    assert waiting == []
    page = (tmp_path / "on" / "autograded" / "half" / "toy" / "toy.ipynb").read_text()
    assert "negate on 3 numbers: seen" in page
    assert "Change the <sign>." in page
    assert "918273" not in page
    feedback = run_nbgrader(tmp_path / "on", "generate_feedback", "toy", judge=False)
    assert feedback.returncode == 0, feedback.stderr


@pytest.mark.slow
def test_without_the_judge_honest_submissions_get_the_same_scores(course, submissions, tmp_path):
    honest, _ = submissions
    stored, _, done = graded(course, tmp_path / "off", honest, judge=False)
    assert done.returncode == 0, done.stderr
    assert stored == {student: score for student, (_, score) in honest.items()}


@pytest.mark.slow
def test_our_own_fault_leaves_the_submission_ungraded(course, submissions, tmp_path, monkeypatch):
    monkeypatch.setenv("TOY_FAULT", "negate")
    right = {"right": submissions[0]["right"]}
    stored, _, done = graded(course, tmp_path / "fault", right, judge=True)
    assert done.returncode != 0
    assert "The grader stopped with ZeroDivisionError" in done.stderr
    assert not (tmp_path / "fault" / "autograded" / "right" / "toy" / "toy.ipynb").exists()


@pytest.mark.parametrize(
    ("status", "points", "score"),
    [("ok", 1.5, 1.5), ("ok", 2, 2.0), ("ok", 0, 0.0), ("wrong", 2, 0.0), ("error", 1.5, 0.0)],
)
def test_nbgrader_reads_exactly_our_score(status, points, score):
    check = cell("assert f()", "check_f", points)
    question = Question("f", "F", score, float(points), status, "9.5", "3")
    check.outputs = [_verdict(check, question)]
    assert determine_grade(check) == (score, float(points))
    shown = [one["data"]["text/plain"] for one in check.outputs if "data" in one]
    assert [float(one) for one in shown] == ([score] if status == "ok" else [])


def test_a_check_without_exercise_is_refused():
    with pytest.raises(NotGradedError, match="check_g belongs to no exercise; expected check_"):
        _verdict(cell("assert g()", "check_g", 1), None)


def test_no_isolation_is_refused_unless_trusted():
    judge = SelfattnJudge(level="process")
    with pytest.raises(NotGradedError, match="isolates nothing; expected full or landlock"):
        judge._pool()
    judge.trust_submissions = True
    assert judge._pool().level == "process"


def test_the_courses_own_assignments_are_found_without_configuration():
    assert SelfattnJudge()._assignment("ch03_softmax").slug == "ch03_softmax"


def test_lists_are_nbgraders_own_but_for_what_we_put_in():
    config = Config()
    source = (ROOT / "nbgrader_config.py").read_text()
    exec(compile(source, "nbgrader_config.py", "exec"), {"get_config": lambda: config})
    own = Autograde.class_traits()
    steps = [
        SelfattnJudge if one is Execute else one for one in own["autograde_preprocessors"].default()
    ]
    assert config.Autograde.autograde_preprocessors == steps
    sanitizing = own["sanitize_preprocessors"].default()
    assert config.Autograde.sanitize_preprocessors == [MendCells, *sanitizing]
    assert config.CourseDirectory.course_id == COURSE_ID
