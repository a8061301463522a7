"""grades.csv: one row for each submission, safe to open in a spreadsheet."""

import csv
import io
from pathlib import Path

from selfattn_course.grading.atomic import write_file
from selfattn_course.grading.csv_cells import number, text_cell

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
    "auto_score",
    "late_penalty",
    "days_late",
    "attempt",
    "attempts",
    "handed_in",
)


def write_grades(folder, grades):
    """Write grades.csv.

    Parameters
    ----------
    folder : Path
        Output folder.
    grades : sequence of FinalGrade
        Each gives a row, sorted by assignment and student: the score that counts in the end
        (empty where a question has no points yet), the number of questions without points, the
        sum of the automatic points, and one column for each question, headed
        ASSIGNMENT/QUESTION, with the points that count, those given by hand included.
    """
    grades = sorted(grades, key=lambda grade: (grade.record.assignment, grade.record.student))
    questions = dict.fromkeys(
        f"{grade.record.assignment}/{question.name}"
        for grade in grades
        for question in grade.record.questions
    )
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(map(text_cell, (*_COLUMNS, *questions)))
    writer.writerows(_row(grade, questions) for grade in grades)
    write_file(Path(folder) / FILE_NAME, text.getvalue())


def _row(grade, questions):
    record = grade.record
    points = {f"{record.assignment}/{name}": number(one) for name, one in grade.points.items()}
    return [
        text_cell(record.assignment),
        text_cell(record.student),
        number(grade.score),
        number(record.max_score),
        sum(one is None for one in grade.points.values()),
        text_cell(record.submission_sha256),
        text_cell(record.grader_version),
        text_cell(record.sandbox_level),
        number(record.score),
        number(grade.penalty),
        grade.days_late,
        grade.attempt,
        grade.attempts,
        text_cell(record.handed_in),
        *(points.get(question, "") for question in questions),
    ]
