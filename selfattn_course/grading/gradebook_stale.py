"""Find questions that are no more in a gradebook, for nbgrader adds up whatever is there.

Only rows that we added are found, which their ids tell, and none that a person gave points or a
comment.
"""

from sqlalchemy import select

from selfattn_course.grading.gradebook import CHECK
from selfattn_course.grading.gradebook_ids import row_id


def stale_cells(connection, cells, slug, notebook, wanted):
    """Cells of ours that no question needs.

    Parameters
    ----------
    connection : sqlalchemy Connection
    cells : sqlalchemy Table
        nbgrader's base_cell.
    slug : str
        Name of the assignment.
    notebook : str
        Id of its notebook.
    wanted : collection of str
        Ids of the cells that are needed.

    Returns
    -------
    dict of str to str
        Id -> name of the question.
    """
    query = select(cells.c.id, cells.c.type, cells.c.name).where(cells.c.notebook_id == notebook)
    return {
        id_: name.removeprefix(CHECK) if kind == "GradeCell" else name
        for id_, kind, name in connection.execute(query)
        if id_ not in wanted and id_ == row_id(kind, slug, name)
    }


def stale_rows(table, slug, there, question_of, answers, given):
    """Ids of rows that an earlier grade of the same students left behind.

    Parameters
    ----------
    table : str
        grade or comment.
    slug : str
        Name of the assignment.
    there : dict
        (submitted notebook, cell) -> row that is there.
    question_of : dict of str to str
        Cell -> name of its question.
    answers : sequence of (str, str, Question)
        Student, submitted notebook and grade of each question that counts. Rows of other
        students stay: another class may share the database.
    given : sequence of str
        Columns that hold what people gave.
    """
    student_of = {handin: student for student, handin, _ in answers}
    counting = {(handin, question.name) for _, handin, question in answers}
    return [
        row.id
        for (handin, cell), row in there.items()
        if (handin, question_of[cell]) not in counting
        and handin in student_of
        and row.id == row_id(table, slug, student_of[handin], question_of[cell])
        and all(getattr(row, column) is None for column in given)
    ]
