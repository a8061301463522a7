"""`selfattn similar` as an instructor runs it, on a few students of the sample class."""

import json
import shutil

import pytest

from selfattn_course.grading.ledger import Ledger
from selfattn_course.grading.record import Question, Record
from selfattn_course.sample_class import SLUG, sample_class

STUDENTS = ("ada", "hal", "ida", "joe", "gus", "yan")


@pytest.fixture
def folder(tmp_path):
    """Submissions, one of them copied, and a ledger that says one answer of it is wrong."""
    content = {one.student: one.content for one in sample_class()}
    for student in STUDENTS:
        path = tmp_path / "submitted" / student / SLUG / f"{SLUG}.ipynb"
        path.parent.mkdir(parents=True)
        path.write_bytes(content[student])
    shutil.copytree(tmp_path / "submitted" / "ida", tmp_path / "submitted" / "mal")
    (tmp_path / "graded").mkdir()
    wrong = Question("entropy_curve", "Entropy", 0.0, 1.0, "wrong")
    with Ledger(tmp_path / "graded") as ledger:
        for student in ("ida", "mal"):
            ledger.append(Record(student, SLUG, "00", "1.0", "full", (wrong,)))
    return tmp_path


@pytest.fixture
def similar(folder, run_selfattn, tmp_path):
    def similar(*options):
        place = ("--submitted", tmp_path / "submitted")
        (tmp_path / "here").mkdir(exist_ok=True)
        return run_selfattn("similar", folder / "graded", *place, *options, cwd=tmp_path / "here")

    return similar


def test_pairs_are_printed_and_the_page_written_and_nothing_else(similar, folder):
    finished = similar()
    assert finished.returncode == 0, finished.stderr
    title, _, first, *_ = finished.stdout.splitlines()
    assert title == f"{SLUG}: 5 submissions compared"
    assert first.split()[:4] == ["ida,", "mal", "100%", "100%"]
    assert "the same file" in first
    assert "entropy_curve (wrong)" in first
    assert "gus: not compared, it holds nothing but the given code" in finished.stdout
    assert "yan: not compared, The file is empty" in finished.stdout
    assert "Similarity is a reason to look, no proof." in finished.stdout
    assert "def entropy_curve" in (folder / "graded" / "similar.html").read_text()
    assert {path.name for path in (folder / "graded").iterdir()} == {
        "ledger.jsonl",
        "similar.html",
    }
    assert list((folder / "here").iterdir()) == []


def test_results_do_not_hang_on_the_hashes_of_one_process(similar, monkeypatch):
    results = []
    for seed in ("1", "2"):
        monkeypatch.setenv("PYTHONHASHSEED", seed)
        results.append(json.loads(similar("--json").stdout))
    assert results[0] == results[1]
    (assignment,) = results[0]["assignments"]
    assert assignment["pairs"][0]["same_file"] is True


def test_one_submission_cannot_be_compared(similar, folder):
    for student in (*STUDENTS[1:], "mal"):
        shutil.rmtree(folder / "submitted" / student)
    finished = similar()
    assert finished.returncode == 2
    assert "1 submission" in finished.stderr
    assert "expected at least two for one assignment" in finished.stderr


def test_unknown_assignment_and_threshold(similar):
    finished = similar("--assignment", "ch99_nothing")
    assert finished.returncode == 2
    assert "ch99_nothing is no assignment" in finished.stderr
    assert similar("--threshold", "1.5").returncode == 2


def test_where_the_submissions_lie_must_be_known(folder, run_selfattn):
    finished = run_selfattn("similar", folder / "graded")
    assert finished.returncode == 2
    assert "give its path with --submitted" in finished.stderr
