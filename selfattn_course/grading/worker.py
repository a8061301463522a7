"""Grade one submission, wherever the sandbox is: a plain function of data that can be sent."""

from dataclasses import dataclass, field

from selfattn_course.grading.feedback import feedback_page
from selfattn_course.grading.grade import grade_submission, not_graded_at_all
from selfattn_course.grading.judge import fault
from selfattn_course.grading.sandbox import Limits


@dataclass(frozen=True)
class Job:
    """What a worker is told besides the submission: the same throughout a run.

    Attributes
    ----------
    level : str
        Isolation to run at.
    key : bytes
        Secret key of the course; left out where the job is shown, such as in a log.
    grader_version : str
        Written into every record.
    limits : Limits, optional
        What one submission may use.
    """

    level: str
    key: bytes = field(repr=False)
    grader_version: str
    limits: Limits | None = None


def grade_handin(job, submission, assignment, sandboxes):
    """Grade one submission and make its feedback page.

    Parameters
    ----------
    job : Job
    submission : Submission
    assignment : Assignment
    sandboxes : SandboxPool
        One is lent from it.

    Returns
    -------
    record : Record
        "Not graded" throughout if anything of ours fails: no other submission suffers from it.
    page : str
        HTML.
    """
    try:
        graded = graded_in_sandbox(job, submission, assignment, sandboxes)
        cells, results = submission.cells, graded.results
        return graded.record, feedback_page(graded.record, assignment.title, cells, results)
    except Exception as error:
        return failed(job, submission, assignment, submission.sha256, fault(error))


def graded_in_sandbox(job, submission, assignment, sandboxes):
    """What `grade_submission` makes of a submission in a sandbox that is lent for it."""
    with sandboxes.one() as sandbox:
        return grade_submission(
            submission,
            assignment,
            sandbox,
            key=job.key,
            grader_version=job.grader_version,
            limits=job.limits,
        )


def failed(job, handin, assignment, sha256, why):
    """Record and page of a submission that we failed to grade."""
    version, level = job.grader_version, job.level
    record = not_graded_at_all(handin, assignment, sha256, why, grader_version=version, level=level)
    return record, feedback_page(record, assignment.title)
