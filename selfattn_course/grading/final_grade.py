"""What counts for a student and an assignment, in the end.

Points given by hand take the place of automatic ones. What lateness costs is taken off their sum,
once, and never makes it less than nothing.
"""

from collections import Counter
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from selfattn_course.grading.record import Record

_DAY = timedelta(days=1)


@dataclass(frozen=True)
class FinalGrade:
    """What counts for one student and assignment, in the end.

    Attributes
    ----------
    record : Record
        The record that counts under the course's policy.
    attempt : int
        Which attempt that is, from 1.
    attempts : int
        How many were handed in.
    days_late : int
        Started days after the due time and grace; 0 if in time or unknown.
    penalty : float
        Points taken off for it.
    manual : dict of str to float
        Question -> points given by hand, extra credit included, instead of the automatic ones.
    score : float or None
        In the end; None while a question is neither graded nor given points by hand.
    """

    record: Record
    attempt: int
    attempts: int
    days_late: int
    penalty: float
    manual: dict[str, float] = field(default_factory=dict)
    score: float | None = None

    @property
    def points(self):
        """Question -> points that count, None where there are none yet."""
        return {question.name: question.score for question in self.record.questions} | self.manual


def final_grades(history, policy, manual):
    """What counts for everyone.

    Parameters
    ----------
    history : sequence of Entry
        The ledger, oldest first. An attempt is a file that was not handed in before; the newest
        grade of a file is its grade.
    policy : Policy
        With "last", the file that was handed in last counts, even if it is an earlier one again.
        With "best", the one that is worth most after its penalty, the first of equals; a last one
        that is not graded is waited for.
    manual : dict
        From `read_manual`. It holds for whichever attempt counts.

    Returns
    -------
    tuple of FinalGrade
        Sorted by student, then assignment.
    """
    records = {}
    for entry in history:
        key = (entry.record.student, entry.record.assignment)
        records.setdefault(key, []).append(entry.record)
    return tuple(
        _counting(records, policy, manual.get(key, {})) for key, records in sorted(records.items())
    )


def unknown_times(grades, policy):
    """One line for each assignment that is due and has submissions nobody knows the time of."""
    counts = Counter(
        grade.record.assignment
        for grade in grades
        if grade.record.assignment in policy.due and not grade.record.handed_in
    )
    return tuple(
        f"{slug}: {count} handed in at no known time, taken as in time; put timestamp.txt beside "
        "the notebook"
        for slug, count in sorted(counts.items())
    )


def _counting(records, policy, by_hand):
    """The grade that counts among those of one student and assignment."""
    newest = {record.submission_sha256: record for record in records}  # in order of appearance
    if records[-1].submission_sha256:
        newest.pop("", None)  # a file that could not be read, and was handed in again since
    number = {sha256: i for i, sha256 in enumerate(newest, start=1)}
    candidates = {}
    for record in _handed_in(records):
        attempt = number.get(record.submission_sha256, len(records) + 1)
        if attempt <= min(len(number), policy.at_most or len(number)):
            counted = replace(newest[record.submission_sha256], handed_in=record.handed_in)
            last = _grade(counted, attempt, len(number), policy, by_hand)
            candidates[attempt, record.handed_in] = last
    if policy.counts == "last" or last.score is None:
        return last
    return max(
        (grade for grade in candidates.values() if grade.score is not None),
        key=lambda grade: grade.score,
    )


def _handed_in(records):
    """Records of handing in; a regrade is none, whatever file it is of."""
    seen = set()
    for record in records:
        if not record.reason or record.submission_sha256 not in seen:
            yield record
        seen.add(record.submission_sha256)


def _grade(record, attempt, attempts, policy, by_hand):
    automatic = {question.name: question.score for question in record.questions}
    totals = {
        name: given.total(automatic[name]) for name, given in by_hand.items() if name in automatic
    }
    manual = {name: total for name, total in totals.items() if total is not None}
    points = (automatic | manual).values()
    so_far = sum(one for one in points if one is not None)
    days = _days_late(record, policy)
    percent = min(days * policy.percent_per_day, policy.percent_at_most)
    penalty = max(0.0, min(percent * record.max_score / 100, so_far))
    score = None if None in points else max(0.0, so_far - penalty)
    return FinalGrade(record, attempt, attempts, days, penalty, manual, score)


def _days_late(record, policy):
    due = policy.due.get(record.assignment)
    if due is None or not record.handed_in:
        return 0
    late = datetime.fromisoformat(record.handed_in) - due
    return max(0, -((timedelta(minutes=policy.grace_minutes) - late) // _DAY))
