"""Replay the grades into nbgrader's own gradebook, so that its tools go on working.

Rows are read and written in bulk and without importing nbgrader, which takes longer than grading
a small class. A gradebook that is up to date is not touched. All that this adds has ids made of
names, so two gradebooks of the same grades are equal row for row.
"""

import contextlib
import os
from pathlib import Path
from subprocess import CalledProcessError

from selfattn_course.errors import NotGradedError
from selfattn_course.grading.gradebook_place import gradebook_url, note_gradebook

COURSE_ID = "selfattn"
FILE_NAME = "gradebook.db"
CHECK = "check_"  # grade cells are called check_NAME


def update_gradebook(grades, *, folder=None, db_url=None, due=None):
    """Bring a gradebook up to date with the grades that count.

    Students, assignments, notebooks, grade cells `check_NAME` and solution cells `NAME` that
    are missing are added; scores given by hand, and anything else in the gradebook, stay.

    Parameters
    ----------
    grades : sequence of FinalGrade
        What counts, one for each student and assignment.
    folder : Path, optional
        Folder whose gradebook.db to update; made if need be.
    db_url : str, optional
        A database instead, as for nbgrader: sqlite:///FILE or postgresql://... If it is not
        given, the one that was used for this folder last; see `gradebook_place.py`.
    due : dict of str to datetime, optional
        When assignments are due. The due dates of others stay as they are.

    Raises
    ------
    NotGradedError
        If the database cannot be written; it is then as it was before.
    """
    from selfattn_course.grading.gradebook_rows import replay  # SQLAlchemy takes 0.2 s to import

    def write(url):
        from selfattn_course.grading.gradebook_database import opened

        with opened(url) as (connection, tables):
            replay(connection, tables, grades, due or {})

    with _faults_of(folder, db_url, "update") as url:
        if url is None:
            with _new_or_same(Path(folder) / FILE_NAME) as path:
                write(_sqlite(path))
        else:
            write(url)
            if folder is not None:
                note_gradebook(folder, db_url)


@contextlib.contextmanager
def reading_gradebook(folder, db_url=None):
    """A connection to a gradebook and its tables by name; None where there is no gradebook.

    Raises
    ------
    NotGradedError
        If the database cannot be read.
    """
    with _faults_of(folder, db_url, "read") as url:
        path = Path(folder) / FILE_NAME
        if url is None and not path.exists():
            yield None
            return
        from selfattn_course.grading.gradebook_database import opened

        with opened(url or _sqlite(path), make=False) as (connection, tables):
            yield (connection, tables) if tables else None


@contextlib.contextmanager
def _faults_of(folder, db_url, what):
    """The database that is named, or None; what goes wrong with it becomes one sentence."""
    from sqlalchemy.exc import SQLAlchemyError

    from selfattn_course.grading.gradebook_database import BadDatabase, database_url, shown

    db_url = db_url if folder is None else gradebook_url(folder, db_url)
    where = f"{folder}/{FILE_NAME}" if db_url is None else "given by --db"
    try:
        url = None if db_url is None else database_url(db_url)
        where = where if url is None else shown(url)
        yield url
    except (SQLAlchemyError, BadDatabase, OSError, CalledProcessError, ImportError) as error:
        raise NotGradedError(
            f"cannot {what} the gradebook {where}: {_first_line(error)}; the grades are safe in "
            "the ledger; mend this and run the same command again"
        ) from error


@contextlib.contextmanager
def _new_or_same(path):
    """A gradebook that is there, or a new one that only takes its name once it is complete."""
    if path.exists():
        yield path
        return
    unfinished = path.with_name(f".writing-{path.name}")
    unfinished.unlink(missing_ok=True)
    try:
        yield unfinished
        os.replace(unfinished, path)
    finally:
        unfinished.unlink(missing_ok=True)


def _sqlite(path):
    from sqlalchemy.engine import URL

    return URL.create("sqlite", database=str(path))  # a path may hold ? and #


def _first_line(error):
    return (str(getattr(error, "orig", None) or error) or type(error).__name__).splitlines()[0]
