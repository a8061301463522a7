import re

import pytest

from selfattn_course.grading.feedback import feedback_page, feedback_path, write_feedback
from selfattn_course.grading.sandbox import CellResult

ATTACK = "<script>alert(1)</script>\"'><img src=x>{{ 7 * 7 }}"


def text_of(page):
    return " ".join(re.sub(r"<style>.*?</style>|<[^>]*>", " ", page, flags=re.DOTALL).split())


def test_page_shows_total_verdicts_and_hints(record):
    text = text_of(feedback_page(record(message="seen 1; expected 2", hint="try 3"), "Toys"))
    assert "Feedback for ada Toys 2 of 4 points 1 of 2 exercises right." in text
    assert "q0 Question 0 ✓ right 2 of 2" in text
    assert "q1 Question 1 ✗ not right yet 0 of 2 seen 1; expected 2 Hint. try 3" in text
    assert "SHA-256 00" in text


def test_not_graded_shows_no_score_and_blames_nobody(record):
    text = text_of(feedback_page(record(statuses=("ok", "not graded"), message="why"), "Toys"))
    assert "Not fully graded Something in the grader failed" in text
    assert "? not graded – of 2 why" in text
    assert "points 1 of 2" not in text


def test_own_cells_come_with_what_they_printed_and_how_they_ended(record):
    stub = "def f():\n    pass"
    cells = ("print(1)", "", "while True: pass", "def f():\n    return 1", stub, "x")
    ends = ("ok", "ok", "timeout", "ok", "ok", "skipped")
    results = [CellResult(end, "one" if i == 0 else "", ()) for i, end in enumerate(ends)]
    text = text_of(feedback_page(record(), "Toys", cells, results))
    assert "print(1) one while True: pass Stopped: it ran longer than allowed. def f():" in text
    assert "Not run: an unfilled copy of a function that another cell defines." in text
    assert "Only its definitions ran" in text
    assert feedback_page(record(), "Toys", cells, results).count("<article") == 5


def test_everything_that_others_wrote_is_escaped(record):
    page = feedback_page(
        record(ATTACK, message=ATTACK, hint=ATTACK, sha256=ATTACK),
        ATTACK,
        (ATTACK,),
        (CellResult("error", ATTACK, ({"output_type": "error", "traceback": [ATTACK]},)),),
    )
    assert "<script" not in page
    assert "<img" not in page
    assert "49" not in page
    assert page.count("&lt;script&gt;") == 10  # in every place


def test_page_may_load_and_run_nothing(record):
    page = feedback_page(record(), "Toys")
    (policy,) = re.findall(r'Content-Security-Policy" content="([^"]*)"', page)
    assert policy.startswith("default-src &#39;none&#39;; style-src &#39;sha256-")
    assert "unsafe" not in policy
    assert not re.findall(r'(?:src|href)="(?!data:|#)', page)
    assert 'style="' not in page


def test_page_depends_on_nothing_else(record):
    assert feedback_page(record(), "Toys") == feedback_page(record(), "Toys")


@pytest.mark.parametrize("student", ["%2e%2e", "a b", "<b>", "=1", "é"])
def test_page_lies_in_the_folder_of_its_student(tmp_path, record, student):
    write_feedback(tmp_path, record(student), "page")
    assert (tmp_path / "feedback" / student / "toy.html").read_text() == "page"
    assert feedback_path(tmp_path, student, "toy").resolve().is_relative_to(tmp_path / "feedback")
