from types import SimpleNamespace

import pytest

from selfattn_course.errors import CourseError
from selfattn_course.grading.assignment import Assignment
from selfattn_course.grading.handins import Found, find_handins
from selfattn_course.grading.roster import (
    Roster,
    read_roster,
    submissions_folder,
    write_roster,
)


def test_last_run_counts_and_titles_add_up(tmp_path):
    assert read_roster(tmp_path) == Roster()
    found = Found(students=("ada",), refused=("r",), notices=("n",))
    write_roster(tmp_path, found, {"one": Assignment("one", "One", ())})
    write_roster(tmp_path, Found(students=("bea",)), {"two": Assignment("two", "Zwö", ())})
    assert read_roster(tmp_path) == Roster(
        {"one": "One", "two": "Zwö"}, ["bea"], [], [], "", {"one": {}, "two": {}}
    )


@pytest.mark.parametrize("content", ["", "[]", '{"other": 1}', "\xff"])
def test_damaged_roster_is_one_sentence(tmp_path, content):
    (tmp_path / "class.json").write_text(content, "latin-1")
    with pytest.raises(CourseError, match="class.json is damaged; delete it and run grade again"):
        read_roster(tmp_path)


def test_roster_keeps_where_the_submissions_lie(tmp_path, hand_in, handed_in, monkeypatch):
    hand_in("ada", "1")
    monkeypatch.chdir(tmp_path)
    write_roster(tmp_path, find_handins("submitted", {"toy"}), {})
    assert submissions_folder(tmp_path) == tmp_path / "submitted"
    write_roster(tmp_path, Found(), {})
    assert submissions_folder(tmp_path) == tmp_path / "submitted"
    assert submissions_folder(tmp_path, tmp_path / "moved") == tmp_path / "moved"


def test_roster_of_an_older_version_is_read_and_asks_for_the_submissions(tmp_path):
    old = '{"titles": {"toy": "T"}, "students": ["ada"], "refused": [], "notices": []}'
    (tmp_path / "class.json").write_text(old)
    assert read_roster(tmp_path).students == ["ada"]
    with pytest.raises(CourseError, match="does not say where .* give its path with --submitted"):
        submissions_folder(tmp_path)


def test_submissions_that_were_moved_are_asked_for(tmp_path, hand_in, handed_in):
    write_roster(tmp_path, handed_in(), {})
    (tmp_path / "submitted").rename(tmp_path / "moved")
    with pytest.raises(CourseError, match="submitted is not there any more; .* with --submitted"):
        submissions_folder(tmp_path)


def test_what_an_exercise_expects_is_kept_if_it_says_so(tmp_path, toy):
    mutant = SimpleNamespace(name="sign", hint="Change it.")
    asked = SimpleNamespace(name="f", difficulty=2, minutes=5, mutants=(mutant,))
    assignment = Assignment("one", "One", (asked, toy.EXERCISES[0]))
    write_roster(tmp_path, Found(), {"one": assignment})
    assert read_roster(tmp_path).exercises["one"] == {
        "f": {"difficulty": 2, "minutes": 5, "mistakes": {"sign": "Change it."}},
        "double": {"difficulty": None, "minutes": None, "mistakes": {}},
    }
