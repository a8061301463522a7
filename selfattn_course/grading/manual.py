"""Points that people gave in nbgrader's gradebook, with formgrader or otherwise."""

from dataclasses import dataclass

from selfattn_course.grading.gradebook import CHECK, reading_gradebook


@dataclass(frozen=True)
class ByHand:
    """What a person gave for one question.

    Attributes
    ----------
    points : float or None
        Instead of the automatic ones; None leaves those.
    extra : float
        Extra credit, on top of either.
    """

    points: float | None
    extra: float = 0.0

    def total(self, automatic):
        """Points for the question, or None where neither a person nor the grader gave any."""
        points = automatic if self.points is None else self.points
        return None if points is None else points + self.extra


def read_manual(folder, db_url=None):
    """All points given by hand.

    Parameters
    ----------
    folder : Path
        Folder whose gradebook.db to read, if there is one.
    db_url : str, optional
        A database instead.

    Returns
    -------
    dict
        (student, assignment) -> {question: ByHand}. Of grade cells that are no `check_NAME`
        nothing is read.

    Raises
    ------
    NotGradedError
        If there is a gradebook and it cannot be read.
    """
    manual = {}
    with reading_gradebook(folder, db_url) as book:
        if book is None:
            return {}
        connection, tables = book
        for row in connection.execute(_query(tables)):
            if row.cell.startswith(CHECK):
                given = manual.setdefault((row.student_id, row.assignment), {})
                given[row.cell.removeprefix(CHECK)] = ByHand(row.manual_score, row.extra or 0.0)
    return manual


def _query(tables):
    from sqlalchemy import func, or_, select

    grade, cell = tables["grade"].c, tables["base_cell"].c
    notebook, submitted = tables["submitted_notebook"].c, tables["submitted_assignment"].c
    assignment = tables["assignment"].c
    extra = func.coalesce(grade.extra_credit, 0.0)
    columns = (
        submitted.student_id,
        assignment.name.label("assignment"),
        cell.name.label("cell"),
        grade.manual_score,
        extra.label("extra"),
    )
    return (
        select(*columns)
        .where(grade.notebook_id == notebook.id, notebook.assignment_id == submitted.id)
        .where(submitted.assignment_id == assignment.id, grade.cell_id == cell.id)
        .where(or_(grade.manual_score.is_not(None), extra != 0.0))
    )
