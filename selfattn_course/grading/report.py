"""The instructor's page: how the class did, question by question, and what was not graded."""

from itertools import groupby
from pathlib import Path

from selfattn_course.grading import unusual
from selfattn_course.grading.atomic import write_file
from selfattn_course.grading.page import render
from selfattn_course.grading.summary import link, summary

FILE_NAME = "report.html"
MOST_OPEN = 200  # students: a longer table is folded


def write_report(folder, grades, roster):
    """Write report.html.

    Parameters
    ----------
    folder : Path
        Output folder; links lead to the feedback pages in it.
    grades : sequence of FinalGrade
        What counts. An empty class gives a page that says so.
    roster : Roster
        Who is in the class, what was asked, and what the last run passed over.
    """
    grades = sorted(grades, key=lambda grade: (grade.record.assignment, grade.record.student))
    assignments = [
        summary(slug, list(group), roster)
        for slug, group in groupby(grades, key=lambda grade: grade.record.assignment)
    ]
    records = [grade.record for grade in grades]
    page = render(
        "report.html",
        assignments=assignments,
        roster=roster,
        students=sorted({*roster.students, *(record.student for record in records)}),
        levels=sorted({record.sandbox_level for record in records}),
        versions=sorted({record.grader_version for record in records}),
        total=len(records),
        open_grades=sum(grade.score is None for grade in grades),
        late=sum(grade.days_late > 0 for grade in grades),
        again=sum(grade.attempts > 1 for grade in grades),
        most_open=MOST_OPEN,
        rules=unusual,
        link=link,
    )
    write_file(Path(folder) / FILE_NAME, page)
