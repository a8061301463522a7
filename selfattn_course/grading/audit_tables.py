"""Whether grades.csv and gradebook.db still say what the records that count say."""

import csv
import sqlite3
import tempfile
from pathlib import Path
from urllib.parse import quote

from selfattn_course.grading import gradebook, grades_csv


def table_problems(folder, grades, automatic):
    """What differs between grades.csv and the table that the grades give.

    Parameters
    ----------
    folder : Path
    grades, automatic : sequence of FinalGrade
        With the points given by hand so far, and without: either may stand in the table, which
        was written before they were given or after.

    Returns
    -------
    list of str
        One sentence for each cell and row; empty where there is no grades.csv.
    """
    path = Path(folder) / grades_csv.FILE_NAME
    if not path.exists():
        return []
    try:
        given = _rows(path)
    except (OSError, ValueError, KeyError, csv.Error) as error:
        return [f"{path.name} cannot be read ({error})"]
    with tempfile.TemporaryDirectory() as scratch:
        grades_csv.write_grades(scratch, automatic)
        without = _rows(Path(scratch) / path.name)
        grades_csv.write_grades(scratch, grades)
        expected = _rows(Path(scratch) / path.name)
    problems = []
    for who in sorted({*given, *expected}):
        here, there = given.get(who), expected.get(who)
        name = f"{path.name}, {who[1]}, {who[0]}"
        if here is None or there is None:
            problems.append(f"{name}: a row {'is missing' if here is None else 'too many'}")
            continue
        for column in dict.fromkeys((*there, *here)):
            if here.get(column) not in (there.get(column), without[who].get(column)):
                problems.append(_differs(f"{name}, {column}", here.get(column), there.get(column)))
    return problems


def gradebook_problems(folder, records):
    """What differs between the automatic scores in gradebook.db and the records.

    Scores given by hand, and students and questions of others, are not looked at.

    Returns
    -------
    list of str
        One sentence for each score; empty where there is no gradebook.db.
    """
    from sqlalchemy.exc import SQLAlchemyError  # imported here: checking a ledger needs it not

    path = Path(folder) / gradebook.FILE_NAME
    if not path.exists():
        return []
    try:
        scores = _automatic_scores(path)
    except SQLAlchemyError as error:
        why = str(getattr(error, "orig", None) or error).splitlines()[0]
        return [f"{path.name} cannot be read ({why})"]
    problems = []
    for record in records:
        for question in record.questions:
            name = f"{path.name}, {record.student}, {record.assignment}, {question.name}"
            cell = record.assignment, record.student, gradebook.CHECK + question.name
            if cell not in scores:
                problems.append(f"{name}: no score; the ledger has {_shown(question.score)}")
            elif scores[cell] != question.score:
                problems.append(_differs(name, scores[cell], question.score))
    return problems


def _differs(name, here, there):
    return f"{name}: {_shown(here)}; the ledger has {_shown(there)}"


def _shown(value):
    return "nothing" if value in (None, "") else f"{value}"


def _rows(path):
    """The rows of a table, by assignment and student."""
    with open(path, newline="", encoding="utf-8") as file:
        return {(row["assignment"], row["student_id"]): row for row in csv.DictReader(file)}


def _automatic_scores(path):
    """(assignment, student, cell) -> score or None, read through the tables as they are."""
    from sqlalchemy import MetaData, create_engine, select

    uri = f"file:{quote(str(path.resolve()))}?mode=ro"
    engine = create_engine("sqlite://", creator=lambda: sqlite3.connect(uri, uri=True))
    names = ("assignment", "submitted_assignment", "submitted_notebook", "grade", "base_cell")
    try:
        tables = MetaData()
        tables.reflect(engine, only=names)
        assignment, handin, notebook, grade, cell = (tables.tables[name] for name in names)
        query = (
            select(assignment.c.name, handin.c.student_id, cell.c.name, grade.c.auto_score)
            .join(handin, handin.c.assignment_id == assignment.c.id)
            .join(notebook, notebook.c.assignment_id == handin.c.id)
            .join(grade, grade.c.notebook_id == notebook.c.id)
            .join(cell, cell.c.id == grade.c.cell_id)
        )
        with engine.connect() as connection:
            return {tuple(row[:3]): row[3] for row in connection.execute(query)}
    finally:
        engine.dispose()
