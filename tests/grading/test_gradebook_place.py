import os

import pytest

from selfattn_course.errors import CourseError
from selfattn_course.grading.gradebook import update_gradebook
from selfattn_course.grading.gradebook_place import gradebook_url, note_gradebook
from selfattn_course.grading.manual import read_manual
from tests.grading.test_manual import give


def test_without_a_note_it_is_the_folder_s_own(tmp_path):
    assert gradebook_url(tmp_path) is None
    note_gradebook(tmp_path, None)
    assert not list(tmp_path.iterdir())


def test_later_commands_use_the_database_of_the_last_grading(tmp_path, record, final, monkeypatch):
    out, elsewhere = tmp_path / "out", tmp_path / "elsewhere"
    out.mkdir(), elsewhere.mkdir()
    monkeypatch.chdir(elsewhere)
    update_gradebook([final(record())], folder=out, db_url="sqlite:///gradebook.db")
    os.chdir(tmp_path)
    give(elsewhere, "ada", "q1", manual_score=1.5)
    assert read_manual(out).keys() == {("ada", "toy")}
    update_gradebook([final(record()), final(record("bea"))], folder=out)
    assert [path.name for path in out.iterdir()] == ["gradebook.url"]
    give(elsewhere, "bea", "q1", manual_score=1.5)


@pytest.mark.parametrize("where", ["u:secret@h/d", "u@h/d?password=secret"])
def test_passwords_are_not_kept_but_asked_for(tmp_path, where):
    note_gradebook(tmp_path, f"postgresql+psycopg://{where}")
    assert "secret" not in (tmp_path / "gradebook.url").read_text()
    with pytest.raises(CourseError, match="whose password is not kept; pass --db with the whole"):
        gradebook_url(tmp_path)
    assert gradebook_url(tmp_path, "sqlite:///x.db") == "sqlite:///x.db"


def test_a_database_that_failed_is_not_noted(tmp_path, record, final):
    with pytest.raises(CourseError, match="cannot update"):
        update_gradebook([final(record())], folder=tmp_path, db_url="sqlite:////nowhere/x.db")
    assert not list(tmp_path.iterdir())
