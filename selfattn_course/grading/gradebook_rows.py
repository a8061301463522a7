"""The rows that one assignment needs in nbgrader's database, read, compared and written in bulk."""

from nbgrader import api
from sqlalchemy import insert, select, update


def replay_assignment(db, course_id, slug, records):
    """Bring the rows of one assignment up to date; nothing is written where nothing changed.

    Parameters
    ----------
    db : sqlalchemy Session
        nbgrader's; the caller commits.
    course_id, slug : str
        Names of the course, and of the assignment and its only notebook.
    records : list of Record
        One for each student.
    """
    assignment = _one(db, api.Assignment, name=slug) or _add(
        db, api.Assignment(name=slug, course_id=course_id)
    )
    notebook = _one(db, api.Notebook, name=slug, assignment_id=assignment.id) or _add(
        db, api.Notebook(name=slug, assignment=assignment)
    )
    checks, solutions = _cells(db, notebook, records)
    handed_in = _handed_in(db, assignment.id, notebook.id, [record.student for record in records])
    answers = [(handed_in[r.student], question) for r in records for question in r.questions]
    _write_grades(db, [(handin, checks[question.name], question) for handin, question in answers])
    _write_comments(db, [(handin, solutions[q.name], q) for handin, q in answers])


def _cells(db, notebook, records):
    """Ids of the grade cells and of the solution cells, by the question's name."""
    points = {}
    for question in (question for record in records for question in record.questions):
        points[question.name] = max(points.get(question.name, 0.0), question.max_score)
    checks = {cell.name: cell for cell in notebook.grade_cells}
    solutions = {cell.name: cell for cell in notebook.solution_cells}
    for name, most in points.items():
        check = checks.get(f"check_{name}") or api.GradeCell(
            name=f"check_{name}", notebook=notebook, max_score=most, cell_type="code"
        )
        if check.max_score != most:
            check.max_score = most
        checks[f"check_{name}"] = _add(db, check)
        solution = solutions.get(name) or api.SolutionCell(name=name, notebook=notebook)
        solutions[name] = _add(db, solution)
    return (
        {name: checks[f"check_{name}"].id for name in points},
        {name: solutions[name].id for name in points},
    )


def _handed_in(db, assignment_id, notebook_id, students):
    """Id of each student's submitted notebook; rows that are missing are added."""
    known = set(db.scalars(select(api.Student.id)))
    _insert(db, api.Student, [{"id": name} for name in students if name not in known])
    table = api.SubmittedAssignment
    query = select(table.student_id, table.id).where(table.assignment_id == assignment_id)
    assignments = dict(iter(db.execute(query)))
    new = {name: api.new_uuid() for name in students if name not in assignments}
    rows = [
        {"id": id_, "assignment_id": assignment_id, "student_id": name} for name, id_ in new.items()
    ]
    _insert(db, table, rows)
    assignments |= new
    table = api.SubmittedNotebook
    query = select(table.assignment_id, table.id).where(table.notebook_id == notebook_id)
    notebooks = dict(iter(db.execute(query)))
    wanted = [assignments[name] for name in students]
    new = {parent: api.new_uuid() for parent in wanted if parent not in notebooks}
    rows = [
        {"id": id_, "assignment_id": parent, "notebook_id": notebook_id}
        for parent, id_ in new.items()
    ]
    _insert(db, table, rows)
    notebooks |= new
    return {name: notebooks[assignments[name]] for name in students}


def _write_grades(db, answers):
    table = api.Grade
    columns = (table.id, table.auto_score, table.manual_score)
    rows = _existing(db, table, columns, answers)
    new, changed = [], []
    for handin, cell, question in answers:
        row = rows.get((handin, cell))
        values = {"auto_score": question.score, "needs_manual_grade": question.score is None}
        if row is None:
            new.append({"notebook_id": handin, "cell_id": cell, **values})
        elif row.auto_score != question.score:
            # as nbgrader does: a score given by hand is kept and put up for review
            values["needs_manual_grade"] |= row.manual_score is not None
            changed.append({"id": row.id, **values})
    _insert(db, table, new)
    _update(db, table, changed)


def _write_comments(db, answers):
    table = api.Comment
    rows = _existing(db, table, (table.id, table.auto_comment), answers)
    new, changed = [], []
    for handin, cell, question in answers:
        row = rows.get((handin, cell))
        comment = " ".join(filter(None, (question.message, question.hint))) or None
        if row is None:
            new.append({"notebook_id": handin, "cell_id": cell, "auto_comment": comment})
        elif row.auto_comment != comment:
            changed.append({"id": row.id, "auto_comment": comment})
    _insert(db, table, new)
    _update(db, table, changed)


def _existing(db, table, columns, answers):
    """Rows of the cells in `answers`, by submitted notebook and cell."""
    cells = {cell for _, cell, _ in answers}
    query = select(table.notebook_id, table.cell_id, *columns).where(table.cell_id.in_(cells))
    return {(row.notebook_id, row.cell_id): row for row in db.execute(query)}


def _one(db, table, **values):
    return db.scalars(select(table).filter_by(**values)).one_or_none()


def _add(db, row):
    db.add(row)
    db.flush()  # gives it its id
    return row


def _insert(db, table, rows):
    if rows:
        db.execute(insert(table), rows)


def _update(db, table, rows):
    if rows:
        db.execute(update(table), rows)
