"""Every notebook agrees with its checks, runs, and keeps to the style."""

import ast
import importlib
import inspect
import re
import time

import nbformat
import pytest
from nbclient import NotebookClient

from selfattn_course import layout
from selfattn_course.assignments import assignments
from selfattn_course.notebooks import build_solution_notebook, build_student_notebook
from selfattn_course.notebooks.source import read_cells

SOURCES = {slug: (layout.SOLUTIONS / f"{slug}.py").read_text("utf-8") for slug in assignments()}
CELLS = {slug: read_cells(source, slug) for slug, source in SOURCES.items()}
EACH = pytest.mark.parametrize("slug", SOURCES)
EXERCISES = [(slug, e) for slug, chapter in assignments().items() for e in chapter.exercises]
EXERCISE = pytest.mark.parametrize(
    ("slug", "exercise"), EXERCISES, ids=[exercise.name for _, exercise in EXERCISES]
)


def section(slug, name):
    """Markdown of the section that ends with the exercise `name`."""
    cells = CELLS[slug]
    place = next(i for i, cell in enumerate(cells) if cell.exercise == name)
    start = max(i for i in range(place) if cells[i].text.startswith("## "))
    return "\n\n".join(cell.text for cell in cells[start:place] if cell.kind == "markdown")


@EACH
def test_exercises_are_those_of_the_checks_in_the_same_order(slug):
    names = [exercise.name for exercise in assignments()[slug].exercises]
    assert [cell.exercise for cell in CELLS[slug] if cell.exercise] == names


@EXERCISE
def test_points_minutes_difficulty_and_signature_agree(slug, exercise):
    text = section(slug, exercise.name)
    plural = "s" if exercise.points > 1 else ""
    assert (
        f"*{exercise.points} point{plural} · about {exercise.minutes} minutes · "
        f"difficulty {exercise.difficulty} of 5*"
    ) in text
    assert f"`{exercise.signature}`" in text
    cell = next(cell for cell in CELLS[slug] if cell.exercise == exercise.name)
    assert cell.text.startswith(f"def {exercise.signature}:")


@EXERCISE
def test_every_exercise_is_taught(slug, exercise):
    text = section(slug, exercise.name)
    for part in ("**Why:**", "**Write**", "Hint 1", "Hint 2"):
        assert part in text
    assert re.search(r"\*\*(By hand|An example)", text)
    assert re.search(r"\*\*Predict|Predict:", text)


@EACH
def test_minutes_in_the_introduction_are_the_sum(slug):
    minutes = sum(exercise.minutes for exercise in assignments()[slug].exercises)
    assert f"Plan about {minutes} minutes" in CELLS[slug][0].text.replace("\n", " ")


@EACH
def test_the_hunted_functions_are_those_that_the_check_runs(slug):
    hunted = importlib.import_module(f"selfattn_course.checks.hunts.{slug}").HUNTED
    shown = {}
    for cell in CELLS[slug]:
        if cell.kind == "code":
            for node in ast.parse(cell.text).body:
                if isinstance(node, ast.FunctionDef):
                    shown[node.name] = ast.dump(node)
    assert len(hunted) >= 4
    for function in hunted:
        ours = ast.dump(ast.parse(inspect.getsource(function)).body[0])
        assert shown[function.__name__] == ours


@EACH
def test_code_cells_are_short(slug):
    for cell in CELLS[slug]:
        if cell.kind == "code":
            without_docstring = re.sub(r'""".*?"""', "", cell.text, flags=re.DOTALL)
            lines = [line for line in without_docstring.splitlines() if line.strip()]
            assert len(lines) <= 9, cell.id


@EACH
def test_no_formula_runs_over_the_end_of_a_line(slug):
    for cell in CELLS[slug]:
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


@EACH
@pytest.mark.slow
def test_the_solution_runs_clean_and_passes_every_check(slug):
    notebook, seconds = run(build_solution_notebook(SOURCES[slug], slug))
    print(f"{slug}: solution notebook in {seconds:.1f} s")
    assert seconds < 90
    for exercise in assignments()[slug].exercises:
        (output,) = outputs(notebook, exercise.name)
        assert output.data["text/plain"].startswith(f"Passed: {exercise.name}: ")
        assert 'role="status"' in output.data["text/html"]
    streams = [out for c in notebook.cells for out in c.get("outputs", []) if "name" in out]
    assert {out.name for out in streams} <= {"stdout"}


@EACH
@pytest.mark.slow
def test_the_untouched_notebook_runs_to_its_end(slug):
    notebook, _ = run(build_student_notebook(SOURCES[slug], slug), allow_errors=True)
    for exercise in assignments()[slug].exercises:
        (output,) = outputs(notebook, exercise.name)
        assert output.data["text/plain"].startswith(f"Not yet: {exercise.name} is not written yet.")
    failed = [c.id for c in notebook.cells for out in c.get("outputs", []) if "ename" in out]
    assert failed == []
