"""The instructor's page: how the class did, question by question, and what was not graded."""

from collections import Counter
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from urllib.parse import quote

from selfattn_course.grading.atomic import write_file
from selfattn_course.grading.page import WORDS, render
from selfattn_course.grading.record import NOT_GRADED

FILE_NAME = "report.html"
BINS = 10
MOST_MISTAKES = 3
_NO_MISTAKES = ("ok", "unreadable")  # what cannot be read is listed by itself


@dataclass(frozen=True)
class Bin:
    """Submissions whose share of the points lies in a range."""

    label: str
    count: int
    share: float


@dataclass(frozen=True)
class QuestionSummary:
    """How the class did on one question."""

    name: str
    title: str
    right: int
    graded: int
    mistakes: list[tuple[str, int]]

    @property
    def share(self):
        """Of the graded answers, the share that is right."""
        return self.right / self.graded if self.graded else 0.0


@dataclass(frozen=True)
class Row:
    """One student's line.

    `failures` holds pairs of a status and the names of the questions that ended so.
    """

    record: object
    link: str
    failures: list[tuple[str, list[str]]]


@dataclass(frozen=True)
class AssignmentSummary:
    """How the class did on one assignment."""

    slug: str
    title: str
    rows: list[Row]
    mean: float | None
    max_score: float
    bins: list[Bin]
    questions: list[QuestionSummary]
    missing: list[str]
    not_graded: list[tuple[str, str, str]]
    unreadable: list[tuple[str, str]]


def write_report(folder, grades, roster):
    """Write report.html.

    Parameters
    ----------
    folder : Path
        Output folder; links lead to the feedback pages in it.
    grades : sequence of FinalGrade
        What counts. An empty class gives a page that says so.
    roster : Roster
        Who is in the class, and what the last run passed over.
    """
    records = [getattr(grade, "record", grade) for grade in grades]
    by_assignment = sorted(records, key=lambda record: (record.assignment, record.student))
    assignments = [
        summary(slug, list(group), roster)
        for slug, group in groupby(by_assignment, key=lambda record: record.assignment)
    ]
    page = render(
        "report.html",
        assignments=assignments,
        roster=roster,
        students=sorted({*roster.students, *(record.student for record in records)}),
        levels=sorted({record.sandbox_level for record in records}),
        versions=sorted({record.grader_version for record in records}),
        total=len(records),
    )
    write_file(Path(folder) / FILE_NAME, page)


def summary(slug, records, roster):
    """Summarise one assignment.

    Parameters
    ----------
    slug : str
        Name of the assignment.
    records : list of Record
        At least one, sorted by student.
    roster : Roster
        Its titles and students.

    Returns
    -------
    AssignmentSummary
        Mean and distribution are over fully graded submissions; the mean is None without any.
    """
    scores = [record.score for record in records if record.score is not None]
    handed_in = {record.student for record in records}
    return AssignmentSummary(
        slug=slug,
        title=roster.titles.get(slug, slug),
        rows=[Row(record, _link(record), _failures(record)) for record in records],
        mean=sum(scores) / len(scores) if scores else None,
        max_score=max(record.max_score for record in records),
        bins=_bins([record for record in records if record.score is not None]),
        questions=_questions(records),
        missing=[student for student in roster.students if student not in handed_in],
        not_graded=[
            (record.student, question.name, question.message)
            for record in records
            for question in record.questions
            if question.status == NOT_GRADED
        ],
        unreadable=[
            (record.student, record.questions[0].message)
            for record in records
            if record.questions and record.questions[0].status == "unreadable"
        ],
    )


def _bins(records):
    counts = [0] * BINS
    for record in records:
        share = record.score / record.max_score if record.max_score else 0.0
        counts[min(int(share * BINS), BINS - 1)] += 1
    most = max(*counts, 1)
    return [Bin(_range(i), count, count / most) for i, count in enumerate(counts)]


def _range(i):
    width = 100 // BINS
    last = 100 if i == BINS - 1 else (i + 1) * width - 1
    return f"{i * width}–{last} %"


def _questions(records):
    answers = {}
    for question in (question for record in records for question in record.questions):
        answers.setdefault(question.name, []).append(question)
    return [_question(name, given) for name, given in answers.items()]


def _question(name, answers):
    graded = [answer for answer in answers if answer.status != NOT_GRADED]
    mistakes = Counter(_mistake(answer) for answer in graded if answer.status not in _NO_MISTAKES)
    return QuestionSummary(
        name,
        answers[-1].title,
        sum(answer.status == "ok" for answer in graded),
        len(graded),
        sorted(mistakes.items(), key=lambda item: (-item[1], item[0]))[:MOST_MISTAKES],
    )


def _mistake(answer):
    """What groups like mistakes: the hint if there is one, else the kind of failure."""
    if answer.hint:
        return answer.hint
    if answer.message.startswith("Right on the examples"):
        return f"{WORDS[answer.status].capitalize()}, on hidden inputs only."
    return f"{WORDS[answer.status].capitalize()}."


def _failures(record):
    failures = {}
    for question in record.questions:
        if question.status != "ok":
            failures.setdefault(question.status, []).append(question.name)
    return list(failures.items())


def _link(record):
    return f"feedback/{quote(record.student, safe='')}/{quote(record.assignment, safe='')}.html"
