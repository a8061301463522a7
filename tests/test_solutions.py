"""Every chapter through the whole grader: solutions get all points, untouched notebooks none."""

import json

import pytest

from selfattn_course import layout
from selfattn_course.assignments import assignments
from selfattn_course.checks.collect import source_text
from selfattn_course.notebooks.build import build_solution_notebook, build_student_notebook

SLUGS = list(assignments())


@pytest.fixture(scope="module")
def ledger(tmp_path_factory, run_selfattn):
    """Grades of three students for each chapter: the solution, unusual answers, nothing."""
    folder = tmp_path_factory.mktemp("solutions")
    for slug in SLUGS:
        source = (layout.SOLUTIONS / f"{slug}.py").read_text(encoding="utf-8")
        student = build_student_notebook(source, slug)
        for name, text in {
            "solution": build_solution_notebook(source, slug),
            "unusual": _with_unusual_answers(student, slug),
            "untouched": student,
        }.items():
            path = folder / "submitted" / name / slug / f"{slug}.ipynb"
            path.parent.mkdir(parents=True)
            path.write_text(text, encoding="utf-8")
    done = run_selfattn(
        "grade", folder / "submitted", "--out", folder / "graded", "--trust-submissions"
    )
    assert done.returncode == 0, done.stderr
    lines = (folder / "graded" / "ledger.jsonl").read_text().splitlines()
    return {(record["student"], record["assignment"]): record for record in map(json.loads, lines)}


def _with_unusual_answers(text, slug):
    """The student notebook, with the last listed variant of each exercise as its answer."""
    notebook = json.loads(text)
    variants = {e.name: e.variants[-1] for e in assignments()[slug].exercises}
    for cell in notebook["cells"]:
        if cell["id"] in variants:
            cell["source"] = source_text(variants[cell["id"]], cell["id"])
    return json.dumps(notebook)


def statuses(record):
    return {question["name"]: question["status"] for question in record["questions"]}


@pytest.mark.parametrize("student", ["solution", "unusual"])
@pytest.mark.parametrize("slug", SLUGS)
def test_right_answers_get_all_points(ledger, slug, student):
    record = ledger[student, slug]
    assert set(statuses(record).values()) == {"ok"}, statuses(record)
    assert record["score"] == record["max_score"] == assignments()[slug].max_score


@pytest.mark.parametrize("slug", SLUGS)
def test_untouched_notebooks_get_no_point(ledger, slug):
    record = ledger["untouched", slug]
    assert set(statuses(record).values()) == {"missing"}, statuses(record)
    assert record["score"] == 0
