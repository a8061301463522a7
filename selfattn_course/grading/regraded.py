"""What grading a submission again came to: which verdicts are replaced, and what changed."""

from dataclasses import dataclass, replace

from selfattn_course.grading.record import Question, Record
from selfattn_course.grading.sandbox import LEVELS


@dataclass(frozen=True)
class Change:
    """A question whose score or status is another one now.

    `before` is None for a question that is new, `after` for one that is asked no more.
    """

    name: str
    before: Question | None
    after: Question | None


@dataclass(frozen=True)
class Regraded:
    """One submission that was graded again.

    Attributes
    ----------
    before, after : Record
        `after` is `before` itself where nothing about it changed, or nothing could be graded.
    failed : tuple of Question
        What the grader failed on now, each with the reason: the old verdicts stand.
    """

    before: Record
    after: Record
    failed: tuple[Question, ...] = ()

    @property
    def changes(self):
        """The questions whose score or status changed, in the order of the notebook."""
        old = {question.name: question for question in self.before.questions}
        new = {question.name: question for question in self.after.questions}
        return tuple(
            Change(name, old.get(name), new.get(name))
            for name in {**new, **old}
            if _grade(old.get(name)) != _grade(new.get(name))
        )

    @property
    def gain(self):
        """Points more than before; 0 where one of both records has no score."""
        if self.before.score is None or self.after.score is None:
            return 0.0
        return self.after.score - self.before.score


def merged(old, new, names):
    """Put new verdicts into an old grade.

    Parameters
    ----------
    old, new : Record
        Of the same file.
    names : collection of str
        Questions to take from `new`; all if empty. Others keep their verdict as it stands, and
        so does every question that `new` leaves "not graded".

    Returns
    -------
    Regraded
        Its new record is as current as `new` is: it carries that grader version, so that a later
        `grade` takes it as up to date, and its reason says which verdicts are older. With old
        verdicts among them the sandbox level is the weaker one of both.
    """
    asked = [question for question in new.questions if not names or question.name in names]
    graded = {question.name: question for question in asked if question.score is not None}
    failed = tuple(question for question in asked if question.score is None)
    if not graded:
        return Regraded(old, old, failed)
    questions = _questions(old, new, graded, drop=not names)
    standing = any(question.name not in graded for question in questions)
    level = max(old.sandbox_level, new.sandbox_level, key=_weakness) if standing else None
    reason = "regraded"
    if standing:
        reason += f" {', '.join(graded)}; the rest as graded by {old.grader_version}"
    after = replace(
        new,
        questions=questions,
        sandbox_level=level or new.sandbox_level,
        handed_in=old.handed_in or new.handed_in,
        reason=reason,
    )
    return Regraded(old, old if _facts(after) == _facts(old) else after, failed)


def _questions(old, new, graded, *, drop):
    """Those asked today, in their order; unless `drop`, also those that are asked no more."""
    stood = {question.name: question for question in old.questions}
    today = [graded.get(q.name) or stood.get(q.name) for q in new.questions]
    asked = {question.name for question in new.questions}
    past = [] if drop else [q for q in old.questions if q.name not in asked]
    return tuple(filter(None, [*today, *past]))


def _weakness(level):
    return LEVELS.index(level) if level in LEVELS else len(LEVELS)


def _facts(record):
    return record.questions, record.grader_version, record.sandbox_level


def _grade(question):
    return question and (question.score, question.max_score, question.status)
