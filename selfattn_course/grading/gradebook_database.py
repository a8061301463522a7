"""nbgrader's database, open for one transaction, with tables in it."""

import contextlib
from importlib.util import find_spec
from pathlib import Path

from sqlalchemy import MetaData, create_engine, event, inspect
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError, SQLAlchemyError

from selfattn_course.grading.gradebook import COURSE_ID
from selfattn_course.grading.gradebook_schema import make_with_nbgrader, shipped_schema

CONNECT_S = 10  # seconds to wait for a database server
NEEDED = {
    "course": "id",
    "student": "id first_name last_name email",
    "assignment": "id name duedate course_id",
    "notebook": "id name assignment_id",
    "base_cell": "id name notebook_id type",
    "grade_cells": "id max_score cell_type",
    "solution_cells": "id",
    "submitted_assignment": "id assignment_id student_id timestamp",
    "submitted_notebook": "id assignment_id notebook_id flagged late_submission_penalty",
    "grade": "id notebook_id cell_id auto_score manual_score extra_credit needs_manual_grade",
    "comment": "id notebook_id cell_id auto_comment manual_comment",
}


class BadDatabase(Exception):
    """A database that cannot be used; the message says why, and what to do."""


@contextlib.contextmanager
def opened(url, *, make=True):
    """A connection inside a transaction, and nbgrader's tables by name.

    Parameters
    ----------
    url : sqlalchemy URL
        From `database_url`.
    make : bool
        Whether to add tables that are missing.

    Yields
    ------
    tuple of (Connection, dict of str to Table)
        What is written is kept if the block ends well, all of it, else none. The dict is empty if
        there are no tables and none were to be made.

    Raises
    ------
    BadDatabase
        If the tables are not those of this nbgrader.
    """
    engine = _engine(url, "BEGIN IMMEDIATE" if make else "BEGIN")
    try:
        if make:
            _make_tables(engine, url)
        with engine.begin() as connection:
            yield connection, _tables(connection)
    except BaseException:
        engine.dispose()
        _roll_back(engine)
        raise
    finally:
        engine.dispose()


def _roll_back(engine):
    """Let SQLite undo what it could not on a full disk: the next one to open the file does it."""
    if engine.name == "sqlite" and Path(engine.url.database or "").is_file():
        with contextlib.suppress(SQLAlchemyError), engine.begin() as connection:
            inspect(connection).get_table_names()


def database_url(text):
    """The URL of a database, with a driver that is installed.

    Raises
    ------
    BadDatabase
        If it is no URL, or its driver is missing. The message holds no password.
    """
    try:
        url = make_url(text)
    except (ArgumentError, ValueError):
        raise BadDatabase(
            "it is no URL of a database; expected sqlite:///FILE or postgresql://USER@HOST/NAME"
        ) from None
    if "@" in (url.host or ""):
        raise BadDatabase("its user name or password holds an @; write it as %40")
    if url.get_backend_name() in ("postgresql", "postgres"):
        return _with_driver(url)
    return url


def shown(url):
    """A URL without what is secret in it."""
    return url.set(query={}).render_as_string(hide_password=True)


def _with_driver(url):
    if url.drivername in ("postgresql", "postgres"):
        driver = "psycopg2" if find_spec("psycopg2") else "psycopg"
        url = url.set(drivername=f"postgresql+{driver}")
    if url.drivername == "postgresql+psycopg" and not find_spec("psycopg"):
        raise BadDatabase(
            "the PostgreSQL driver is not installed; run: pip install 'selfattn_course[postgres]'"
        )
    return url


def _engine(url, begin):
    if url.get_backend_name() == "sqlite":
        # Python's sqlite3 would begin only before the first row that is written: what was read
        # until then could have changed
        engine = create_engine(url, connect_args={"isolation_level": None})
        event.listen(engine, "begin", lambda connection: connection.exec_driver_sql(begin))
        return engine
    waits = url.drivername.startswith("postgresql") and "connect_timeout" not in url.query
    return create_engine(url, connect_args={"connect_timeout": CONNECT_S} if waits else {})


def _make_tables(engine, url):
    there = set(inspect(engine).get_table_names())
    if NEEDED.keys() <= there:
        return
    statements = shipped_schema() if not there and url.get_backend_name() == "sqlite" else ()
    if not statements:
        make_with_nbgrader(url.render_as_string(hide_password=False), COURSE_ID)
        return
    with engine.begin() as connection:
        for statement in statements:
            connection.exec_driver_sql(statement)


def _tables(connection):
    there = set(inspect(connection).get_table_names()) & NEEDED.keys()
    if not there:
        return {}
    metadata = MetaData()
    metadata.reflect(connection, only=there, resolve_fks=False)
    for name, columns in NEEDED.items():
        found = metadata.tables[name].c.keys() if name in there else ()
        if missing := set(columns.split()).difference(found):
            raise BadDatabase(
                f"its table {name} has no column {min(missing)}; it was made by another version "
                "of nbgrader; run: nbgrader db upgrade"
            )
    return dict(metadata.tables)
