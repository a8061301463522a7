"""Replay the grades into nbgrader's own gradebook, so that its tools go on working.

Rows are read and written in bulk through nbgrader's tables: its functions for single grades
commit each time, which is some ten times slower. A gradebook that is up to date is not touched.
"""

import contextlib
import os
import sys
from itertools import groupby
from pathlib import Path
from subprocess import CalledProcessError

from selfattn_course.errors import NotGradedError

COURSE_ID = "selfattn"
FILE_NAME = "gradebook.db"


def update_gradebook(records, *, folder=None, db_url=None):
    """Bring a gradebook up to date with `records`.

    Students, assignments, notebooks, grade cells `check_NAME` and solution cells `NAME` that
    are missing are added; scores given by hand, and anything else in the gradebook, stay.

    Parameters
    ----------
    records : sequence of Record
        The records that count.
    folder : Path, optional
        Folder whose gradebook.db to update; made if need be.
    db_url : str, optional
        A database instead, as for nbgrader: sqlite:///FILE or postgresql://...

    Raises
    ------
    NotGradedError
        If the database cannot be written; it is then as it was before.
    """
    from nbgrader.api import InvalidEntry  # imported here: it takes two seconds
    from sqlalchemy.exc import SQLAlchemyError

    try:
        if db_url is None:
            with _new_or_same(Path(folder) / FILE_NAME) as path:
                _replay(records, f"sqlite:///{path}")
        else:
            _replay(records, db_url)
    except (SQLAlchemyError, InvalidEntry, OSError, CalledProcessError, ImportError) as error:
        where = f"{folder}/{FILE_NAME}" if db_url is None else _without_password(db_url)
        raise NotGradedError(
            f"cannot update the gradebook {where}: {_first_line(error)}; the grades are safe in "
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


def _replay(records, db_url):
    from nbgrader.api import Gradebook

    from selfattn_course.grading.gradebook_rows import replay_assignment

    by_assignment = sorted(records, key=lambda record: (record.assignment, record.student))
    with _scripts_on_path(), Gradebook(db_url, COURSE_ID) as book:
        for slug, group in groupby(by_assignment, key=lambda record: record.assignment):
            replay_assignment(book.db, COURSE_ID, slug, list(group))
        book.db.commit()


@contextlib.contextmanager
def _scripts_on_path():
    """nbgrader starts `alembic` by its bare name to make a database."""
    before = os.environ.get("PATH", "")
    os.environ["PATH"] = os.pathsep.join((str(Path(sys.executable).parent), before))
    try:
        yield
    finally:
        os.environ["PATH"] = before


def _without_password(db_url):
    from sqlalchemy.engine import make_url
    from sqlalchemy.exc import ArgumentError

    try:
        return make_url(db_url).render_as_string(hide_password=True)
    except ArgumentError:
        return "given by --db"


def _first_line(error):
    return (str(getattr(error, "orig", None) or error) or type(error).__name__).splitlines()[0]
