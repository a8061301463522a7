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
    page = feedback_page(record(), "Toys", cells, results)
    text = text_of(page)
    assert "cell 1 print(1) Output of your code one Your code, cell 3 while True: pass" in text
    assert (
        "while True: pass Stopped: it ran longer than allowed. Your code, cell 4 def f():" in text
    )
    assert "Not run: an unfilled copy of a function that another cell defines." in text
    assert "Only its definitions ran" in text
    assert page.count('class="cell"') == 5


def test_each_answer_stands_with_its_verdict_and_the_rest_after_them(record):
    cells = (
        "import numpy",
        "def q1():\n    pass",
        "def q1():\n    return 1",
        "q0 = q2 = min",
        "q1()",
    )
    results = [CellResult("ok", f"printed {i}", ()) for i in range(5)]
    page = feedback_page(record(statuses=("ok", "wrong", "ok", "missing")), "Toys", cells, results)
    text = text_of(page)
    places = [
        "q0 Question 0 ✓ right 2 of 2 Your code, cell 4 q0 = q2 = min Output of your code",
        "q1 Question 1 ✗ not right yet 0 of 2 Your code, cell 3 def q1(): return 1",
        "q2 Question 2 ✓ right 2 of 2 Its code is in code cell 4 , further up.",
        "q3 Question 3 ✗ no answer 0 of 2 Up to the list",
        "The rest of your notebook Code cells that hold no answer",
        "Your code, cell 1 import numpy Output of your code printed 0",
        "Your code, cell 2 def q1(): pass Not run",
        "Your code, cell 5 q1() Output of your code printed 4",
    ]
    assert [text.count(place) for place in places] == [1] * len(places)
    assert sorted(places, key=text.index) == places
    assert len(re.findall(r'id="cell-\d"', page)) == 5


def test_list_at_the_top_leads_to_every_exercise(record):
    page = feedback_page(record(statuses=("ok",) * 12), "Toys")
    ids = set(re.findall(r' id="([^"]*)"', page))
    assert {f"exercise-{i}" for i in range(1, 13)} <= ids
    assert set(re.findall(r'href="#([^"]*)"', page)) <= ids
    assert "rest" not in ids


def test_ids_and_classes_of_the_page_are_its_own(record):
    fake = '<p id="exercise-1" class="mark good">✓ right</p>'
    results = [CellResult("ok", "", ({"data": {"text/html": fake}},))]
    page = feedback_page(record(statuses=("wrong",)), "Toys", ("q0 = 1",), results)
    assert page.count('class="mark good"') == 0
    assert page.count('id="exercise-1"') == 1
    assert "<p>✓ right</p>" in page


def test_nothing_of_the_known_mistake_is_on_the_page(record):
    page = feedback_page(record(statuses=("wrong",), mistake="secret name"), "Toys")
    assert "secret name" not in page


def test_characters_that_turn_the_direction_of_writing_are_spelled_out(record):
    page = feedback_page(
        record("ada\u202e", message="\u202eseen"), "Toys", ("x\u2067",), [CellResult("ok")]
    )
    assert not set("\u202e\u2067") & set(page)
    assert r"\u202eseen" in page


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
