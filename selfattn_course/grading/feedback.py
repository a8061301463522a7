"""One page for one student: what was right, what was seen instead, and where to look."""

from dataclasses import dataclass
from pathlib import Path

from selfattn_course.grading.atomic import write_file
from selfattn_course.grading.outputs import Shown, plain, shown_cells
from selfattn_course.grading.page import render
from selfattn_course.grading.stubs import answer_cells, without_stub_copies

FOLDER = "feedback"
_STOPPED = {
    "timeout": "Stopped: it ran longer than allowed.",
    "memory": "Stopped: it needed more memory than allowed.",
    "crash": "It ended the Python process.",
    "skipped": "Only its definitions ran: the notebook had used up its time.",
}


@dataclass(frozen=True)
class _Cell:
    """A code cell as the page shows it."""

    number: int
    source: str
    note: str
    outputs: list[Shown]


@dataclass(frozen=True)
class _Exercise:
    """A question, and the cell that answers it.

    `shown_before` is the number of the cell if it stands with an earlier exercise.
    """

    question: object
    cell: _Cell | None = None
    shown_before: int = 0


def feedback_path(folder, student, assignment):
    """Where a student's page lies: FOLDER/feedback/STUDENT/ASSIGNMENT.html."""
    return Path(folder) / FOLDER / student / f"{assignment}.html"


def feedback_page(record, title, cells=(), results=()):
    """The page of one submission.

    Parameters
    ----------
    record : Record
        The grade.
    title : str
        Title of the assignment.
    cells : sequence of str
        Sources of the student's code cells.
    results : sequence of CellResult
        What came of them; empty if none ran.

    Returns
    -------
    str
        HTML. It holds nothing of the hidden inputs, because none of its sources does.
    """
    shown = _cells(cells, results)
    names = [question.name for question in record.questions]
    places = answer_cells(cells, names) if shown else {}
    return render(
        "feedback.html",
        record=record,
        title=title,
        right=sum(question.status == "ok" for question in record.questions),
        exercises=_exercises(record.questions, shown, places),
        rest=[cell for index, cell in shown.items() if index not in places.values()],
    )


def write_feedback(folder, record, page):
    """Write a page to its place."""
    write_file(feedback_path(folder, record.student, record.assignment), page)


def _cells(sources, results):
    """Index -> cell, for those that hold anything; empty if none ran."""
    if not results:
        return {}
    ran = without_stub_copies(sources)
    rows = zip(sources, ran, results, shown_cells(results), strict=True)
    return {
        index: _Cell(index + 1, plain(source), _note(source, run, result), outputs)
        for index, (source, run, result, outputs) in enumerate(rows)
        if source.strip()
    }


def _exercises(questions, cells, places):
    """Each question with its own cell; a cell that answers two stands with the first."""
    exercises, shown = [], set()
    for question in questions:
        index = places.get(question.name)
        if index is None:
            exercises.append(_Exercise(question))
        elif index in shown:
            exercises.append(_Exercise(question, shown_before=index + 1))
        else:
            exercises.append(_Exercise(question, cells[index]))
            shown.add(index)
    return exercises


def _note(source, run, result):
    if source and not run:
        return "Not run: an unfilled copy of a function that another cell defines."
    return _STOPPED.get(result.status, "")
