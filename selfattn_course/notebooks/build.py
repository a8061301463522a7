"""Notebooks as text: the same bytes on every build."""

import os
import re

import nbformat
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

from selfattn_course.errors import CourseError

from .source import BEGIN, END, read_cells

_METADATA = {
    "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
    "language_info": {"name": "python"},
}
_SOLUTION = re.compile(rf"^([ \t]*){BEGIN}\n.*?^[ \t]*{END}$", re.DOTALL | re.MULTILINE)


def build_solution_notebook(source_text, slug):
    """The notebook with all solutions, without their marks.

    Parameters
    ----------
    source_text : str
        In jupytext's py:percent format.
    slug : str
        Name of the chapter, for error messages.

    Returns
    -------
    str
        JSON, nbformat 4.5, no outputs.

    Raises
    ------
    CourseError
        If the source breaks a rule of `read_cells`.
    """
    return _text(read_cells(source_text, slug), _without_marks)


def build_student_notebook(source_text, slug):
    """The notebook that students get: every solution is a `raise NotImplementedError`.

    Parameters
    ----------
    source_text : str
        In jupytext's py:percent format.
    slug : str
        Name of the chapter, for error messages.

    Returns
    -------
    str
        JSON, nbformat 4.5, no outputs.

    Raises
    ------
    CourseError
        If the source breaks a rule of `read_cells`.
    """
    return _text(read_cells(source_text, slug), _without_solution)


def write_notebooks(solutions_dir, exercises_dir):
    """Write the student notebook of every `SLUG.py` of a folder as `SLUG.ipynb` into another.

    Parameters
    ----------
    solutions_dir, exercises_dir : Path
        From where, and to where; the second is made if missing.

    Returns
    -------
    list of Path
        What was written, in the order of names.

    Raises
    ------
    CourseError
        If there is no source, or one breaks a rule of `read_cells`; nothing is written then.
    """
    sources = sorted(solutions_dir.glob("*.py"))
    if not sources:
        raise CourseError(
            f"{solutions_dir} holds no .py file; expected one for each chapter. "
            "Run the command at the root of the course."
        )
    texts = {path.stem: path.read_text(encoding="utf-8") for path in sources}
    notebooks = {slug: build_student_notebook(text, slug) for slug, text in texts.items()}
    exercises_dir.mkdir(parents=True, exist_ok=True)
    return [write_whole(exercises_dir / f"{slug}.ipynb", text) for slug, text in notebooks.items()]


def notebook_text(cells):
    """JSON of a notebook of nbformat cells."""
    notebook = new_notebook(cells=cells, metadata=_METADATA)
    return nbformat.writes(notebook, version=nbformat.NO_CONVERT) + "\n"


def notebook_cell(cell, text):
    """An nbformat cell with the id and kind of a `Cell`."""
    new_cell = new_markdown_cell if cell.kind == "markdown" else new_code_cell
    return new_cell(text, id=cell.id)


def write_whole(path, text):
    """Write a file in one step, so that nobody ever finds half of it; returns its path."""
    draft = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        draft.write_text(text, encoding="utf-8", newline="\n")
        os.replace(draft, path)
    finally:
        draft.unlink(missing_ok=True)
    return path


def _text(cells, of_solution):
    return notebook_text(
        [notebook_cell(cell, of_solution(cell) if cell.exercise else cell.text) for cell in cells]
    )


def _without_marks(cell):
    lines = cell.text.splitlines()
    return "\n".join(line for line in lines if line.strip() not in (BEGIN, END))


def _without_solution(cell):
    stub = rf'\1raise NotImplementedError("{cell.exercise} is not written yet")'
    return _SOLUTION.sub(stub, cell.text)
