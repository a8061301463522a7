import sqlite3
from contextlib import closing

import pytest
from nbgrader.api import Gradebook

from selfattn_course.grading import gradebook


@pytest.fixture
def update(tmp_path, final):
    """Brings the gradebook up to date with records; returns nbgrader's scores of the students."""

    def go(*records):
        gradebook.update_gradebook([*map(final, records)], folder=tmp_path)
        with Gradebook(f"sqlite:///{tmp_path}/gradebook.db", "selfattn") as book:
            most = book.find_assignment("toy").max_score
            return {
                one.student.id: one.score for one in book.find_assignment("toy").submissions
            }, most

    return go


def cells(folder):
    with closing(sqlite3.connect(folder / "gradebook.db")) as db:
        return sorted(name for (name,) in db.execute("SELECT name FROM base_cell"))


ALL = ("ok", "ok", "ok")


def test_a_question_that_is_no_more_is_taken_out(update, record, tmp_path):
    assert update(record(statuses=ALL), record("bea", statuses=ALL)) == ({"ada": 6, "bea": 6}, 6)
    assert update(record(), record("bea")) == ({"ada": 2, "bea": 2}, 4)
    assert cells(tmp_path) == ["check_q0", "check_q1", "q0", "q1"]
    update(record(statuses=ALL), record("bea"))
    assert update(record(), record("bea")) == ({"ada": 2, "bea": 2}, 4)


def test_it_stays_for_those_whose_grade_has_it(update, record, tmp_path):
    update(record(statuses=ALL), record("bea", statuses=ALL))
    assert update(record(), record("bea", statuses=ALL)) == ({"ada": 2, "bea": 6}, 6)


def test_it_is_as_if_it_never_was(update, record, tmp_path):
    update(record())
    with closing(sqlite3.connect(tmp_path / "gradebook.db")) as db:
        before = list(db.iterdump())
    update(record(statuses=ALL))
    update(record())
    with closing(sqlite3.connect(tmp_path / "gradebook.db")) as db:
        assert list(db.iterdump()) == before


def test_what_people_gave_stays(update, record, tmp_path):
    update(record(statuses=ALL), record("bea", statuses=ALL))
    with Gradebook(f"sqlite:///{tmp_path}/gradebook.db", "selfattn") as book:
        book.find_grade("check_q2", "toy", "toy", "ada").manual_score = 1.5
        book.find_comment("q2", "toy", "toy", "bea").manual_comment = "well done"
        book.db.commit()
    assert update(record(), record("bea")) == ({"ada": 3.5, "bea": 2}, 6)
    with Gradebook(f"sqlite:///{tmp_path}/gradebook.db", "selfattn") as book:
        assert book.find_comment("q2", "toy", "toy", "bea").comment == "well done"


def test_what_others_added_stays(update, record, tmp_path):
    update(record("zoe", statuses=ALL))  # of another class
    with Gradebook(f"sqlite:///{tmp_path}/gradebook.db", "selfattn") as book:
        book.add_grade_cell("essay", "toy", "toy", max_score=5.0, cell_type="markdown")
    assert update(record("ada")) == ({"ada": 2, "zoe": 6}, 11)
    assert "essay" in cells(tmp_path)
