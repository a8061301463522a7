"""Stock nbgrader on the tree that `selfattn build --nbgrader` writes: the same scores as ours."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from nbgrader.api import Gradebook

from selfattn_course import layout
from selfattn_course.assignments import find_assignment
from selfattn_course.sample_class import SLUG, sample_class

HONEST = ("ada", "ben", "cleo", "gus", "hal", "ida", "joe", "zoe")
POINTS = {exercise.name: exercise.points for exercise in find_assignment(SLUG).exercises}
BIN = Path(sys.executable).parent


def nbgrader(command, folder, **environment):
    # nbgrader calls alembic by its bare name
    path = f"{BIN}{os.pathsep}{os.environ['PATH']}"
    finished = subprocess.run(
        [BIN / "nbgrader", *command],
        cwd=folder,
        capture_output=True,
        text=True,
        env=os.environ | {"PATH": path} | environment,
    )
    assert finished.returncode == 0, finished.stderr


@pytest.fixture(scope="module")
def course(tmp_path_factory, run_selfattn):
    """A course folder with the assignment generated and eight submissions."""
    assert run_selfattn("build", "--nbgrader").returncode == 0
    folder = tmp_path_factory.mktemp("nbgrader") / "course"
    shutil.copytree(layout.NBGRADER_TREE / "source", folder / "source")
    shutil.copy(layout.NBGRADER_TREE / "nbgrader_config.py", folder)
    nbgrader(["generate_assignment", SLUG], folder)
    for submission in sample_class():
        if submission.student in HONEST:
            path = folder / "submitted" / submission.student / SLUG / f"{SLUG}.ipynb"
            path.parent.mkdir(parents=True)
            path.write_bytes(submission.content)
    return folder


def scores(folder):
    with Gradebook(f"sqlite:///{folder / 'gradebook.db'}") as gradebook:
        return {
            student: {
                grade.name.removeprefix("check_"): grade.score
                for notebook in gradebook.find_submission(SLUG, student).notebooks
                for grade in notebook.grades
            }
            for student in HONEST
        }


def test_release_holds_no_solution(course):
    released = (course / "release" / SLUG / f"{SLUG}.ipynb").read_text()
    assert "BEGIN SOLUTION" not in released
    assert "np.squeeze(top, axis)" not in released  # from the solution of logsumexp


@pytest.mark.parametrize("judge", ["on", "off"])
def test_scores_are_the_same_with_our_judge_and_without(course, judge):
    nbgrader(["autograde", SLUG, "--create", "--force"], course, SELFATTN_JUDGE=judge)
    right = {s.student: s.right for s in sample_class() if s.student in HONEST}
    expected = {
        student: {name: POINTS[name] if name in right[student] else 0 for name in POINTS}
        for student in HONEST
    }
    assert scores(course) == expected
