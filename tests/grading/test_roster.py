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
    assert read_roster(tmp_path) == Roster({"one": "One", "two": "Zwö"}, ["bea"], [], [])


@pytest.mark.parametrize("content", ["", "[]", '{"other": 1}', "\xff"])
def test_damaged_roster_is_one_sentence(tmp_path, content):
    (tmp_path / "class.json").write_text(content, "latin-1")
    with pytest.raises(CourseError, match="class.json is damaged; delete it and run grade again"):
        read_roster(tmp_path)
