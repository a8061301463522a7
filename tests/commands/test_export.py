import csv

import pytest

from selfattn_course.commands.export import export_grades
from selfattn_course.errors import CourseError

HEADER = ["Student", "ID", "SIS User ID", "SIS Login ID", "Section", "CH03_softmax (7)"]


@pytest.fixture
def template(tmp_path):
    path = tmp_path / "canvas.csv"
    with open(path, "w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(HEADER)
        writer.writerow(["Lovelace, Ada", "1", "S1", "ada@uni.edu", "A", ""])
        writer.writerow(["Other, Zara", "2", "S2", "zara@uni.edu", "A", "3.00"])
    return path


def test_the_sample_class_goes_to_canvas(run_selfattn, graded_class, template, tmp_path):
    graded = graded_class[0] / "graded"
    done = run_selfattn(
        *("export", graded, "--format", "canvas", "--template", template),
        *("--output", tmp_path / "out.csv"),
    )
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "out.csv").read_text().splitlines()[1:] == [
        '"Lovelace, Ada",1,S1,ada@uni.edu,A,35',
        '"Other, Zara",2,S2,zara@uni.edu,A,3.00',
    ]
    assert f"Written: {tmp_path}/out.csv\nGrades: 1\nLeft out:\n  29 not in" in done.stdout


@pytest.mark.parametrize("to", ["nbgrader", "moodle"])
def test_the_sample_class_goes_elsewhere(run_selfattn, graded_class, tmp_path, to):
    graded = graded_class[0] / "graded"
    done = run_selfattn("export", graded, "--format", to, "--output", tmp_path / "out")
    path = tmp_path / "out" / "ch03_softmax.csv" if to == "moodle" else tmp_path / "out"
    assert done.stdout == f"Written: {path}\nGrades: 30\n"
    assert len(path.read_text().splitlines()) == 31


def test_what_cannot_be_is_one_sentence(tmp_path, graded_class, template):
    graded = graded_class[0] / "graded"
    with pytest.raises(CourseError, match="holds no ledger.jsonl; expected the folder"):
        export_grades(tmp_path, "canvas", template=template)
    with pytest.raises(CourseError, match="own export as --template.*Export Entire Gradebook"):
        export_grades(graded, "canvas")
    with pytest.raises(CourseError, match="nbgrader needs none"):
        export_grades(graded, "nbgrader", template=template)
    with pytest.raises(CourseError, match="is the template itself"):
        export_grades(graded, "canvas", template=template, output=template)
    with pytest.raises(CourseError, match="--column ch03; expected SLUG=NAME"):
        export_grades(graded, "canvas", template=template, columns=["ch03"])
    with pytest.raises(CourseError, match="--column is for canvas"):
        export_grades(graded, "moodle", columns=["a=b"])
    (tmp_path / "ledger.jsonl").touch()
    with pytest.raises(CourseError, match="holds no grades"):
        export_grades(tmp_path, "moodle")
