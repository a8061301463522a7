"""What counts for one student and assignment, in the end."""

from dataclasses import dataclass

from selfattn_course.grading.record import Record


@dataclass(frozen=True)
class FinalGrade:
    """What counts for one student and assignment, in the end."""

    record: Record  # the record that counts under the policy
    attempt: int  # which attempt that is, from 1
    attempts: int  # how many were handed in
    days_late: int  # started days after the due time and grace; 0 if in time or unknown
    penalty: float  # points taken off for it
    manual: dict[str, float]  # question -> points given by hand, instead of the automatic ones
    score: float | None  # in the end; None while a question has no points at all
