"""What a grading run saw besides grades: kept beside the ledger, for the report."""

import json
from dataclasses import asdict, dataclass, field
from pathlib import Path

from selfattn_course.errors import CourseError
from selfattn_course.grading.atomic import reason, write_file

FILE_NAME = "class.json"


@dataclass(frozen=True)
class Roster:
    """Who is in the class, what the assignments are called, and what was not graded.

    Attributes
    ----------
    titles : dict
        slug -> title of every assignment ever graded in this folder.
    students, refused, notices : list of str
        Of the last run: student folders, submissions that could not be graded, and what was
        passed over; see `handins.Found`.
    exercises : dict
        slug -> question -> {difficulty, minutes, mistakes}: what the course expects of it, and
        known mistakes with what to tell about them. For instructors only.
    submitted : str
        Folder with the submissions of the last run; "" where nobody noted it.
    """

    titles: dict = field(default_factory=dict)
    students: list = field(default_factory=list)
    refused: list = field(default_factory=list)
    notices: list = field(default_factory=list)
    submitted: str = ""
    exercises: dict = field(default_factory=dict)


def read_roster(folder):
    """The roster that a folder keeps; an empty one where there is none.

    Raises
    ------
    CourseError
        If the file is there and is no roster.
    """
    path = Path(folder) / FILE_NAME
    try:
        return Roster(**json.loads(path.read_text("utf-8")))
    except FileNotFoundError:
        return Roster()
    except OSError as error:
        raise CourseError(f"cannot read {path}: {reason(error)}; mend it") from error
    except (ValueError, TypeError) as error:
        raise CourseError(f"{path} is damaged; delete it and run grade again") from error


def submissions_folder(folder, given=None):
    """Where the submissions lie that a folder holds the grades of.

    Parameters
    ----------
    folder : Path
        Output folder.
    given : Path, optional
        Taken instead of what the roster says, if the submissions were moved.

    Returns
    -------
    Path

    Raises
    ------
    CourseError
        If nobody noted it, or they are not there any more.
    """
    if given is not None:
        return Path(given)
    submitted = read_roster(folder).submitted
    if not submitted:
        raise CourseError(
            f"{Path(folder) / FILE_NAME} does not say where the submissions lie; expected a "
            "folder STUDENT/SLUG/SLUG.ipynb; give its path with --submitted"
        )
    if not Path(submitted).is_dir():
        raise CourseError(
            f"{submitted} is not there any more; expected the submissions that were graded into "
            f"{folder}; give their folder with --submitted"
        )
    return Path(submitted)


def write_roster(folder, found, assignments):
    """Keep what a run found; what is known of assignments graded before stays.

    Parameters
    ----------
    folder : Path
        Output folder.
    found : Found
        What lies in the tree of submissions.
    assignments : dict
        slug -> Assignment.
    """
    before = read_roster(folder)
    roster = Roster(
        titles=before.titles | {slug: one.title for slug, one in assignments.items()},
        exercises=before.exercises | {slug: _exercises(one) for slug, one in assignments.items()},
        students=list(found.students),
        refused=list(found.refused),
        notices=list(found.notices),
        submitted=str(found.root) if found.root else before.submitted,
    )
    content = json.dumps(asdict(roster), indent=1, sort_keys=True) + "\n"
    write_file(Path(folder) / FILE_NAME, content)


def _exercises(assignment):
    return {exercise.name: _facts(exercise) for exercise in assignment.exercises}


def _facts(exercise):
    """What is known of an exercise beyond what grading needs."""
    facts = {name: getattr(exercise, name, None) for name in ("difficulty", "minutes")}
    mutants = getattr(exercise, "mutants", ())
    return facts | {"mistakes": {mutant.name: mutant.hint for mutant in mutants}}
