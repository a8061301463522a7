import csv
from dataclasses import replace

import pytest

from selfattn_course.errors import CourseError
from selfattn_course.grading.export_canvas import export_canvas

WHO = ["Student", "ID", "SIS User ID", "SIS Login ID", "Root Account", "Section"]
HEADER = [*WHO, "Essay (11)", "Toys & tests (12)", "Current Score", "Final Score"]
POSTING = ["", "", "", "", "", "", "Manual Posting", "", "", ""]
POINTS = ["    Points Possible", "", "", "", "", "", "5.00", "4.00", "(read only)", "(read only)"]
TEST = ["Student, Test", "99", "", "5f3e", "canvas.uni.edu", "S1", "", "", "", ""]


def person(name, number, toy="", essay="4.50"):
    login = f"{name.lower()}@uni.edu"
    who = [f"Lovelace, {name}", number, f"S{number}", login, "canvas.uni.edu", "S1"]
    return [*who, essay, toy, "80.00", "80.00"]


@pytest.fixture
def canvas(tmp_path, final):
    """Exports records into a template of these rows; returns what came of it and the table."""

    def go(records, rows, *, delimiter=",", encoding="utf-8", **options):
        template, path = tmp_path / "template.csv", tmp_path / "out" / "canvas.csv"
        with open(template, "w", newline="", encoding=encoding) as file:
            csv.writer(file, delimiter=delimiter, lineterminator="\n").writerows(rows)
        options = {"titles": {"toy": "Toys & tests"}} | options
        got = export_canvas([*map(final, records)], path, template=template, **options)
        with open(path, newline="", encoding="utf-8") as file:
            return got, list(csv.reader(file, delimiter=delimiter))

    return go


def test_our_grades_stand_in_their_rows_and_nothing_else_is_there(canvas, record):
    records = [record("ada"), record("bea", statuses=("ok", "ok"))]
    rows = [HEADER, POSTING, POINTS, person("Bea", "2"), person("Cyn", "3", "1.00"), TEST]
    got, table = canvas(records, [*rows, person("Ada", "1")])
    shown = [0, 1, 2, 3, 4, 5, 7]
    assert table[:3] == [[row[i] for i in shown] for row in (HEADER, POSTING, POINTS)]
    assert [row[-1] for row in table[3:]] == ["4", "1.00", "", "2"]
    assert [row[:6] for row in table[3:]] == [
        person("Bea", "2")[:6],
        person("Cyn", "3")[:6],
        TEST[:6],
        person("Ada", "1")[:6],
    ]
    assert (got.grades, got.left_out) == (2, ())
    assert got.notices == (
        "toy: nothing from 1 of the template's students; their cells are as they were",
    )


def test_nothing_is_blanked_or_lowered_by_accident(canvas, record):
    unknown = record("ada", statuses=("ok", "not graded"))
    rows = [HEADER, POINTS, person("Ada", "1", "3.50"), person("Bea", "2", "EX")]
    got, table = canvas(
        [unknown, record("bea"), record("zoe")], [*rows, person("Cyn", "3", "4.00")]
    )
    assert [row[-1] for row in table[2:]] == ["3.50", "EX", "4.00"]
    assert got.grades == 0
    assert got.left_out == (
        "ada: toy is not fully graded; its cell is as it was",
        "bea: toy is excused (EX) in the template; its cell is as it was",
        "1 not in the template: zoe",
    )


def test_a_grade_that_goes_down_and_other_points_are_noted(canvas, record):
    records = [record("ada", statuses=("ok", "wrong", "wrong")), record("bea")]
    rows = [HEADER, POINTS, person("Ada", "1", "3.50"), person("Bea", "2", "2.00")]
    got, table = canvas(records, rows)
    assert [row[-1] for row in table[2:]] == ["2", "2"]
    assert got.notices == (
        "ada: toy goes down from 3.50 to 2",
        "toy: 4 points are possible in Canvas, 6 here; change that in Canvas, for grades are not "
        "scaled",
    )


def test_semicolons_decimal_commas_and_byte_order_mark_stay(canvas, record, tmp_path):
    half = record("ada")
    half = replace(half, questions=(replace(half.questions[0], score=1.25), half.questions[1]))
    points = [cell.replace(".", ",") for cell in POINTS]
    rows = [HEADER, points, person("Ada", "1", "1,00")]
    got, table = canvas([half], rows, delimiter=";", encoding="utf-8-sig")
    assert table[2] == [*person("Ada", "1")[:6], "1,25"]
    assert (tmp_path / "out" / "canvas.csv").read_bytes().startswith(b"\xef\xbb\xbfStudent;ID;")
    assert not got.notices


def test_files_without_points_and_with_name_in_two_columns_are_read(canvas, record):
    header = ["LastName", "FirstName", "ID", "SIS User ID", "SIS Login ID", "Section", "toy (3)"]
    row = ["Lovelace", "Ada", "1", "ada", "al@uni.edu", "S1"]
    _, table = canvas([record("ada")], [header, [*row, ""]])
    assert table == [header, [*row, "2"]]


def test_short_rows_are_filled_up(canvas, record):
    _, table = canvas([record("ada")], [HEADER, [""], POINTS, person("Ada", "1")[:6]])
    assert table[1] == [""] * 7
    assert table[3] == [*person("Ada", "1")[:6], "2"]


def test_no_cell_of_a_student_is_a_formula(canvas, record):
    row = ["=HYPERLINK(1)", "1", "@S1", "ada", "", "+S1", "", "=1", "", ""]
    _, table = canvas([record("ada")], [HEADER, row])
    assert table[1] == ["'=HYPERLINK(1)", "1", "'@S1", "ada", "", "'+S1", "2"]


def test_the_test_student_gets_no_grade(canvas, record):
    rows = [HEADER, TEST, person("Ada", "1")]
    got, table = canvas([record("ada"), record("5f3e")], rows)
    assert table[1][-1] == ""
    assert got.left_out == ("1 not in the template: 5f3e",)


@pytest.mark.parametrize(
    ("rows", "problem"),
    [
        ([["Name", "toy"], ["Ada", "3"]], "has no column ID, .* Export Entire Gradebook"),
        (
            [HEADER[:7], person("Ada", "1")[:7]],
            "no column .* called toy; expected one, among: Essay",
        ),
        ([HEADER, person("Ida", "1")], "no student .* folders are called ada, there it is S?1,"),
        ([HEADER], "there it is nobody"),
        ([], "is no table in UTF-8"),
    ],
)
def test_a_template_that_is_none_is_one_sentence(canvas, record, rows, problem):
    with pytest.raises(CourseError, match=problem) as refused:
        canvas([record("ada")], rows)
    assert "\n" not in str(refused.value)


def test_a_template_in_another_encoding_is_one_sentence(canvas, record, tmp_path):
    with pytest.raises(CourseError, match="is no table in UTF-8 .* export it again"):
        canvas([record("ada")], [HEADER, ["Zoë", "1"]], encoding="latin-1")
    assert not (tmp_path / "out").exists()
