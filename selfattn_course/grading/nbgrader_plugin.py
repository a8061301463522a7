"""nbgrader's autograde with our judge in place of its own execution.

`SelfattnJudge` takes the place of nbgrader's `Execute`: no student code runs in nbgrader's
process or in a kernel, and each grade cell gets an output that nbgrader reads as our score.
"""

import atexit
import importlib
from functools import lru_cache
from pathlib import Path

from nbformat.v4 import new_code_cell, new_output
from nbgrader.api import Gradebook
from nbgrader.preprocessors import NbGraderPreprocessor
from nbgrader.utils import is_grade, is_solution
from traitlets import Bool, Unicode

from selfattn_course.errors import NotGradedError
from selfattn_course.grading import sandbox as box
from selfattn_course.grading.course_key import course_key
from selfattn_course.grading.grade import grade_submission
from selfattn_course.grading.gradebook import CHECK
from selfattn_course.grading.nbgrader_mend import SCHEMA_VERSION
from selfattn_course.grading.outputs import shown_cells
from selfattn_course.grading.page import WORDS
from selfattn_course.grading.record import NOT_GRADED
from selfattn_course.grading.sandbox_pool import SandboxPool
from selfattn_course.grading.submission import Submission


class SelfattnJudge(NbGraderPreprocessor):
    """Grade a notebook in the sandbox and write the verdicts into its grade cells."""

    find_assignment = Unicode(
        "selfattn_course.assignments:find_assignment",
        help="Where to find the function that takes a slug and returns its Assignment.",
    ).tag(config=True)
    key_folder = Unicode(".", help="Folder that keeps course.key.").tag(config=True)
    level = Unicode("", help="Isolation to run at; empty for the best that works here.").tag(
        config=True
    )
    trust_submissions = Bool(False, help="Allow the level 'process', no isolation.").tag(
        config=True
    )

    def preprocess(self, nb, resources):
        """Run the student's cells in the sandbox; give every cell its outputs.

        Grade cells that the student deleted, or whose metadata is lost, are added at the end:
        answers are found by function name, not by cell.

        Raises
        ------
        NotGradedError
            If the grader itself failed; nbgrader then leaves this submission ungraded.
        """
        names = resources["nbgrader"]
        assignment = self._assignment(names["assignment"])
        points = _points(names)
        _add_missing(nb, points)
        cells = [cell for cell in nb.cells if cell.cell_type == "code"]
        sources = tuple("" if _is_check(cell) else cell.source for cell in cells)
        submission = Submission(names["student"], assignment.slug, Path(), "", sources)
        with self._pool().one() as sandbox:
            graded = grade_submission(
                submission,
                assignment,
                sandbox,
                key=course_key(Path(self.key_folder)),
                grader_version="nbgrader",
            )
        for cell, shown in zip(cells, shown_cells(graded.results), strict=True):
            cell.outputs = [_output(one) for one in shown]
        questions = {f"{CHECK}{question.name}": question for question in graded.record.questions}
        for cell in filter(_is_check, cells):
            cell.outputs = [_verdict(cell, questions.get(cell.metadata.nbgrader.grade_id))]
        return nb, resources

    def _assignment(self, slug):
        module, _, function = self.find_assignment.partition(":")
        return getattr(importlib.import_module(module), function)(slug)

    def _pool(self):
        pool = _pool(self.level)
        if pool.level == "process" and not self.trust_submissions:
            raise NotGradedError(
                "only sandbox level process works here, which isolates nothing; expected full or "
                "landlock; install bubblewrap, or set c.SelfattnJudge.trust_submissions = True"
            )
        return pool


def _is_check(cell):
    return cell.cell_type == "code" and is_grade(cell) and not is_solution(cell)


def _points(names):
    """Points of the notebook's automatic grade cells, as nbgrader's gradebook has them."""
    with Gradebook(names["db_url"]) as book:
        notebook = book.find_notebook(names["notebook"], names["assignment"])
        return {
            cell.name: cell.max_score
            for cell in notebook.grade_cells
            if cell.name.startswith(CHECK)
        }


def _add_missing(nb, points):
    there = {cell.metadata.nbgrader.grade_id for cell in nb.cells if _is_check(cell)}
    for grade_id in sorted(points.keys() - there):
        cell = new_code_cell("# This cell was missing from the submission.")
        cell.metadata["nbgrader"] = {
            "schema_version": SCHEMA_VERSION,
            "grade": True,
            "grade_id": grade_id,
            "points": points[grade_id],
            "locked": True,
            "solution": False,
            "task": False,
            "cell_type": "code",
        }
        nb.cells.append(cell)


def _verdict(cell, question):
    """An output that nbgrader reads as exactly our score."""
    if question is None:
        raise NotGradedError(
            f"grade cell {cell.metadata.nbgrader.grade_id} belongs to no exercise; expected "
            f"{CHECK} and the name of one; generate the assignment again"
        )
    if question.status == NOT_GRADED:
        raise NotGradedError(f"{question.name}: {question.message}")
    if question.status != "ok":
        lines = [question.message, *([f"Hint: {question.hint}"] if question.hint else [])]
        kind = WORDS[question.status]
        return new_output("error", ename=kind, evalue=question.message, traceback=lines)
    # The bare number: nbgrader takes anything that is no number, and no output, for full marks.
    points = repr(float(cell.metadata.nbgrader.points))
    return new_output("execute_result", data={"text/plain": points}, execution_count=None)


def _output(shown):
    if shown.kind == "text":
        return new_output("stream", name="stdout", text=shown.body)
    if shown.kind == "error":
        return new_output("error", ename="", evalue="", traceback=shown.body.splitlines())
    kind = {"image": "image/png", "html": "text/html"}[shown.kind]
    return new_output("display_data", data={kind: shown.body})


@lru_cache
def _pool(level):
    """One for all notebooks of an nbgrader run: nbgrader makes a new preprocessor for each."""
    opened = None if level else box.best_sandbox()
    pool = SandboxPool(level or opened.level, opened)
    atexit.register(pool.close)
    return pool
