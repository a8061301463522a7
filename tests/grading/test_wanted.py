import pytest

from selfattn_course.errors import CourseError
from selfattn_course.grading.assignment import Assignment
from selfattn_course.grading.wanted import Wanted, selected


@pytest.fixture
def choose(toy, record):
    records = [record("ada", "toy"), record("bea", "other"), record("bea", "past")]
    other = Assignment("other", "Other", toy.EXERCISES[:1])

    def choose(**names):
        wanted = Wanted(**{name: frozenset(values) for name, values in names.items()})
        assignments = {"toy": toy.ASSIGNMENT, "other": other}
        return [one.assignment for one in selected(records, assignments, wanted)]

    return choose


def test_without_names_everything_is_wanted(choose):
    assert choose() == ["toy", "other", "past"]


def test_each_kind_of_name_narrows(choose):
    assert choose(slugs=["other"]) == ["other"]
    assert choose(students=["bea"]) == ["other", "past"]
    assert choose(exercises=["double"]) == ["toy", "other"]
    assert choose(exercises=["negate"]) == ["toy"]
    assert choose(exercises=["double"], students=["bea"]) == ["other"]


def test_names_are_known_within_what_is_narrowed_already(choose):
    with pytest.raises(CourseError, match="negate is no exercise .* one of: double; name one"):
        choose(slugs=["other"], exercises=["negate"])
    with pytest.raises(CourseError, match="ada is no student .* expected one of: bea;"):
        choose(slugs=["other"], students=["ada"])


def test_a_large_class_is_not_listed_in_full(toy, record):
    records = [record(f"s{number:03}") for number in range(300)]
    with pytest.raises(CourseError, match=r"s038, s039 and 260 more; name one of them"):
        selected(records, {"toy": toy.ASSIGNMENT}, Wanted(students=frozenset(["x"])))
