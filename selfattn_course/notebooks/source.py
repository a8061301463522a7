"""The text source: jupytext py:percent, read into cells with stable ids."""

import ast
import re
from dataclasses import dataclass

import jupytext

from selfattn_course.errors import CourseError

BEGIN, END = "### BEGIN SOLUTION", "### END SOLUTION"


@dataclass(frozen=True)
class Cell:
    """One cell.

    Attributes
    ----------
    id : str
        The same on every build: from the function, the check or the heading it holds, else
        counted from the last cell that has one.
    kind : str
        "markdown" or "code".
    text : str
        Its source.
    exercise : str
        Name of the function that a solution cell defines; empty for all others.
    check : str
        Name of the function that a check cell checks; empty for all others.
    """

    id: str
    kind: str
    text: str
    exercise: str = ""
    check: str = ""


def read_cells(source_text, slug):
    """The cells of a text source.

    Parameters
    ----------
    source_text : str
        In jupytext's py:percent format.
    slug : str
        Name of the chapter, for error messages.

    Returns
    -------
    tuple of Cell

    Raises
    ------
    CourseError
        If a solution cell is no Python, does not define exactly one function, or its marks do not
        pair; if a check cell does not follow the solution cell of its name; if a name comes twice.
    """
    cells, last, count = [], slug.replace("_", "-"), 0
    for raw in jupytext.reads(source_text, fmt="py:percent").cells:
        exercise = _exercise(raw, slug)
        check = _checked(raw)
        own = exercise or (f"check_{check}" if check else _heading(raw))
        last, count = (own, 0) if own else (last, count + 1)
        cell_id = own or f"{last}-{count}"
        cells.append(Cell(cell_id[:64], raw.cell_type, raw.source, exercise, check))
    _refuse_doubles(cells, slug)
    _refuse_loose_checks(cells, slug)
    return tuple(cells)


def _exercise(raw, slug):
    """The function that a solution cell defines; empty if it is no solution cell."""
    lines = [line.strip() for line in raw.source.splitlines()]
    marks = [line for line in lines if line in (BEGIN, END)]
    if raw.cell_type != "code" or not marks:
        return ""
    first = next((line for line in lines if line), "")
    try:
        body = ast.parse(raw.source).body
    except SyntaxError as error:
        raise CourseError(
            f"{slug}: the solution cell that starts with {first!r} is no Python ({error.msg}); "
            "expected one function. Mend it."
        ) from None
    if marks != [BEGIN, END] or len(body) != 1 or not isinstance(body[0], ast.FunctionDef):
        raise CourseError(
            f"{slug}: the solution cell that starts with {first!r} has {len(body)} statements and "
            f"{len(marks)} marks; expected one function with one {BEGIN} before one {END}. "
            "Split the cell, or mend the marks."
        )
    return body[0].name


def _checked(raw):
    found = re.fullmatch(r"check\((\w+)\)", raw.source.strip())
    return found[1] if raw.cell_type == "code" and found else ""


def _heading(raw):
    found = re.match(r"#+ +(.+)", raw.source)
    if raw.cell_type != "markdown" or not found:
        return ""
    words = re.sub(r"[^a-z]+", "-", found[1].lower())  # no numbers: sections move
    return words.strip("-")


def _refuse_doubles(cells, slug):
    ids = [cell.id for cell in cells]
    double = next((name for name in ids if ids.count(name) > 1), None)
    if double:
        raise CourseError(
            f"{slug}: two cells are called {double!r}; expected every function and heading once. "
            "Rename one."
        )


def _refuse_loose_checks(cells, slug):
    exercises = ["", *(cell.exercise for cell in cells)]
    checks = [*(cell.check for cell in cells), ""]
    for exercise, check in zip(exercises, checks, strict=True):
        if exercise != check:
            name = exercise or check
            raise CourseError(
                f"{slug}: the exercise {name!r} lacks its solution cell or its check cell; "
                f"expected check({name}) right after the cell that defines it. Put it there."
            )
