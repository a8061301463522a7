"""Grade again what was graded, after a check was mended.

The same files meet the same hidden inputs. A fault of our own never replaces a grade: the old
verdict stands until there is a new one.
"""

from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import dataclass
from pathlib import Path

from selfattn_course.grading.atomic import prepare_folder, reason
from selfattn_course.grading.course_key import same_course_key
from selfattn_course.grading.feedback import feedback_page, write_feedback
from selfattn_course.grading.judge import fault, not_graded
from selfattn_course.grading.ledger import Ledger, read_history, read_ledger
from selfattn_course.grading.policy import read_policy
from selfattn_course.grading.regraded import Regraded, merged
from selfattn_course.grading.results import bring_up_to_date
from selfattn_course.grading.sandbox_pool import SandboxPool
from selfattn_course.grading.submission import read_submission
from selfattn_course.grading.wanted import Wanted, selected
from selfattn_course.grading.worker import Job, graded_in_sandbox

MISSING = "the file that was graded is not there any more; its grade stands"
ANEW = "handed in anew since; run selfattn grade"


@dataclass(frozen=True)
class RegradeResult:
    """What grading again came to.

    Attributes
    ----------
    regraded : tuple of Regraded
        Sorted by student, then assignment.
    left_alone : tuple of (student, assignment, why)
        Graded submissions that could not be graded again.
    older : tuple of (student, assignment, number)
        How many earlier attempts keep their grades, since their files are gone.
    """

    regraded: tuple[Regraded, ...]
    left_alone: tuple
    older: tuple

    @property
    def complete(self):
        """Whether all that was asked for was graded again."""
        return not self.left_alone and not any(one.failed for one in self.regraded)


@dataclass(frozen=True)
class _Run:
    """What all workers share; without a ledger nothing is written."""

    assignments: dict
    out: Path
    wanted: Wanted
    ledger: Ledger | None
    sandboxes: SandboxPool
    job: Job


def regrade_class(
    found,
    assignments,
    out,
    wanted=None,
    *,
    level,
    grader_version,
    opened=None,
    jobs=1,
    limits=None,
    db_url=None,
    dry_run=False,
    progress=None,
):
    """Grade again the submissions whose grades count, and bring everything in `out` up to date.

    Parameters
    ----------
    found : Found
        Where the submissions lie now, from `find_handins`. Only a file with the very bytes that
        the record names is graded again.
    assignments : dict
        slug -> Assignment, as they are asked and checked now.
    out : Path
        Graded folder.
    wanted : Wanted, optional
        With exercises, only their verdicts are replaced; all of the notebook still runs, for
        its cells depend on each other.
    level, grader_version, jobs, limits, db_url
        As for `grade_class`.
    opened : Sandbox, optional
        One of that level to begin with; it is closed at the end.
    dry_run : bool
        Grade, and write nothing at all.
    progress : callable, optional
        Called as progress(done, total, record) after each submission, in this thread.

    Returns
    -------
    RegradeResult

    Raises
    ------
    CourseError
        If `out` or the course key cannot be used, or a name in `wanted` is unknown; before
        anything is graded.
    NotGradedError
        If no sandbox starts, or a file cannot be written; what was graded so far is kept.
    """
    out, wanted = Path(out), wanted or Wanted()
    job = Job(level, same_course_key(out), grader_version, limits)
    progress = progress or (lambda *_: None)
    if dry_run:
        with SandboxPool(level, opened) as sandboxes:
            run = _Run(assignments, out, wanted, None, sandboxes, job)
            return _regrade(run, found, read_ledger(out), jobs, progress)
    prepare_folder(out)
    due = read_policy(out).due
    with Ledger(out) as ledger, SandboxPool(level, opened) as sandboxes:
        run = _Run(assignments, out, wanted, ledger, sandboxes, job)
        result = _regrade(run, found, ledger.current(), jobs, progress)
        bring_up_to_date(out, ledger, due=due, db_url=db_url)
    return result


def _regrade(run, found, records, jobs, progress):
    records = selected(records, run.assignments, run.wanted)
    handins = {(handin.student, handin.assignment): handin for handin in found.handins}
    pairs = [(record, handins.get((record.student, record.assignment))) for record in records]
    done = list(_all_again(run, pairs, jobs, progress))
    regraded = [one for one in done if isinstance(one, Regraded)]
    regraded.sort(key=lambda one: (one.before.student, one.before.assignment))
    left_alone = sorted(one for one in done if not isinstance(one, Regraded))
    older = _older_attempts(run.out, records)
    return RegradeResult(tuple(regraded), tuple(left_alone), older)


def _all_again(run, pairs, jobs, progress):
    if any(handin for _, handin in pairs):
        run.sandboxes.open_first()
    with ThreadPoolExecutor(jobs) as pool:
        try:
            waiting = {pool.submit(_again, run, *pair): pair[0] for pair in pairs}
            for number, future in enumerate(as_completed(waiting), start=1):
                one = future.result()
                record = one.after if isinstance(one, Regraded) else waiting[future]
                progress(number, len(pairs), record)
                yield one
        except BaseException:  # the disk is full, or Ctrl-C: finish what runs, start no more
            pool.shutdown(cancel_futures=True)
            raise


def _again(run, old, handin):
    """Grade one submission again: Regraded, or who it is and why it is left alone."""
    who = old.student, old.assignment
    if old.assignment not in run.assignments:
        return *who, "is no assignment of the course any more; its grade stands"
    if handin is None:
        return *who, MISSING
    try:
        submission = read_submission(handin)
    except OSError as error:
        return *who, f"the file could not be read: {reason(error)}; its grade stands"
    if submission.sha256 != old.submission_sha256:
        return *who, ANEW
    assignment = run.assignments[old.assignment]
    try:
        graded = graded_in_sandbox(run.job, submission, assignment, run.sandboxes)
        one = merged(old, graded.record, run.wanted.exercises)
        page = feedback_page(one.after, assignment.title, submission.cells, graded.results)
    except Exception as error:  # ours; the old grade stands, and no other submission may suffer
        asked = run.wanted.of(assignment.exercises)
        return Regraded(old, old, tuple(not_graded(one, fault(error)) for one in asked))
    if run.ledger and one.after != old:
        write_feedback(run.out, one.after, page)
        run.ledger.append(one.after)
    return one


def _older_attempts(out, records):
    attempts = {}
    for entry in read_history(out):
        who = entry.record.student, entry.record.assignment
        attempts.setdefault(who, set()).add(entry.record.submission_sha256)
    counts = ((record, len(attempts[record.student, record.assignment])) for record in records)
    return tuple((r.student, r.assignment, number - 1) for r, number in counts if number > 1)
