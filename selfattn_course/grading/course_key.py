"""Inputs that nobody can guess and everybody can check again.

The hidden inputs of one exercise follow from the course's secret key and the student's name:
students meet one of several draws, and grading again meets the same one. Answers to a draw are
worked out once for all who meet it.
"""

import hmac
import os
import secrets
from pathlib import Path

from selfattn_course.errors import CourseError
from selfattn_course.grading.atomic import reason, write_file

VARIABLE = "SELFATTN_COURSE_KEY"
FILE_NAME = "course.key"
DRAWS = 8


def course_key(folder):
    """The secret key of the course, made on first use.

    Parameters
    ----------
    folder : Path
        Folder that keeps course.key, unless the environment variable SELFATTN_COURSE_KEY
        holds the key.

    Returns
    -------
    bytes
        The key.

    Raises
    ------
    CourseError
        If the key file cannot be read or is empty.
    """
    given = os.environ.get(VARIABLE, "").strip()
    if given:
        return given.encode("utf-8")
    path = Path(folder) / FILE_NAME
    if not path.exists():
        write_file(path, secrets.token_hex(32) + "\n", mode=0o600)
    try:
        key = path.read_bytes().strip()
    except OSError as error:
        raise CourseError(f"cannot read {path}: {reason(error)}; mend its permissions") from error
    if not key:
        raise CourseError(f"{path} is empty; expected the course key; restore it or delete it")
    return key


def same_course_key(folder):
    """The key that a graded folder was graded with; never a new one.

    Raises
    ------
    CourseError
        If it is gone: with another key, grades would be made of other inputs.
    """
    path = Path(folder) / FILE_NAME
    if not os.environ.get(VARIABLE, "").strip() and not path.exists():
        raise CourseError(
            f"{path} does not exist; expected the key that the class was graded with; restore it, "
            f"or set {VARIABLE}"
        )
    return course_key(folder)


def hidden_seed(key, student, assignment, exercise):
    """Seed of the hidden inputs of one exercise of one student: one of `DRAWS`.

    Parameters
    ----------
    key : bytes
        From `course_key`.
    student, assignment, exercise : str
        Names.

    Returns
    -------
    int
    """
    draw = _digest(key, student, assignment, exercise) % DRAWS
    return _digest(key, assignment, exercise, str(draw))


def _digest(key, *names):
    name = "\0".join(names).encode("utf-8")
    return int.from_bytes(hmac.digest(key, name, "sha256"), "big")
