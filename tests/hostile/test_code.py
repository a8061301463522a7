"""No notebook gets what it did not earn, costs another anything, or leaves anything behind."""

import os
from html.parser import HTMLParser

import pytest

from tests.hostile.attacks import FULL
from tests.hostile.class_of_attacks import chosen, good_name, hostile_name

PATTERN = os.environ.get("HOSTILE_PATTERN", "")
ATTACKS = chosen(PATTERN)
STUDENTS = [hostile_name(number, name) for number, (name, _) in enumerate(ATTACKS)]
GOOD = [good_name(number) for number in range(len(ATTACKS) + 1)]
MARK = "918273"  # stands in every hidden input; see tests/grading/toy.py
SECRETS = {
    MARK: "a hidden input",
    "GOT:": "a thing that should have been refused",
    "root:": "a file of the machine's users",
    "float_array": "the source of a kernel",
    "stands in every hidden input": "the source of the assignment",
    "Who connected": "the source of this test",
}
ACTIVE = {"script", "iframe", "meta", "form", "input", "object", "embed", "base", "link", "math"}


class Page(HTMLParser):
    """Tags and attributes in the body of a page."""

    def __init__(self, text):
        super().__init__()
        self.tags, self.attributes = set(), []
        self.feed(text[text.index("<body") :])

    def handle_starttag(self, tag, attributes):
        self.tags.add(tag)
        self.attributes += attributes


def test_there_are_many(graded):
    assert PATTERN or len(ATTACKS) >= 90
    assert len(graded.ledger) == len(ATTACKS) + len(GOOD)


def test_the_run_ends_as_any_other(graded):
    assert graded.finished.returncode == graded.seen["code"] == 0, graded.finished.stderr[-3000:]
    assert graded.finished.stderr == ""
    assert f"{len(graded.ledger)} graded, 0 up to date, 0 not graded" in graded.finished.stdout


@pytest.mark.parametrize(("number", "attack"), list(enumerate(a for _, a in ATTACKS)), ids=STUDENTS)
def test_an_attacker_gets_what_the_answers_are_worth(graded, number, attack):
    record = graded.ledger[STUDENTS[number]]
    questions = {q["name"]: (q["score"], q["status"], q["message"]) for q in record["questions"]}
    if attack.score is None:
        assert record["score"] in (0, 1.5, 2, FULL), questions
    else:
        assert record["score"] == attack.score, questions


def test_the_good_ones_have_full_marks(graded):
    scores = {student: graded.ledger[student]["score"] for student in GOOD}
    assert {s: score for s, score in scores.items() if score != FULL} == {}


def test_the_good_ones_have_the_same_page_and_record(graded):
    pages = {graded.page(student).replace(student, "NAME") for student in GOOD}
    assert len(pages) == 1
    kept = ("score", "max_score", "questions", "submission_sha256", "sandbox_level", "reason")
    records = [{key: graded.ledger[s][key] for key in kept} for s in GOOD]
    assert all(record == records[0] for record in records)


@pytest.mark.parametrize("student", STUDENTS)
def test_a_page_says_nothing_that_it_should_not(graded, student):
    page = graded.page(student)
    key = (graded.root / "out" / "course.key").read_text().strip()
    for token, what in (SECRETS | {graded.secret: "another's notebook", key: "the key"}).items():
        assert token not in page, what


@pytest.mark.parametrize("student", [s for s in STUDENTS if "pages" in s or "floods" in s])
def test_a_page_is_harmless_and_small(graded, student):
    text, usual = graded.page(student), Page(graded.page(GOOD[0]))
    assert len(text) < 8 << 20
    page = Page(text)
    assert page.tags & ACTIVE <= usual.tags
    names = {name for name, _ in page.attributes}
    assert not [name for name in names if name.startswith("on")]
    assert "style" not in names - {name for name, _ in usual.attributes}
    links = [value for name, value in page.attributes if name in ("href", "src", "action")]
    assert not [link for link in links if not link.startswith(("#", "data:image/png;base64,"))]


def test_hidden_inputs_are_in_no_file_and_on_no_line(graded):
    said = graded.finished.stdout + graded.finished.stderr
    assert MARK not in said
    assert graded.secret not in said
    for path in (graded.root / "out").rglob("*"):
        if path.is_file():
            assert MARK.encode() not in path.read_bytes(), path


def test_nobody_connected_and_nothing_changed(graded):
    assert graded.seen["contacts"] == []
    assert graded.unchanged == [True, True, True]  # submissions, bait, mounts


def test_no_process_and_no_file_is_left(graded):
    assert graded.seen["processes"] == []
    assert list((graded.root / "tmp").iterdir()) == []
    for folder in ("/tmp", "/var/tmp", "/dev/shm"):
        assert [name for name in os.listdir(folder) if "dropped" in name] == []


def test_the_grader_kept_its_memory_small(graded):
    assert graded.seen["peak_bytes"] < 600 << 20
