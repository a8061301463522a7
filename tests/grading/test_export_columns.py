import pytest

from selfattn_course.errors import CourseError
from selfattn_course.grading.export_columns import find_columns

TITLES = {"toy": "Toys & tests"}


def find(*names, named=None, slugs=("toy",)):
    return find_columns(slugs, TITLES, dict(enumerate(names, start=5)), named or {})


@pytest.mark.parametrize("name", ["toy", "TOY (123)", "toys & tests (4)", " Toys & tests "])
def test_a_column_is_found_by_slug_or_title(name):
    assert find("other (1)", name).columns == {"toy": 6}


def test_a_column_is_found_by_the_name_that_is_given():
    assert find("toy", "Week 3 (17)", named={"toy": "week 3"}).columns == {"toy": 6}
    assert find("Week 3 (16)", "Week 3 (17)", named={"toy": "Week 3 (17)"}).columns == {"toy": 6}


def test_assignments_without_a_column_are_reported():
    got = find("toy", slugs=("toy", "ch03"))
    assert got.columns == {"toy": 5}
    assert got.problems == ("ch03: the template has no column of that name, or of its title",)


@pytest.mark.parametrize(
    ("names", "options", "problem"),
    [
        (["a (1)", "b"], {}, "no column .* is called toy; expected one, among: a, b; name it with"),
        (
            ["toy (1)", "Toy (2)"],
            {},
            r"2 columns .* fit toy: toy \(1\), Toy \(2\).*--column 'toy=to",
        ),
        (
            ["toy"],
            {"named": {"toy": "x"}},
            "toy=x: the template has no such column; .* one of: toy",
        ),
        (["toy"], {"named": {"x": "toy"}}, "x=toy: there is no grade for x; expected one of: toy"),
        (["toy"], {"slugs": ("toy", "b"), "named": {"b": "toy"}}, "fits toy and b"),
    ],
)
def test_what_is_not_clear_is_refused(names, options, problem):
    with pytest.raises(CourseError, match=problem):
        find(*names, **options)
