import json

import pytest

from selfattn_course import layout
from selfattn_course.sample_class import SLUG, sample_class

CLASS = {submission.student: submission for submission in sample_class()}


@pytest.fixture
def checked(run_selfattn, tmp_path):
    def check(student, *options, name=f"{SLUG}.ipynb"):
        path = tmp_path / name
        path.write_bytes(CLASS[student].content)
        return run_selfattn("check", path, *options)

    return check


def test_right_notebook_passes(checked):
    finished = checked("ada")
    assert finished.returncode == 0, finished.stdout
    assert finished.stdout.strip().endswith("35 of 35 points")


def test_untouched_notebook_fails_with_advice(run_selfattn):
    finished = run_selfattn("check", layout.EXERCISES / f"{SLUG}.ipynb")
    assert finished.returncode == 1
    assert "softmax is not written yet." in finished.stdout
    assert finished.stdout.strip().endswith("0 of 35 points")


def test_mistake_gets_its_hint(checked):
    finished = checked("hal")
    assert finished.returncode == 1
    assert "Hint: " in finished.stdout
    assert "expected" in finished.stdout


def test_json_is_one_ledger_line(checked):
    record = json.loads(checked("ben", "--json").stdout)
    right = {question["name"] for question in record["questions"] if question["status"] == "ok"}
    assert right == CLASS["ben"].right
    assert record["assignment"] == SLUG


def test_any_file_name_will_do(checked):
    assert checked("ada", name="my copy (2).ipynb").returncode == 0
