"""grades.csv: one row for each submission, safe to open in a spreadsheet."""

import csv
import io
import unicodedata
from pathlib import Path

from selfattn_course.grading.atomic import write_file

FILE_NAME = "grades.csv"
_COLUMNS = (
    "assignment",
    "student_id",
    "score",
    "max_score",
    "not_graded",
    "submission_sha256",
    "grader_version",
    "sandbox_level",
)
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


def write_grades(folder, records):
    """Write grades.csv.

    Parameters
    ----------
    folder : Path
        Output folder.
    records : sequence of Record
        The records that count. Each gives a row, sorted by assignment and student: score
        (empty where a question is not graded), the number of questions not graded, and one
        column for each question, headed ASSIGNMENT/QUESTION.
    """
    records = sorted(records, key=lambda record: (record.assignment, record.student))
    questions = dict.fromkeys(
        f"{record.assignment}/{question.name}"
        for record in records
        for question in record.questions
    )
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(map(_cell, (*_COLUMNS, *questions)))
    writer.writerows(_row(record, questions) for record in records)
    write_file(Path(folder) / FILE_NAME, text.getvalue())


def _row(record, questions):
    scores = {f"{record.assignment}/{q.name}": _number(q.score) for q in record.questions}
    cells = (
        record.assignment,
        record.student,
        _number(record.score),
        _number(record.max_score),
        str(sum(question.score is None for question in record.questions)),
        record.submission_sha256,
        record.grader_version,
        record.sandbox_level,
    )
    return [*map(_cell, cells), *(scores.get(question, "") for question in questions)]


def _cell(text):
    """Text that a spreadsheet shows in one cell and never computes."""
    shown = "".join(character if character.isprintable() else " " for character in text)
    plain = unicodedata.normalize("NFKC", shown).lstrip()  # some programs take a wide = for =
    risky = any(one.startswith(_FORMULA_STARTS) for one in (text, plain))
    return f"'{shown}" if risky else shown


def _number(value):
    return "" if value is None else f"{value:.10g}"
