import pytest

from selfattn_course.grading.export_match import match_students


@pytest.mark.parametrize(
    ("student", "key"),
    [
        ("ada", "ada"),
        ("ada", " ada "),
        ("Ada", "aDA"),
        ("ada", "Ada@uni.edu"),
        ("ada@uni.edu", "ADA"),
        ("ada@uni.edu", "Ada@uni.edu"),
    ],
)
def test_a_student_is_found_by_any_key(student, key):
    assert match_students([student], {7: ["", key], 8: ["bea"]}).rows == {student: 7}


@pytest.mark.parametrize("key", ["", "ad", "adam", "ada@", "ada.l@uni.edu"])
def test_what_is_only_alike_is_not_taken(key):
    got = match_students(["ada.m"], {1: [key]})
    assert (got.rows, got.problems) == ({}, ("1 not in the template: ada.m",))


def test_addresses_of_other_domains_are_other_people():
    assert match_students(["ada@a.edu"], {1: ["ada@b.edu"]}).rows == {}


def test_the_better_match_wins():
    got = match_students(["ada", "Ada"], {1: ["ada"], 2: ["Ada"]})
    assert got.rows == {"ada": 1, "Ada": 2}
    assert match_students(["7"], {1: ["7@uni.edu"], 2: ["7"]}).rows == {"7": 2}


def test_two_rows_for_one_student_give_none():
    got = match_students(["7", "bea"], {1: ["7", "x"], 2: ["y", "7"], 3: ["bea"]})
    assert got.rows == {"bea": 3}
    assert got.problems == ("7: 2 rows fit; none was taken",)
    assert match_students(["ada"], {1: ["ada@a.edu"], 2: ["ada@b.edu"]}).rows == {}


def test_two_students_for_one_row_get_none():
    got = match_students(["ADA", "Ada"], {1: ["ada"]})
    assert got.rows == {}
    assert got.problems[0] == "ADA: the row that fits is another student's, too"
    got = match_students(["ada", "Ada"], {1: ["ada"]})
    assert got.rows == {"ada": 1}
    assert got.problems == ("Ada: the row that fits is another student's, too",)


def test_two_keys_of_one_row_are_one_match():
    assert match_students(["ada"], {1: ["ada", "ada"]}).rows == {"ada": 1}
