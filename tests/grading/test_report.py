import re
from dataclasses import replace
from urllib.parse import unquote

import pytest

from selfattn_course.grading.report import write_report
from selfattn_course.grading.roster import Roster


@pytest.fixture
def page(tmp_path, final):
    """Writes the report of some records, or final grades, and returns its text."""

    def make(records, **roster):
        grades = [one if hasattr(one, "attempts") else final(one) for one in records]
        write_report(tmp_path, grades, Roster(**roster))
        return (tmp_path / "report.html").read_text("utf-8")

    return make


def text_of(page):
    return " ".join(re.sub(r"<style>.*?</style>|<[^>]*>", " ", page, flags=re.DOTALL).split())


def test_overview_says_how_the_class_did(page, record):
    records = [record(), record("bea", sha256="1"), record("cyn", statuses=("ok", "ok"))]
    text = text_of(page(records, titles={"toy": "Toys"}, students=["zoe"]))
    assert "Students 4 Submissions 3 Not graded 0 Late 0" in text
    assert "Toys Submitted 3 of 4. Median 2 , mean 2.67 of 4 points." in text
    assert "Least often right: 33 % q1" in text


def test_page_names_what_was_not_graded_and_how_it_was_run(page, record):
    records = [record("dan", statuses=("not graded",), message="why not")]
    text = text_of(page(records, refused=["a: link"], notices=["b: stray"]))
    assert "Not graded 1 Late" in text
    assert "could not be graded Submissions that were refused a: link Not graded: toy" in text
    assert "dan , q0 : why not" in text
    assert text.index("dan , q0") < text.index("Distribution")
    assert "Passed over b: stray" in text
    assert "Sandbox level full" in text
    assert "Grader version 1.0." in text
    assert "forge" not in text


def test_mistakes_come_with_their_hint_and_names(page, record):
    known = record("bea", statuses=("wrong",), mistake="sign", message="seen")
    facts = {"difficulty": 2, "minutes": 9, "mistakes": {"sign": "Change the `sign`."}}
    html = page([record("ada", statuses=("ok",)), known], exercises={"toy": {"q0": facts}})
    text = text_of(html)
    assert "50 % right (1 of 2); expected difficulty 2 of 5, 9 minutes" in text
    assert "1× sign. Change the sign . bea" in text
    assert "<code>sign</code>" in html


def test_scores_changed_by_hand_or_for_lateness_say_how(page, record, final):
    grades = [
        final(record("ada"), attempt=2, attempts=3),
        final(record("bea"), penalty=0.5, days_late=1, manual={"q1": 1.5}, score=3.0),
    ]
    text = text_of(page(grades))
    assert "ada 2 2 of 3 ✗ not right yet : q1" in text
    assert "bea 3 automatic 2 by hand 1.5: q1 late −0.5 ✗ not right yet : q1" in text
    assert "Late Handed in after the due time: 1 submission bea : 1 day, −0.5 points" in text
    assert "More than one attempt 1" in text


def test_unusual_submissions_are_listed_with_the_rule(page, record, final):
    quick = [replace(record(f"s{i}", sha256=f"{i}"), cpu_s=0.5) for i in range(5)]
    slow = replace(record("slow", statuses=("ok", "timeout"), sha256="7"), cpu_s=9.0)
    alike = [record("ann", sha256="8"), final(record("bob", sha256="8"), attempts=5)]
    text = text_of(page([*quick, slow, *alike]))
    assert "More than 3 times the processor time of the submission in the middle, 0.5 s" in text
    assert "slow 9.0 s ." in text
    assert "slow : q1 took too long" in text
    assert "4 or more, at most the 10 with most: bob 5." in text
    assert "notebooks without any answer are left out: ann , bob" in text


def test_a_class_without_anything_unusual_has_no_such_part(page, record):
    assert "unusual submissions" not in page([record()])


def test_long_tables_are_folded(page, record):
    assert page([record(f"s{i}", sha256=f"{i}") for i in range(200)]).count("<details open>") == 1
    many = page([record(f"s{i}", sha256=f"{i}") for i in range(201)])
    assert "<details open>" not in many
    assert "201 submissions" in many


def test_all_questions_of_one_fate_are_counted_not_listed(page, record):
    text = text_of(page([record(statuses=("missing",) * 4)]))
    assert "✗ no answer : all 4" in text


def test_grades_without_isolation_carry_a_warning(page, record):
    records = [record(), replace(record("bea"), sandbox_level="process")]
    assert "can forge its own grade" in page(records)


def test_empty_class_gives_a_page_that_says_so(page):
    assert "Nothing has been graded yet." in page([], students=["zoe"])


def test_links_lead_to_the_feedback_whatever_the_name(page, record):
    names = ["a b", "50%", "#1?", '"><script>', "é", "a&b", "%2e"]
    html = page([record(name, sha256=name) for name in names])
    table = html[html.index("Students who submitted") :]
    links = [link.replace("&amp;", "&") for link in re.findall(r'href="(feedback[^"]*)"', table)]
    assert [unquote(link) for link in links] == [
        f"feedback/{name}/toy.html" for name in sorted(names)
    ]
    assert all(re.fullmatch(r"[\w/.%~-]+", link, re.ASCII) for link in links)


def test_everything_that_others_wrote_is_escaped(page, record):
    attack = '<script>alert(1)</script>"'
    records = [
        record(
            attack, attack, ("wrong", "not graded"), message=attack, hint=attack, mistake=attack
        ),
        record("eve", attack, ("unreadable",), message=attack),
    ]
    html = page(
        records,
        titles={attack: attack},
        exercises={attack: {"q0": {"mistakes": {attack: attack}}}},
        students=[attack + "x"],
        refused=[attack],
        notices=[attack],
    )
    assert "<script" not in html
    assert html.count("&lt;script&gt;") >= 10


def test_page_depends_on_nothing_else(page, record):
    records = [record("b"), record("a"), record("a", "other")]
    first = page(records)
    assert first == page(records[::-1])
    assert first.count("<h1") == 1
    assert "Content-Security-Policy" in first
