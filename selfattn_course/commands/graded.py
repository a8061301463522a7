"""What commands on a graded folder need first: its grades, and the submissions they are of."""

from pathlib import Path

from ..errors import CourseError
from ..grading.handins import find_handins
from ..grading.ledger import read_ledger
from ..grading.roster import submissions_folder


def graded_folder(folder):
    """The folder, once it is known to hold grades.

    Raises
    ------
    CourseError
        If it holds no ledger.
    """
    folder = Path(folder)
    if not (folder / "ledger.jsonl").is_file():
        raise CourseError(
            f"{folder} holds no ledger.jsonl; expected the folder that was given as --out. "
            "Grade a class first: selfattn grade SUBMITTED --out DIR"
        )
    return folder


def graded_records(folder):
    """The last record of each student and assignment in a graded folder; see `graded_folder`."""
    return read_ledger(graded_folder(folder))


def find_graded_handins(folder, submitted, slugs):
    """The submissions that a graded folder is about, where they lie now; see `find_handins`."""
    return find_handins(submissions_folder(folder, submitted), slugs)
