import csv
from dataclasses import replace

import pytest

from selfattn_course.errors import CourseError
from selfattn_course.grading.export_moodle import export_moodle

HEADER = ["First name", "Last name", "ID number", "Email address", "Quiz: 1 (Real)", "Downloaded"]


@pytest.fixture
def template(tmp_path):
    def write(*rows, delimiter=","):
        path = tmp_path / "template.csv"
        with open(path, "w", newline="", encoding="utf-8") as file:
            csv.writer(file, delimiter=delimiter).writerows(rows)
        return path

    return write


def tables(folder):
    found = {}
    for path in folder.iterdir():
        with open(path, newline="", encoding="utf-8") as file:
            found[path.name] = list(csv.reader(file))
    return found


def test_each_assignment_has_a_file_and_no_cell_is_empty(tmp_path, record, final):
    whole = record("ada", statuses=("ok", "ok"))
    records = [whole, record("bea"), record("ada", "b"), record("cyn", "b", ("not graded",))]
    got = export_moodle([*map(final, records)], tmp_path / "moodle")
    assert tables(tmp_path / "moodle") == {
        "toy.csv": [
            ["username", "grade", "feedback"],
            ["ada", "4", "4 of 4 points."],
            ["bea", "2", "2 of 4 points. Not all points for: Question 1."],
        ],
        "b.csv": [
            ["username", "grade", "feedback"],
            ["ada", "2", "2 of 4 points. Not all points for: Question 1."],
        ],
    }
    assert [path.name for path in got.files] == ["b.csv", "toy.csv"]
    assert (got.grades, got.left_out) == (3, ("cyn: b is not fully graded",))


def test_feedback_says_what_lateness_cost(tmp_path, record, final):
    grade = final(
        record("ada", statuses=("ok", "ok")), days_late=2, penalty=0.8, manual={"q1": 1.0}
    )
    export_moodle([grade], tmp_path / "moodle")
    assert tables(tmp_path / "moodle")["toy.csv"][1][1:] == [
        "2.2",
        "2.2 of 4 points. 0.8 points were taken off for 2 days of lateness. "
        "Not all points for: Question 1.",
    ]


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_users_are_identified_as_in_the_template(tmp_path, record, final, template, delimiter):
    rows = [
        HEADER,
        ["Ada", "L", "0071", "ADA@uni.edu", "-", "1"],
        ["Bea", "M", "0072", "bea@uni.edu", "3", "1"],
        ["Cyn", "N", "", "", "", ""],
    ]
    grades = [final(record(name)) for name in ("ada", "0072", "zoe")]
    got = export_moodle(grades, tmp_path / "moodle", template=template(*rows, delimiter=delimiter))
    text = "2 of 4 points. Not all points for: Question 1."
    assert tables(tmp_path / "moodle")["toy.csv"] == [
        ["ID number", "Email address", "grade", "feedback"],
        ["0071", "ADA@uni.edu", "2", text],
        ["0072", "bea@uni.edu", "2", text],
    ]
    assert got.left_out == ("1 not in the template: zoe",)


def test_a_name_like_a_formula_is_left_out(tmp_path, record, final):
    got = export_moodle([final(record("=1+1")), final(record("ada"))], tmp_path / "moodle")
    assert len(tables(tmp_path / "moodle")["toy.csv"]) == 2
    assert got.left_out == ("=1+1: a spreadsheet would take the name for a formula",)


def test_a_title_like_a_formula_is_none(tmp_path, record, final):
    one = record("ada", statuses=("wrong",))
    one = replace(one, questions=(replace(one.questions[0], title="=1+1\n=2"),))
    export_moodle([final(one)], tmp_path / "moodle")
    text = (tmp_path / "moodle" / "toy.csv").read_text()
    assert "Not all points for: =1+1 =2." in text


@pytest.mark.parametrize(
    ("rows", "problem"),
    [
        ([["Name", "Points"]], "the columns Name, Points; expected Username, ID number or Email"),
        (
            [HEADER, ["", "", "7", "x@uni.edu"]],
            "no student .* called ada, there it is 7, x@uni.edu",
        ),
    ],
)
def test_a_template_that_is_none_is_one_sentence(tmp_path, record, final, template, rows, problem):
    with pytest.raises(CourseError, match=problem):
        export_moodle([final(record("ada"))], tmp_path / "moodle", template=template(*rows))
