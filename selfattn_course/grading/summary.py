"""How a class did on one assignment, in numbers."""

from dataclasses import dataclass
from statistics import fmean, median
from urllib.parse import quote

from selfattn_course.grading import histogram
from selfattn_course.grading.mistakes import Mistake, mistakes
from selfattn_course.grading.page import points
from selfattn_course.grading.record import NOT_GRADED
from selfattn_course.grading.unusual import Unusual, unusual

MOST_HARD = 3


@dataclass(frozen=True)
class QuestionSummary:
    """How the class did on one question; `facts` is what the course expects of it."""

    name: str
    title: str
    right: int
    graded: int
    facts: dict
    mistakes: list[Mistake]

    @property
    def share(self):
        """Of the graded answers, the share that is right."""
        return self.right / self.graded if self.graded else 0.0


@dataclass(frozen=True)
class Row:
    """One student's line.

    `failures` holds pairs of a status and the names of the questions that ended so.
    """

    grade: object
    link: str
    failures: list[tuple[str, list[str]]]

    @property
    def adjusted(self):
        """Whether the score in the end is not just what the grader gave."""
        return bool(self.grade.manual or self.grade.penalty)


@dataclass(frozen=True)
class AssignmentSummary:
    """How the class did on one assignment."""

    slug: str
    title: str
    rows: list[Row]
    mean: float | None
    median: float | None
    max_score: float
    bins: list[histogram.Bin]
    drawing: str
    questions: list[QuestionSummary]
    missing: list[str]
    not_graded: list[tuple[str, str, str]]
    unreadable: list[tuple[str, str]]
    unusual: Unusual

    @property
    def hardest(self):
        """The questions that are least often right, of those that are not always."""
        asked = [one for one in self.questions if one.graded and one.share < 1]
        return sorted(asked, key=lambda one: one.share)[:MOST_HARD]


def summary(slug, grades, roster):
    """Summarise one assignment.

    Parameters
    ----------
    slug : str
        Name of the assignment.
    grades : list of FinalGrade
        At least one, sorted by student.
    roster : Roster
        Its titles, exercises and students.

    Returns
    -------
    AssignmentSummary
        Mean, median and distribution are of scores in the end, over fully graded submissions;
        the first two are None without any.
    """
    scores = [grade.score for grade in grades if grade.score is not None]
    shares = [_share(grade) for grade in grades if grade.score is not None]
    counted = histogram.bins(shares)
    middle = median(scores) if scores else None
    handed_in = {grade.record.student for grade in grades}
    return AssignmentSummary(
        slug=slug,
        title=roster.titles.get(slug, slug),
        rows=[Row(grade, link(grade.record.student, slug), _failures(grade)) for grade in grades],
        mean=fmean(scores) if scores else None,
        median=middle,
        max_score=max(grade.record.max_score for grade in grades),
        bins=counted,
        drawing=histogram.drawing(counted, median(shares) if shares else None, points(middle)),
        questions=_questions(grades, roster.exercises.get(slug, {})),
        missing=[student for student in roster.students if student not in handed_in],
        not_graded=_not_graded(grades),
        unreadable=_unreadable(grade.record for grade in grades),
        unusual=unusual(grades),
    )


def link(student, slug):
    """Where a student's feedback lies, seen from the report."""
    return f"feedback/{quote(student, safe='')}/{quote(slug, safe='')}.html"


def _share(grade):
    most = grade.record.max_score
    return max(grade.score, 0.0) / most if most else 0.0


def _questions(grades, facts):
    answers = {}
    for grade in grades:
        for question in grade.record.questions:
            answers.setdefault(question.name, []).append((grade.record.student, question))
    return [_question(name, given, facts.get(name, {})) for name, given in answers.items()]


def _question(name, answers, facts):
    graded = [answer for _, answer in answers if answer.status != NOT_GRADED]
    return QuestionSummary(
        name,
        answers[-1][1].title,
        sum(answer.status == "ok" for answer in graded),
        len(graded),
        facts,
        mistakes(answers, facts.get("mistakes", {})),
    )


def _failures(grade):
    failures = {}
    for question in grade.record.questions:
        if question.status != "ok":
            failures.setdefault(question.status, []).append(question.name)
    return list(failures.items())


def _not_graded(grades):
    """Questions that have no points, neither from the grader nor by hand."""
    return [
        (grade.record.student, question.name, question.message)
        for grade in grades
        for question in grade.record.questions
        if question.status == NOT_GRADED and question.name not in grade.manual
    ]


def _unreadable(records):
    return [
        (record.student, record.questions[0].message)
        for record in records
        if record.questions and record.questions[0].status == "unreadable"
    ]
