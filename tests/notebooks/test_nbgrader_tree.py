"""The nbgrader tree, and stock nbgrader run on it."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from selfattn_course import layout
from selfattn_course.checks.ch03_softmax import EXERCISES
from selfattn_course.errors import CourseError
from selfattn_course.notebooks import (
    build_nbgrader_notebook,
    build_solution_notebook,
    write_nbgrader_tree,
)

SLUG = "ch03_softmax"
SOURCE = (layout.SOLUTIONS / f"{SLUG}.py").read_text(encoding="utf-8")
POINTS = [(exercise.name, exercise.points) for exercise in EXERCISES]
TOTAL = sum(points for _, points in POINTS)


def nbgrader_cells():
    notebook = json.loads(build_nbgrader_notebook(SOURCE, SLUG, POINTS))
    return {cell["id"]: cell for cell in notebook["cells"]}


def test_solution_cells_are_solutions_with_their_marks():
    cell = nbgrader_cells()["softmax"]
    assert cell["metadata"]["nbgrader"] == {
        "grade": False,
        "grade_id": "softmax",
        "locked": False,
        "schema_version": 3,
        "solution": True,
        "task": False,
    }
    assert "### BEGIN SOLUTION" in "".join(cell["source"])


def test_check_cells_are_locked_and_graded():
    cell = nbgrader_cells()["check_softmax"]
    assert cell["metadata"]["nbgrader"] == {
        "grade": True,
        "grade_id": "check_softmax",
        "locked": True,
        "points": 3,
        "schema_version": 3,
        "solution": False,
        "task": False,
    }
    assert "".join(cell["source"]) == (
        "from selfattn_course.checks.ch03_softmax import check\n\n"
        "result = check(softmax)\n"
        "assert result, result"
    )


def test_other_cells_carry_no_metadata():
    kinds = [bool(cell["metadata"]) for cell in nbgrader_cells().values()]
    assert kinds.count(True) == 2 * len(EXERCISES)


@pytest.mark.parametrize("points", [POINTS[1:], [*POINTS, ("other", 1)]])
def test_points_for_other_exercises_are_refused(points):
    odd = "other" if len(points) > len(POINTS) else POINTS[0][0]
    with pytest.raises(CourseError, match=f"disagree on {odd}; expected the same exercises"):
        build_nbgrader_notebook(SOURCE, SLUG, points)


def tree(root, settings="c = get_config()\n"):
    config = root / "settings.py"
    config.write_text(settings)
    return write_nbgrader_tree({SLUG: SOURCE}, {SLUG: POINTS}, config, root / "course")


def test_the_tree_holds_notebooks_and_settings_and_no_text_source(tmp_path):
    written = tree(tmp_path)
    course = tmp_path / "course"
    assert written == [course / "source" / SLUG / f"{SLUG}.ipynb", course / "nbgrader_config.py"]
    assert sorted(path for path in course.rglob("*") if path.is_file()) == sorted(written)
    before = [path.read_bytes() for path in written]
    assert [path.read_bytes() for path in tree(tmp_path)] == before


def nbgrader(course, *args):
    """Run it as an instructor would; it starts alembic by its bare name, so PATH needs ours."""
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    command = [sys.executable, "-m", "nbgrader", *args]
    done = subprocess.run(
        command,
        cwd=course,
        env={**os.environ, "PATH": path, "JUPYTER_CONFIG_DIR": str(course / "no-config")},
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr[-3000:]


def hand_in(course, student, notebook):
    folder = course / "submitted" / student / SLUG
    folder.mkdir(parents=True)
    (folder / f"{SLUG}.ipynb").write_text(json.dumps(notebook))


def answered(released, names):
    """The released notebook with the right answers to `names` filled in."""
    solutions = json.loads(build_solution_notebook(SOURCE, SLUG))["cells"]
    sources = {cell["id"]: cell["source"] for cell in solutions}
    cells = []
    for cell in json.loads(json.dumps(released))["cells"]:
        if cell["metadata"].get("nbgrader", {}).get("grade_id") in names:
            cell["source"] = sources[cell["metadata"]["nbgrader"]["grade_id"]]
        cells.append(cell)
    return {**released, "cells": cells}


@pytest.mark.slow
def test_stock_nbgrader_gives_full_marks_none_and_exactly_the_right_ones(tmp_path):
    from nbgrader.api import Gradebook

    tree(tmp_path)
    course = tmp_path / "course"
    nbgrader(course, "generate_assignment", SLUG)
    released = json.loads((course / "release" / SLUG / f"{SLUG}.ipynb").read_text())
    text = json.dumps(released)
    assert "SOLUTION" not in text
    assert "keepdims=True) - scores" not in text
    some = {"softmax", "causal_mask", "bug_hunt", "attention_weights"}
    hand_in(course, "full", answered(released, dict(POINTS)))
    hand_in(course, "empty", released)
    hand_in(course, "some", answered(released, some))
    nbgrader(course, "autograde", SLUG)

    with Gradebook(f"sqlite:///{course}/gradebook.db") as gradebook:
        scores = {}
        for student in ("full", "empty", "some"):
            notebook = gradebook.find_submission_notebook(SLUG, SLUG, student)
            scores[student] = {grade.name: grade.score for grade in notebook.grades}
    full = {f"check_{name}": points for name, points in POINTS}
    assert scores["full"] == full
    assert sum(scores["full"].values()) == TOTAL > 0
    assert scores["empty"] == dict.fromkeys(full, 0)
    assert scores["some"] == {
        f"check_{name}": points if name in some else 0 for name, points in POINTS
    }
    shutil.rmtree(course)
