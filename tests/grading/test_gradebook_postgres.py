"""The gradebook in a real PostgreSQL server."""

import sys
from dataclasses import replace
from datetime import UTC, datetime
from urllib.parse import quote

import pytest
from nbgrader.api import Gradebook
from sqlalchemy import MetaData, create_engine, select

from selfattn_course.errors import NotGradedError
from selfattn_course.grading import gradebook_database
from selfattn_course.grading.gradebook import update_gradebook
from selfattn_course.grading.manual import ByHand, read_manual
from tests.grading.postgres import PASSWORD, server

pytestmark = pytest.mark.usefixtures("quick_gradebook")
DUE = {"toy": datetime(2026, 11, 20, 22, 59, tzinfo=UTC)}


@pytest.fixture(scope="module")
def port():
    with server() as port:
        yield port


@pytest.fixture
def url(port):
    """Of a new, empty database."""
    import psycopg

    where = {"host": "127.0.0.1", "port": port, "user": "postgres", "password": PASSWORD}
    with psycopg.connect(**where, dbname="postgres", autocommit=True) as server:
        server.execute("DROP DATABASE IF EXISTS course WITH (FORCE)")
        server.execute("CREATE DATABASE course")
    return f"postgresql://postgres:{quote(PASSWORD)}@127.0.0.1:{port}/course"


@pytest.fixture
def grades(record, final):
    late = replace(record("bea", message="seen", hint="try"), handed_in="2026-11-21T18:30:00+00:00")
    half = record("ada", statuses=("not graded", "ok"))
    return [final(half), final(late, days_late=1, penalty=0.4), final(record("ada", "other"))]


def rows(url):
    """All rows of all tables, and PostgreSQL's number of the transaction that wrote each."""
    engine = create_engine(gradebook_database.database_url(url))
    tables = MetaData()
    with engine.begin() as connection:
        tables.reflect(connection)
        found = {
            name: sorted(map(repr, connection.execute(select(table)).mappings()))
            for name, table in tables.tables.items()
        }
        written = {}
        if engine.name == "postgresql":
            for name in found:
                query = f"SELECT xmin::text, ctid::text FROM {name}"
                written[name] = sorted(map(tuple, connection.exec_driver_sql(query)))
    engine.dispose()
    return found, written


def test_rows_are_those_of_sqlite(url, grades, tmp_path):
    update_gradebook(grades, db_url=url, due=DUE)
    update_gradebook(grades, folder=tmp_path, due=DUE)
    ours, _ = rows(url)
    assert ours == rows(f"sqlite:///{tmp_path}/gradebook.db")[0]
    assert len(ours["grade"]) == 6
    assert "2026, 11, 20, 22, 59" in ours["assignment"][1] + ours["assignment"][0]


def test_a_second_run_writes_no_row(url, grades):
    update_gradebook(grades, db_url=url, due=DUE)
    before = rows(url)
    update_gradebook(grades, db_url=url, due=DUE)
    assert rows(url) == before


def test_nbgrader_reads_and_writes_it(url, grades):
    update_gradebook(grades, db_url=url)
    driver = url.replace("postgresql:", "postgresql+psycopg:")
    with Gradebook(driver, "selfattn") as book:
        assert book.find_submission("toy", "bea").score == 2.0
        assert book.find_submission("toy", "ada").needs_manual_grade
        book.find_grade("check_q0", "toy", "toy", "ada").manual_score = 1.5
        book.db.commit()
    assert read_manual("/nowhere", url) == {("ada", "toy"): {"q0": ByHand(1.5)}}
    update_gradebook(grades, db_url=url)
    assert read_manual("/nowhere", url) == {("ada", "toy"): {"q0": ByHand(1.5)}}


def test_an_empty_database_holds_no_points(url):
    assert read_manual("/nowhere", url) == {}
    assert rows(url)[0] == {}


def test_nothing_is_written_where_one_row_cannot_be(url, grades, record, final):
    update_gradebook(grades, db_url=url)
    before = rows(url)
    with pytest.raises(NotGradedError, match="cannot update the gradebook .*too long"):
        update_gradebook([final(record("new")), final(record("x" * 200))], db_url=url)
    assert rows(url) == before


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        ((quote(PASSWORD), "wrong-secret"), "password authentication failed"),
        (("127.0.0.1", "nowhere.invalid"), "nowhere.invalid"),
        (("/course", "/none"), 'database "none" does not exist'),
        ((quote(PASSWORD), "my@secret"), "holds an @; write it as %40"),
    ],
)
def test_what_is_wrong_is_one_sentence_without_the_password(url, grades, change, problem):
    with pytest.raises(NotGradedError, match=problem) as failed:
        update_gradebook(grades, db_url=url.replace(*change))
    assert "secret" not in str(failed.value)
    assert PASSWORD not in str(failed.value)
    assert "\n" not in str(failed.value)


def test_a_server_that_is_down_is_one_sentence(grades):
    with pytest.raises(NotGradedError, match="postgres:.*@127.0.0.1:9/course: .*refused") as failed:
        update_gradebook(grades, db_url="postgresql://postgres:secret@127.0.0.1:9/course")
    assert "secret" not in str(failed.value)


def test_a_missing_driver_says_what_to_install(grades, monkeypatch):
    monkeypatch.setitem(sys.modules, "psycopg", None)
    monkeypatch.setattr(gradebook_database, "find_spec", lambda name: None)
    with pytest.raises(NotGradedError, match=r"pip install 'selfattn_course\[postgres\]'"):
        update_gradebook(grades, db_url="postgresql://postgres:secret@127.0.0.1:9/course")
