from types import SimpleNamespace

import pytest

from selfattn_course.errors import CourseError
from selfattn_course.grading.assignment import Assignment
from selfattn_course.grading.handins import Found
from selfattn_course.grading.roster import Roster, read_roster, write_roster


def test_last_run_counts_and_titles_add_up(tmp_path):
    assert read_roster(tmp_path) == Roster()
    found = Found(students=("ada",), refused=("r",), notices=("n",))
    write_roster(tmp_path, found, {"one": Assignment("one", "One", ())})
    write_roster(tmp_path, Found(students=("bea",)), {"two": Assignment("two", "Zwö", ())})
    assert read_roster(tmp_path) == Roster(
        {"one": "One", "two": "Zwö"}, ["bea"], [], [], {"one": {}, "two": {}}
    )


@pytest.mark.parametrize("content", ["", "[]", '{"other": 1}', "\xff"])
def test_damaged_roster_is_one_sentence(tmp_path, content):
    (tmp_path / "class.json").write_text(content, "latin-1")
    with pytest.raises(CourseError, match="class.json is damaged; delete it and run grade again"):
        read_roster(tmp_path)


def test_what_an_exercise_expects_is_kept_if_it_says_so(tmp_path, toy):
    mutant = SimpleNamespace(name="sign", hint="Change it.")
    asked = SimpleNamespace(name="f", difficulty=2, minutes=5, mutants=(mutant,))
    assignment = Assignment("one", "One", (asked, toy.EXERCISES[0]))
    write_roster(tmp_path, Found(), {"one": assignment})
    assert read_roster(tmp_path).exercises["one"] == {
        "f": {"difficulty": 2, "minutes": 5, "mistakes": {"sign": "Change it."}},
        "double": {"difficulty": None, "minutes": None, "mistakes": {}},
    }
