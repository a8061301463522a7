"""All submissions of a run, mapped over workers; one thread alone writes what comes of it."""

from concurrent.futures import CancelledError

from selfattn_course.errors import CourseError, NotGradedError
from selfattn_course.grading.atomic import reason
from selfattn_course.grading.feedback import feedback_path, write_feedback
from selfattn_course.grading.judge import fault
from selfattn_course.grading.submission import file_sha256, read_submission
from selfattn_course.grading.under_way import UnderWay
from selfattn_course.grading.worker import failed

_PATIENCE_S = 1.0  # between two looks at whether the workers are still there


class Run:
    """One run over a class.

    A submission is read shortly before it is graded, and only so many are under way that memory
    does not grow with the class. Pages are written before the ledger, so that a grade in the
    ledger always has its page.

    Parameters
    ----------
    out : Path
        Output folder.
    ledger : Ledger
        Open for appending.
    workers : LocalWorkers or ClusterWorkers
    job : Job
    assignments : dict
        slug -> Assignment.
    progress : callable
        Called as progress(done, total, record) once a grade is on the disk.

    Attributes
    ----------
    graded : int
        Submissions that were not up to date.
    """

    def __init__(self, out, ledger, workers, job, assignments, progress):
        self._out, self._ledger, self._workers, self._job = out, ledger, workers, job
        self._assignments, self._progress = assignments, progress
        self._under_way, self._called_off = UnderWay(), False
        self._done = self._total = self.graded = 0

    def grade(self, handins):
        """Grade what is not up to date.

        Raises
        ------
        NotGradedError
            If no sandbox starts, the workers go away, or a file cannot be written; what was
            finished by then is kept.
        """
        self._total = len(handins)
        try:
            for handin in handins:
                self._take(handin)
                self._collect(at_most=self._workers.at_a_time - 1)
            self._collect(at_most=0)
        except KeyboardInterrupt:  # finish what runs, start no more
            self._call_off()
            self._collect(at_most=0)
            raise
        except BaseException:  # such as a full disk
            self._call_off()
            raise

    def _take(self, handin):
        record = self._up_to_date(handin)
        if record is not None:
            self._report([record])
            return
        if not self.graded:
            self._workers.open_first()
        self.graded += 1
        try:
            submission = read_submission(handin)
        except OSError as error:
            self._keep([self._failed(handin, f"The file could not be read: {reason(error)}.")])
        except Exception as error:
            self._keep([self._failed(handin, fault(error))])
        else:
            self._submit(submission, handin)

    def _submit(self, submission, handin):
        assignment = self._assignments[handin.assignment]
        try:
            future = self._workers.submit(self._job, submission, assignment)
        except Exception:
            if self._workers.are_there():
                raise
            raise self._gone() from None
        self._under_way.add(future, handin)

    def _up_to_date(self, handin):
        """The record of a submission that need not be graded again, or None."""
        now = (self._job.grader_version, self._job.level)
        record = self._ledger.get(handin.student, handin.assignment)
        made_as_now = (
            record is not None
            and record.score is not None
            and (record.grader_version, record.sandbox_level) == now
            and handin.handed_in in ("", record.handed_in)
            and feedback_path(self._out, handin.student, handin.assignment).is_file()
        )
        return record if made_as_now and record.submission_sha256 == _sha256(handin) else None

    def _collect(self, at_most):
        """Keep what is finished, until at most so many submissions are under way."""
        while True:
            wait_s = _PATIENCE_S if len(self._under_way) > at_most else 0.0
            found = self._keep_finished(wait_s)
            if len(self._under_way) <= at_most:
                return
            if not found and not self._workers.are_there():
                raise self._gone()

    def _keep_finished(self, wait_s):
        """Keep what is finished by now; how many futures that was."""
        done, graded, dropped = self._under_way.finished(wait_s), [], False
        for future, handin in done:
            try:
                graded.append(future.result())
            except CancelledError:
                dropped = True
            except CourseError:  # not of one submission: that worker must not grade at all
                self._keep(graded)
                raise
            except Exception as error:
                graded.append(self._failed(handin, fault(error)))
        self._keep(graded)
        if dropped and not self._called_off:
            raise self._gone()
        return len(done)

    def _keep(self, graded):
        """Write records and pages to the disk, pages first; then they count."""
        for record, page in graded:
            write_feedback(self._out, record, page)
        records = [record for record, _ in graded]
        self._ledger.append_all(records)
        self._report(records)

    def _report(self, records):
        for record in records:
            self._done += 1
            self._progress(self._done, self._total, record)

    def _failed(self, handin, why):
        assignment = self._assignments[handin.assignment]
        return failed(self._job, handin, assignment, _sha256(handin), why)

    def _call_off(self):
        self._called_off = True
        self._under_way.cancel()

    def _gone(self):
        """The error to raise when the workers are no longer there."""
        self._call_off()
        self._keep_finished(0.0)
        return NotGradedError(
            f"the cluster went away; {len(self._ledger.current())} grades are safe; start it again "
            "and run the same command"
        )


def _sha256(handin):
    try:
        return file_sha256(handin.path)
    except OSError:
        return ""
