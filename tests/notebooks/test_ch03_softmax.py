"""The notebook of chapter 3 agrees with its checks, runs, and keeps to the style."""

import ast
import inspect
import re
import time

import nbformat
import pytest
from nbclient import NotebookClient

from selfattn_course import layout
from selfattn_course.checks.ch03_softmax import EXERCISES
from selfattn_course.checks.hunts.ch03_softmax import HUNTED
from selfattn_course.notebooks import build_solution_notebook, build_student_notebook
from selfattn_course.notebooks.source import read_cells

SLUG = "ch03_softmax"
SOURCE = (layout.SOLUTIONS / f"{SLUG}.py").read_text(encoding="utf-8")
CELLS = read_cells(SOURCE, SLUG)


def section(name):
    """Markdown of the section that ends with the exercise `name`."""
    place = next(i for i, cell in enumerate(CELLS) if cell.exercise == name)
    start = max(i for i in range(place) if CELLS[i].text.startswith("## "))
    return "\n\n".join(cell.text for cell in CELLS[start:place] if cell.kind == "markdown")


def test_exercises_are_those_of_the_checks_in_the_same_order():
    assert [c.exercise for c in CELLS if c.exercise] == [e.name for e in EXERCISES]


@pytest.mark.parametrize("exercise", EXERCISES, ids=lambda e: e.name)
def test_points_minutes_difficulty_and_signature_agree(exercise):
    text = section(exercise.name)
    plural = "s" if exercise.points > 1 else ""
    assert (
        f"*{exercise.points} point{plural} · about {exercise.minutes} minutes · "
        f"difficulty {exercise.difficulty} of 5*"
    ) in text
    assert f"`{exercise.signature}`" in text
    cell = next(cell for cell in CELLS if cell.exercise == exercise.name)
    assert cell.text.startswith(f"def {exercise.signature}:")


@pytest.mark.parametrize("exercise", EXERCISES, ids=lambda e: e.name)
def test_every_exercise_is_taught(exercise):
    text = section(exercise.name)
    for part in ("**Why:**", "**Write**", "Hint 1", "Hint 2"):
        assert part in text
    assert re.search(r"\*\*(By hand|An example)", text)
    assert re.search(r"\*\*Predict|Predict:", text)


def test_minutes_in_the_introduction_are_the_sum():
    assert sum(e.minutes for e in EXERCISES) == 135
    assert "about two and a quarter hours" in CELLS[0].text.replace("\n", " ")


def test_the_hunted_functions_are_those_that_the_check_runs():
    shown = {}
    for cell in CELLS:
        if cell.kind == "code":
            for node in ast.parse(cell.text).body:
                if isinstance(node, ast.FunctionDef):
                    shown[node.name] = ast.dump(node)
    for function in HUNTED:
        ours = ast.dump(ast.parse(inspect.getsource(function)).body[0])
        assert shown[function.__name__] == ours


def test_code_cells_are_short():
    for cell in CELLS:
        if cell.kind == "code":
            without_docstring = re.sub(r'""".*?"""', "", cell.text, flags=re.DOTALL)
            lines = [line for line in without_docstring.splitlines() if line.strip()]
            assert len(lines) <= 9, cell.id


def test_no_formula_runs_over_the_end_of_a_line():
    for cell in CELLS:
        if cell.kind == "markdown":
            for line in cell.text.splitlines():
                assert line.count("$") % 2 == 0, line


def run(text, **options):
    notebook = nbformat.reads(text, as_version=4)
    client = NotebookClient(notebook, timeout=60, kernel_name="python3", **options)
    start = time.perf_counter()
    client.execute()
    return notebook, time.perf_counter() - start


def outputs(notebook, name):
    cell = next(cell for cell in notebook.cells if cell.id == f"check_{name}")
    return cell.outputs


@pytest.mark.slow
def test_the_solution_runs_clean_and_passes_every_check():
    notebook, seconds = run(build_solution_notebook(SOURCE, SLUG))
    assert seconds < 60
    for exercise in EXERCISES:
        (output,) = outputs(notebook, exercise.name)
        assert output.data["text/plain"].startswith(f"Passed: {exercise.name}: ")
        assert 'role="status"' in output.data["text/html"]
    streams = [out for c in notebook.cells for out in c.get("outputs", []) if "name" in out]
    assert {out.name for out in streams} == {"stdout"}


@pytest.mark.slow
def test_the_untouched_notebook_runs_to_its_end():
    notebook, _ = run(build_student_notebook(SOURCE, SLUG))
    for exercise in EXERCISES:
        (output,) = outputs(notebook, exercise.name)
        assert output.data["text/plain"].startswith(f"Not yet: {exercise.name} is not written yet.")
