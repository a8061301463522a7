"""Inputs that nobody can guess and everybody can check again.

The hidden inputs of one exercise follow from the course's secret key and the student's name:
each student meets other numbers, and grading again meets the same ones.
"""

import hmac
import os
import secrets
from pathlib import Path

import numpy as np

from selfattn_course.errors import CourseError
from selfattn_course.grading.atomic import reason, write_file

VARIABLE = "SELFATTN_COURSE_KEY"
FILE_NAME = "course.key"


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


def hidden_rng(key, student, assignment, exercise):
    """Random numbers for the hidden inputs of one exercise of one student."""
    name = "\0".join((student, assignment, exercise)).encode("utf-8")
    digest = hmac.digest(key, name, "sha256")
    return np.random.default_rng(int.from_bytes(digest, "big"))
