import sqlite3
from contextlib import closing

import pytest

from selfattn_course.grading import gradebook_schema
from selfattn_course.grading.gradebook import update_gradebook
from selfattn_course.grading.gradebook_schema import nbgrader_schema, shipped_schema


def tables(path):
    with closing(sqlite3.connect(path)) as db:
        return {name for (name,) in db.execute("SELECT name FROM sqlite_master")}


def test_shipped_schema_is_what_the_installed_nbgrader_makes():
    assert shipped_schema() == nbgrader_schema(), (
        "nbgrader has changed; run: python -m selfattn_course.grading.gradebook_schema"
    )


def test_another_version_of_nbgrader_makes_its_own_tables(tmp_path, record, final, monkeypatch):
    monkeypatch.setattr(gradebook_schema, "version", lambda name: "99.0")
    assert shipped_schema() == ()
    monkeypatch.setenv("PATH", "/nowhere")  # alembic is found beside Python
    update_gradebook([final(record())], folder=tmp_path)
    assert "alembic_version" in tables(tmp_path / "gradebook.db")


def test_nbgrader_is_only_asked_where_the_schema_is_not_known(tmp_path, record, final, monkeypatch):
    def asked(url, course):
        raise OSError("nbgrader was asked")

    monkeypatch.setattr("selfattn_course.grading.gradebook_database.make_with_nbgrader", asked)
    update_gradebook([final(record())], folder=tmp_path)
    monkeypatch.setattr(gradebook_schema, "version", lambda name: "99.0")
    with pytest.raises(Exception, match="nbgrader was asked"):
        update_gradebook([final(record())], db_url=f"sqlite:///{tmp_path}/other.db")
