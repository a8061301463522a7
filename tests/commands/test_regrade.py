"""`selfattn regrade` as an instructor runs it, on one student of the sample class."""

import json
from dataclasses import replace

import pytest

from selfattn_course.commands.regrade import print_summary
from selfattn_course.grading.ledger import Ledger, read_ledger
from selfattn_course.grading.record import Question, Record
from selfattn_course.grading.regrade import RegradeResult
from selfattn_course.grading.regraded import Regraded
from selfattn_course.sample_class import SLUG, sample_class


@pytest.fixture(scope="module")
def folder(tmp_path_factory, run_selfattn):
    """Graded by an older grader, which took two right answers for wrong."""
    folder = tmp_path_factory.mktemp("regrade")
    notebook = folder / "submitted" / "ada" / SLUG / f"{SLUG}.ipynb"
    notebook.parent.mkdir(parents=True)
    ada = next(one for one in sample_class() if one.student == "ada")
    notebook.write_bytes(ada.content)
    out = folder / "graded"
    finished = run_selfattn("grade", folder / "submitted", "--out", out, "--trust-submissions")
    assert finished.returncode == 0, finished.stderr
    (record,) = read_ledger(out)
    wrong = [
        replace(question, score=0.0, status="wrong", message="\x1b[31m too strict")
        if number < 2
        else question
        for number, question in enumerate(record.questions)
    ]
    with Ledger(out) as ledger:
        ledger.append(replace(record, questions=tuple(wrong), grader_version="0.0+old"))
    return folder


@pytest.fixture
def regrade(folder, run_selfattn):
    return lambda *options: run_selfattn(
        "regrade", folder / "graded", "--trust-submissions", *options
    )


def test_dry_run_prints_who_changes_and_from_what(folder, regrade):
    before = (folder / "graded" / "ledger.jsonl").read_bytes()
    name = read_ledger(folder / "graded")[0].questions[0].name
    finished = regrade("--dry-run", "--exercise", name)
    assert finished.returncode == 0, finished.stderr
    line, in_all, totals, end = finished.stdout.splitlines()
    assert line.split()[:3] == ["ada", SLUG, name]
    assert "wrong -> ok" in line
    assert in_all.split()[2:] == ["in", "all", "30", "->", "33", "of", "35"]
    assert "0.0+old -> " in line
    assert totals == "1 regraded, 0 unchanged, 1 changed (1 up, 0 down), 0 left alone."
    assert end == "Nothing was written."
    assert (folder / "graded" / "ledger.jsonl").read_bytes() == before


def test_json_is_one_object(regrade):
    summary = json.loads(regrade("--dry-run", "--json").stdout)
    assert (summary["changed"], summary["up"], summary["complete"]) == (1, 1, True)
    change = summary["changes"][0]
    assert (change["before"]["status"], change["after"]["status"]) == ("wrong", "ok")


def test_unknown_exercise_leaves_with_two(regrade):
    finished = regrade("--exercise", "sofmax")
    assert finished.returncode == 2
    assert "sofmax is no exercise that was graded here; expected one of: " in finished.stderr
    assert "Traceback" not in finished.stderr


def test_what_is_left_alone_is_said_and_leaves_with_three(regrade, tmp_path):
    finished = regrade("--submitted", tmp_path)
    assert finished.returncode == 3
    assert f"ada {SLUG}: the file that was graded is not there any more" in finished.stdout


def test_folder_without_a_ledger(run_selfattn, tmp_path):
    finished = run_selfattn("regrade", tmp_path)
    assert finished.returncode == 2
    assert "holds no ledger.jsonl" in finished.stderr


def test_what_students_wrote_does_not_steer_the_terminal(capsys):
    wrong = Question("softmax", "Softmax", 0.0, 1.0, "error", "\x1b[31mred\x07", "Divide.")
    right = replace(wrong, score=1.0, status="ok", message="", hint="")
    before = Record("ada", SLUG, "00", "1.0", "full", (right,))
    after = replace(before, questions=(wrong,), grader_version="1.1")
    print_summary(RegradeResult((Regraded(before, after),), (), ()), "out", False)
    out = capsys.readouterr().out
    assert "softmax  1 -> 0  ok -> error  1.0 -> 1.1\n    now: red Divide." in out
    assert "1 changed (0 up, 1 down)" in out
    assert "\x1b" not in out
