"""Grade a class: every submission once, whatever the others do."""

from dataclasses import dataclass
from pathlib import Path

from selfattn_course.grading.atomic import clear_unfinished, prepare_folder
from selfattn_course.grading.course_key import course_key
from selfattn_course.grading.final_grade import unknown_times
from selfattn_course.grading.grade_all import Run
from selfattn_course.grading.ledger import Ledger
from selfattn_course.grading.local_workers import LocalWorkers
from selfattn_course.grading.policy import read_policy
from selfattn_course.grading.results import bring_up_to_date
from selfattn_course.grading.roster import write_roster
from selfattn_course.grading.worker import Job


@dataclass(frozen=True)
class ClassResult:
    """What a run came to.

    Attributes
    ----------
    records : tuple of Record
        The last of each student and assignment, sorted by both.
    graded, skipped : int
        Submissions graded in this run, and those that were up to date.
    refused, notices : tuple of str
        See `handins.Found` and `final_grade.unknown_times`.
    grades : tuple of FinalGrade
        What counts in the end, in the same order.
    """

    records: tuple
    graded: int
    skipped: int
    refused: tuple[str, ...]
    notices: tuple[str, ...]
    grades: tuple

    @property
    def complete(self):
        """Whether everything that was handed in has a grade."""
        return not self.refused and all(grade.score is not None for grade in self.grades)


def grade_class(
    found,
    assignments,
    out,
    *,
    grader_version,
    level=None,
    jobs=1,
    limits=None,
    db_url=None,
    progress=None,
    workers=None,
):
    """Grade what was found, and bring everything in `out` up to date.

    A submission is skipped if its last grade is of the same bytes, handed in at the same time, by
    the same grader, at the same sandbox level, leaves nothing "not graded", and its feedback is
    there.

    Parameters
    ----------
    found : Found
        From `find_handins`.
    assignments : dict
        slug -> Assignment, at least for every slug in `found`.
    out : Path
        Folder for ledger, gradebook, grades.csv, feedback and report; made if need be. A
        policy.toml in it says what counts.
    level : str
        Isolation to run at, from `sandbox.probe`.
    grader_version : str
        Changes whenever a grade might; written into every record.
    jobs : int
        Submissions graded at a time, each in a process of its own.
    limits : Limits, optional
        What one submission may use.
    db_url : str, optional
        nbgrader database to use instead of out/gradebook.db.
    progress : callable, optional
        Called as progress(done, total, record) after each submission, in this thread.
    workers : ClusterWorkers, optional
        Who grades, at their own level, instead of `jobs` threads on this machine.

    Returns
    -------
    ClassResult

    Raises
    ------
    CourseError
        If `out` cannot be used; before anything is graded.
    NotGradedError
        If no sandbox starts, or a file cannot be written; what was graded so far is kept.
    """
    out = Path(out)
    policy = read_policy(out)  # first, for a policy that is damaged stops here
    with workers or LocalWorkers(level, jobs) as workers, _ledger(out) as ledger:
        clear_unfinished(out)
        job = Job(workers.level, course_key(out), grader_version, limits)
        run = Run(out, ledger, workers, job, assignments, progress or (lambda *_: None))
        run.grade(found.handins)
        records = ledger.current()
        write_roster(out, found, assignments)
        grades = bring_up_to_date(out, ledger, due=policy.due, db_url=db_url)
    skipped = len(found.handins) - run.graded
    notices = (*found.notices, *unknown_times(grades, policy))
    return ClassResult(records, run.graded, skipped, found.refused, notices, grades)


def _ledger(out):
    prepare_folder(out)
    return Ledger(out)
