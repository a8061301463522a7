"""The rows that nbgrader's database needs for the grades that count."""

from datetime import UTC, datetime
from itertools import groupby

from selfattn_course.grading.gradebook import CHECK, COURSE_ID
from selfattn_course.grading.gradebook_ids import row_id
from selfattn_course.grading.gradebook_stale import stale_cells, stale_rows
from selfattn_course.grading.gradebook_tables import Book


def replay(connection, tables, grades, due):
    """Bring the rows of all assignments up to date; nothing is written where nothing changed.

    Parameters
    ----------
    connection : sqlalchemy Connection
        In a transaction; the caller commits.
    tables : dict of str to Table
        nbgrader's.
    grades : sequence of FinalGrade
        What counts, one for each student and assignment.
    due : dict of str to datetime
        When assignments are due, where that is known.
    """
    book = Book(connection, tables)
    book.ensure("course", [{"id": COURSE_ID}], key=("id",))
    students = dict.fromkeys(grade.record.student for grade in grades)
    book.ensure("student", [{"id": name} for name in students], key=("id",))
    by_assignment = sorted(grades, key=lambda one: (one.record.assignment, one.record.student))
    for slug, group in groupby(by_assignment, key=lambda grade: grade.record.assignment):
        _replay_assignment(book, slug, list(group), due.get(slug))


def _replay_assignment(book, slug, grades, due):
    row = {"id": row_id("assignment", slug), "name": slug, "course_id": COURSE_ID}
    row["duedate"] = due and _naive_utc(due)
    (assignment,) = book.ensure("assignment", [row], key=("name",), change="duedate")
    row = {"id": row_id("notebook", slug), "name": slug, "assignment_id": assignment}
    (notebook,) = book.ensure("notebook", [row], key=("name", "assignment_id"))
    checks, solutions = _cells(book, slug, notebook, grades)
    handed_in = _handed_in(book, slug, assignment, notebook, grades)
    answers = [
        (grade.record.student, handed_in[grade.record.student], question)
        for grade in grades
        for question in grade.record.questions
    ]
    wanted = {*checks.values(), *solutions.values()}
    stale = stale_cells(book.connection, book.tables["base_cell"], slug, notebook, wanted)
    _write_grades(book, slug, checks, stale, answers)
    _write_comments(book, slug, solutions, stale, answers)
    book.delete_unused_cells(stale)


def _cells(book, slug, notebook, grades):
    """Ids of the grade cells and of the solution cells, by the question's name."""
    points = {}
    for question in (question for grade in grades for question in grade.record.questions):
        points[question.name] = max(points.get(question.name, 0.0), question.max_score)
    checks = _base_cells(book, slug, notebook, "GradeCell", [CHECK + name for name in points])
    solutions = _base_cells(book, slug, notebook, "SolutionCell", points)
    rows = [
        {"id": check, "max_score": most, "cell_type": "code"}
        for check, most in zip(checks, points.values(), strict=True)
    ]
    book.ensure("grade_cells", rows, key=("id",), change="max_score")
    book.ensure("solution_cells", [{"id": id_} for id_ in solutions], key=("id",))
    return dict(zip(points, checks, strict=True)), dict(zip(points, solutions, strict=True))


def _base_cells(book, slug, notebook, kind, names):
    rows = [
        {"id": row_id(kind, slug, name), "name": name, "notebook_id": notebook, "type": kind}
        for name in names
    ]
    return book.ensure("base_cell", rows, key=("name", "type"), among="notebook_id")


def _handed_in(book, slug, assignment, notebook, grades):
    """Id of each student's submitted notebook."""
    students = [grade.record.student for grade in grades]
    rows = [
        {
            "id": row_id("submitted_assignment", slug, grade.record.student),
            "assignment_id": assignment,
            "student_id": grade.record.student,
            "timestamp": _time(grade.record.handed_in),
        }
        for grade in grades
    ]
    parents = book.ensure(
        "submitted_assignment", rows, key=("student_id",), among="assignment_id", change="timestamp"
    )
    rows = [
        {
            "id": row_id("submitted_notebook", slug, grade.record.student),
            "assignment_id": parent,
            "notebook_id": notebook,
            "flagged": False,
            "late_submission_penalty": grade.penalty,
        }
        for parent, grade in zip(parents, grades, strict=True)
    ]
    ids = book.ensure(
        "submitted_notebook",
        rows,
        key=("assignment_id",),
        among="notebook_id",
        change="late_submission_penalty",
    )
    return dict(zip(students, ids, strict=True))


def _write_grades(book, slug, cells, stale, answers):
    question_of = stale | {cell: name for name, cell in cells.items()}
    there = book.of_cells("grade", question_of, "auto_score", "manual_score", "extra_credit")
    new, changed = [], []
    for student, handin, question in answers:
        cell = cells[question.name]
        row = there.get((handin, cell))
        values = {"auto_score": question.score, "needs_manual_grade": question.score is None}
        if row is None:
            id_ = row_id("grade", slug, student, question.name)
            new.append({"id": id_, "notebook_id": handin, "cell_id": cell, **values})
        elif row.auto_score != question.score:
            # as nbgrader does: a score given by hand is kept and put up for review
            values["needs_manual_grade"] |= row.manual_score is not None
            changed.append({"id": row.id, **values})
    book.insert("grade", new)
    book.update("grade", changed)
    given = ("manual_score", "extra_credit")
    book.delete("grade", stale_rows("grade", slug, there, question_of, answers, given))


def _write_comments(book, slug, cells, stale, answers):
    question_of = stale | {cell: name for name, cell in cells.items()}
    there = book.of_cells("comment", question_of, "auto_comment", "manual_comment")
    new, changed = [], []
    for student, handin, question in answers:
        cell = cells[question.name]
        row = there.get((handin, cell))
        comment = " ".join(filter(None, (question.message, question.hint))) or None
        if row is None:
            id_ = row_id("comment", slug, student, question.name)
            new.append({"id": id_, "notebook_id": handin, "cell_id": cell, "auto_comment": comment})
        elif row.auto_comment != comment:
            changed.append({"id": row.id, "auto_comment": comment})
    book.insert("comment", new)
    book.update("comment", changed)
    given = ("manual_comment",)
    book.delete("comment", stale_rows("comment", slug, there, question_of, answers, given))


def _time(text):
    return _naive_utc(datetime.fromisoformat(text)) if text else None


def _naive_utc(time):
    """As nbgrader keeps times."""
    return time.astimezone(UTC).replace(tzinfo=None)
