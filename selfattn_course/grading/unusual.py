"""Submissions that an instructor may want to look at: slow, stopped, late, repeated, alike."""

from collections import defaultdict
from dataclasses import dataclass
from statistics import median

SLOW_FACTOR = 3  # times the median
MOST_SLOW = 5
MANY_ATTEMPTS = 4
MOST_REPEATED = 10
_STOPPED = ("timeout", "memory", "crash")


@dataclass(frozen=True)
class Unusual:
    """What is unusual among the submissions of one assignment.

    Attributes
    ----------
    median_cpu_s : float
        Processor time of the submission in the middle.
    slow : list of FinalGrade
        The slowest, if they took several times the median.
    stopped : list of (FinalGrade, list of Question)
        With the questions that ran into a limit or ended the process.
    repeated, late : list of FinalGrade
        Handed in many times; after the due time.
    alike : list of list of FinalGrade
        Groups of files that are the same byte by byte, and not just empty.
    """

    median_cpu_s: float
    slow: list
    stopped: list
    repeated: list
    late: list
    alike: list

    def __bool__(self):
        return any((self.slow, self.stopped, self.repeated, self.late, self.alike))


def unusual(grades):
    """Find what is unusual.

    Parameters
    ----------
    grades : list of FinalGrade
        Of one assignment, sorted by student.

    Returns
    -------
    Unusual
        False if there is nothing.
    """
    times = [grade.record.cpu_s for grade in grades if grade.record.cpu_s]
    middle = median(times) if times else 0.0
    slow = [grade for grade in grades if grade.record.cpu_s > SLOW_FACTOR * middle]
    repeated = [grade for grade in grades if grade.attempts >= MANY_ATTEMPTS]
    return Unusual(
        middle,
        sorted(slow, key=lambda grade: -grade.record.cpu_s)[:MOST_SLOW],
        [(grade, stopped) for grade in grades if (stopped := _stopped(grade.record))],
        sorted(repeated, key=lambda grade: -grade.attempts)[:MOST_REPEATED],
        [grade for grade in grades if grade.days_late],
        _alike(grades),
    )


def _stopped(record):
    return [question for question in record.questions if question.status in _STOPPED]


def _alike(grades):
    """Groups of the same bytes; an untouched notebook is the same for everyone."""
    groups = defaultdict(list)
    for grade in grades:
        if any(question.status != "missing" for question in grade.record.questions):
            groups[grade.record.submission_sha256].append(grade)
    groups.pop("", None)  # files that could not be read have no hash
    return [group for group in groups.values() if len(group) > 1]
