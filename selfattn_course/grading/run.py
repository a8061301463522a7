"""Grade a class: every submission once, whatever the others do."""

from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import dataclass
from pathlib import Path

from selfattn_course.grading.atomic import prepare_folder, reason
from selfattn_course.grading.course_key import course_key
from selfattn_course.grading.feedback import feedback_page, feedback_path, write_feedback
from selfattn_course.grading.final_grade import unknown_times
from selfattn_course.grading.grade import grade_submission, not_graded_at_all
from selfattn_course.grading.gradebook import update_gradebook
from selfattn_course.grading.judge import fault
from selfattn_course.grading.ledger import Ledger
from selfattn_course.grading.policy import read_policy
from selfattn_course.grading.results import write_results
from selfattn_course.grading.roster import write_roster
from selfattn_course.grading.sandbox_pool import SandboxPool
from selfattn_course.grading.submission import file_sha256, read_submission


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


@dataclass(frozen=True)
class _Run:
    """What all workers share."""

    assignments: dict
    out: Path
    ledger: Ledger
    sandboxes: SandboxPool
    key: bytes
    grader_version: str
    limits: object


def grade_class(
    found,
    assignments,
    out,
    *,
    level,
    grader_version,
    jobs=1,
    limits=None,
    db_url=None,
    progress=None,
):
    """Grade what was found, and bring everything in `out` up to date.

    A submission is skipped if its last grade is of the same bytes, by the same grader, at the
    same sandbox level, leaves nothing "not graded", and its feedback is there.

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
        Submissions graded at a time, each in a sandbox of its own.
    limits : Limits, optional
        What one submission may use.
    db_url : str, optional
        nbgrader database to use instead of out/gradebook.db.
    progress : callable, optional
        Called as progress(done, total, record) after each submission, in this thread.

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
    prepare_folder(out)
    policy = read_policy(out)  # first, for a policy that is damaged stops here
    with Ledger(out) as ledger, SandboxPool(level) as sandboxes:
        key = course_key(out)
        run = _Run(assignments, out, ledger, sandboxes, key, grader_version, limits)
        graded = _grade_all(run, found.handins, jobs, progress or (lambda *_: None))
        records = ledger.current()
        write_roster(out, found, assignments)
        grades = write_results(out, db_url=db_url)
        update_gradebook(grades, folder=out, db_url=db_url, due=policy.due)
    skipped = len(found.handins) - graded
    notices = (*found.notices, *unknown_times(grades, policy))
    return ClassResult(records, graded, skipped, found.refused, notices, grades)


def _grade_all(run, handins, jobs, progress):
    """Grade what is not up to date; how many were graded."""
    with ThreadPoolExecutor(jobs) as pool:
        try:
            kept = list(pool.map(lambda handin: _up_to_date(run, handin), handins))
            due = [handin for handin, record in zip(handins, kept, strict=True) if record is None]
            done = 0
            for record in filter(None, kept):
                progress(done := done + 1, len(handins), record)
            if due:
                run.sandboxes.open_first()
            for future in as_completed([pool.submit(_grade, run, handin) for handin in due]):
                progress(done := done + 1, len(handins), future.result())
        except BaseException:  # the disk is full, or Ctrl-C: finish what runs, start no more
            pool.shutdown(cancel_futures=True)
            raise
    return len(due)


def _up_to_date(run, handin):
    """The record of a submission that need not be graded again, or None."""
    now = (run.grader_version, run.sandboxes.level)
    record = run.ledger.get(handin.student, handin.assignment)
    made_as_now = (
        record is not None
        and record.score is not None
        and (record.grader_version, record.sandbox_level) == now
        and feedback_path(run.out, handin.student, handin.assignment).is_file()
    )
    return record if made_as_now and record.submission_sha256 == _sha256(handin) else None


def _grade(run, handin):
    """Grade one submission, then write feedback, then the ledger; return the record."""
    try:
        record, page = _graded(run, handin)
    except Exception as error:  # ours; no other submission may suffer from it
        record, page = _failed(run, handin, fault(error))
    write_feedback(run.out, record, page)
    run.ledger.append(record)
    return record


def _graded(run, handin):
    """Record and feedback page of a submission."""
    assignment = run.assignments[handin.assignment]
    try:
        submission = read_submission(handin)
    except OSError as error:
        return _failed(run, handin, f"The file could not be read: {reason(error)}.")
    with run.sandboxes.one() as sandbox:
        graded = grade_submission(
            submission,
            assignment,
            sandbox,
            key=run.key,
            grader_version=run.grader_version,
            limits=run.limits,
        )
    page = feedback_page(graded.record, assignment.title, submission.cells, graded.results)
    return graded.record, page


def _failed(run, handin, why):
    """Record and page of a submission that we failed to grade."""
    assignment = run.assignments[handin.assignment]
    record = not_graded_at_all(
        handin,
        assignment,
        _sha256(handin),
        why,
        grader_version=run.grader_version,
        level=run.sandboxes.level,
    )
    return record, feedback_page(record, assignment.title)


def _sha256(handin):
    try:
        return file_sha256(handin.path)
    except OSError:
        return ""
