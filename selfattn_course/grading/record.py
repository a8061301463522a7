"""The grade of one submission, and the line of JSON that keeps it."""

import json
import math
import sys
from dataclasses import dataclass, field, fields

NOT_GRADED = "not graded"
STATUSES = (
    "ok",
    "wrong",
    "missing",
    "error",
    "timeout",
    "memory",
    "crash",
    "unreadable",
    NOT_GRADED,
)


@dataclass(frozen=True)
class Question:
    """What one exercise of one submission came to.

    `score` is None exactly when `status` is "not graded": a fault of the grader's own never
    looks like a mark. `mistake` names the known wrong answer that this one behaves like; it may
    rest on hidden inputs, so it is for instructors only and never on a student's page.
    """

    name: str
    title: str
    score: float | None
    max_score: float
    status: str
    message: str = ""
    hint: str = ""
    mistake: str = ""

    def __post_init__(self):
        for name in ("name", "title", "status", "message", "hint", "mistake"):
            _expect(isinstance(getattr(self, name), str), f"{name} must be text")
        _expect(self.status in STATUSES, f"status is {self.status!r}; expected one of {STATUSES}")
        _expect(_is_amount(self.max_score), "max_score must be a number of at least 0")
        if self.status == NOT_GRADED:
            _expect(self.score is None, "what is not graded has no score")
        else:
            _expect(_is_amount(self.score), "score must be a number of at least 0")
            _expect(self.score <= self.max_score, "score must not exceed max_score")


@dataclass(frozen=True)
class Record:
    """The grade of one submission: who handed in what, how it was graded, and the questions.

    Attributes
    ----------
    student, assignment, submission_sha256, grader_version, sandbox_level : str
        With them a grade can be made again.
    questions : tuple of Question
        In the order of the notebook.
    handed_in : str
        When, in UTC, as "2026-11-21T18:30:00+00:00"; empty where nobody noted it.
    reason : str
        Why there is a new grade of the same file, such as "regraded softmax"; empty for the first.
    cpu_s : float
        Processor time that the student's code took, in seconds. Two records that differ in
        nothing else are equal.
    """

    student: str
    assignment: str
    submission_sha256: str
    grader_version: str
    sandbox_level: str
    questions: tuple[Question, ...]
    handed_in: str = ""
    reason: str = ""
    cpu_s: float = field(default=0.0, compare=False)

    def __post_init__(self):
        for name in _TEXTS:
            _expect(isinstance(getattr(self, name), str), f"{name} must be text")
        _expect(_is_amount(self.cpu_s), "cpu_s must be a number of at least 0")

    @property
    def score(self):
        """Sum of the questions' scores, or None where one of them is not graded."""
        if any(question.score is None for question in self.questions):
            return None
        return float(sum(question.score for question in self.questions))

    @property
    def max_score(self):
        """Sum of the questions' greatest scores."""
        return float(sum(question.max_score for question in self.questions))

    def to_dict(self):
        """What JSON keeps of it."""
        data = dict(vars(self))
        questions = [dict(vars(question)) for question in data.pop("questions")]
        return data | {"score": self.score, "max_score": self.max_score, "questions": questions}

    def to_line(self):
        """One line of JSON, without the end of line."""
        return as_line(self.to_dict())

    @classmethod
    def from_dict(cls, data):
        """The record that `to_dict` made this of.

        Raises
        ------
        ValueError
            If a field is missing, unknown or of the wrong type, or the scores do not add up.
        """
        data = dict(_object(data, {field.name for field in fields(cls)} | _SUMS))
        names = {field.name for field in fields(Question)}
        _expect(isinstance(data["questions"], list), "questions must be a list")
        questions = tuple(
            Question(**_shared(_object(item, names))) for item in data.pop("questions")
        )
        sums = {name: data.pop(name) for name in _SUMS}
        record = cls(**data, questions=questions)
        _expect(sums["score"] == record.score, "score is not the sum of the questions' scores")
        _expect(sums["max_score"] == record.max_score, "max_score is not the sum")
        return record


_SUMS = {"score", "max_score"}
_TEXTS = [field.name for field in fields(Record) if field.type is str]


def as_line(data):
    """One line of JSON, without the end of line."""
    return json.dumps(data, allow_nan=False, separators=(",", ":"))


def _object(data, names):
    _expect(isinstance(data, dict) and set(data) == names, f"expected the fields {sorted(names)}")
    return data


def _shared(item):
    """The same with one copy of each text: most are the same for the whole class."""
    return {k: sys.intern(value) if type(value) is str else value for k, value in item.items()}


def _is_amount(value):
    return type(value) in (int, float) and math.isfinite(value) and value >= 0


def _expect(condition, problem):
    if not condition:
        raise ValueError(problem)
