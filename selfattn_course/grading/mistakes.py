"""Which mistakes a class made on one question, and who made them."""

from collections import defaultdict
from dataclasses import dataclass

from selfattn_course.grading.page import WORDS
from selfattn_course.grading.record import NOT_GRADED

_NO_MISTAKES = ("ok", "unreadable", NOT_GRADED)  # the last two are listed by themselves
_ON_HIDDEN = "Right on the examples"


@dataclass(frozen=True)
class Mistake:
    """Answers that are wrong in the same way.

    Attributes
    ----------
    what : str
        Name of the known wrong answer, or the kind of failure.
    known : bool
        Whether it is a known wrong answer.
    hint : str
        What to tell about it; empty if there is nothing to tell.
    students : list of str
    """

    what: str
    known: bool
    hint: str
    students: list[str]


def mistakes(answers, hints):
    """Group the answers to one question that are not right.

    Parameters
    ----------
    answers : list of (str, Question)
        Students with their answers.
    hints : dict
        Name of a known wrong answer -> what to tell about it.

    Returns
    -------
    list of Mistake
        Known ones first, the most common ones first.
    """
    groups = defaultdict(list)
    for student, answer in answers:
        if answer.status not in _NO_MISTAKES:
            groups[_kind(answer)].append((student, answer))
    found = [
        Mistake(what, known, _hint(what, group, hints) if known else "", [s for s, _ in group])
        for (known, what), group in groups.items()
    ]
    return sorted(found, key=lambda one: (not one.known, -len(one.students), one.what))


def _kind(answer):
    if answer.mistake:
        return True, answer.mistake
    hidden = ", on hidden inputs only" if answer.message.startswith(_ON_HIDDEN) else ""
    return False, WORDS[answer.status] + hidden


def _hint(what, group, hints):
    return hints.get(what) or next((answer.hint for _, answer in group if answer.hint), "")
