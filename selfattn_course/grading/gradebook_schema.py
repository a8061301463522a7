"""The tables of a new SQLite gradebook, as nbgrader makes them, without starting nbgrader.

nbgrader takes two seconds to import and as long again to make a database. gradebook_schema.sql
holds what it makes, and names the version that made it; with any other version installed, nbgrader
makes the tables itself. To write the file anew after nbgrader changed:

    python -m selfattn_course.grading.gradebook_schema
"""

import os
import sqlite3
import sys
import tempfile
from contextlib import closing, contextmanager
from importlib.metadata import version
from pathlib import Path

from selfattn_course.grading.atomic import write_file

SCHEMA = Path(__file__).with_name("gradebook_schema.sql")
_MADE_BY = "-- nbgrader "


def shipped_schema():
    """The statements for an empty SQLite database, if the installed nbgrader would use the same.

    Returns
    -------
    tuple of str
        Empty where another version of nbgrader is installed.
    """
    head, *statements = SCHEMA.read_text("utf-8").rstrip().rstrip(";").split(";\n")
    made_by, first = head.split("\n", 1)
    if made_by != _MADE_BY + version("nbgrader"):
        return ()
    return (first, *statements)


def nbgrader_schema():
    """The same, read from a database that the installed nbgrader makes now."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "gradebook.db"
        make_with_nbgrader(f"sqlite:///{path}", "any")
        with closing(sqlite3.connect(path)) as db:
            query = "SELECT sql FROM sqlite_master WHERE sql IS NOT NULL ORDER BY rowid"
            made = [sql for (sql,) in db.execute(query)]
            (revision,) = db.execute("SELECT version_num FROM alembic_version").fetchone()
    lines = ("\n".join(line.rstrip() for line in sql.splitlines()) for sql in made)
    return (*lines, f"INSERT INTO alembic_version VALUES ('{revision}')")


def make_with_nbgrader(db_url, course_id):
    """Let nbgrader add to a database whatever it misses there.

    Parameters
    ----------
    db_url, course_id : str
        As for nbgrader.
    """
    from nbgrader.api import Gradebook

    with _scripts_on_path(), Gradebook(db_url, course_id) as book:
        engine = book.engine
    engine.dispose()


@contextmanager
def _scripts_on_path():
    """nbgrader starts `alembic` by its bare name to make a database."""
    before = os.environ.get("PATH", "")
    os.environ["PATH"] = os.pathsep.join((str(Path(sys.executable).parent), before))
    try:
        yield
    finally:
        os.environ["PATH"] = before


def _write():
    statements = "".join(f"{sql};\n" for sql in nbgrader_schema())
    write_file(SCHEMA, f"{_MADE_BY}{version('nbgrader')}\n{statements}")


if __name__ == "__main__":
    _write()
