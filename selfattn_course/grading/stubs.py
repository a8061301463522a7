"""Unfilled answer cells: a student who copies one below the filled one keeps the marks."""

import ast
import re
from dataclasses import dataclass
from functools import lru_cache

LONGEST_PARSED = 100_000  # characters; bounds the memory that a syntax tree takes
_LONGEST_KEPT = 3000  # characters of a cell whose syntax tree is kept, for the next notebook
_MAGIC = re.compile(r"^[%!](?!%).*", re.MULTILINE)  # of one line; %% makes all of a cell no Python
_DEFINITION = re.compile(r"^(?:async[ \t]+)?def[ \t]+(\w+)|^(\w+)[ \t]*=(?!=)", re.MULTILINE)
_FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)


@dataclass(frozen=True)
class _Cell:
    """What a cell defines at its top level.

    `stubs` are unfilled functions, as syntax trees; `filled` the names of everything else.
    `statements` counts both and the rest.
    """

    stubs: tuple = ()
    filled: frozenset = frozenset()
    statements: int = 0


def without_stub_copies(cells):
    """The cells to run: unfilled copies of answers that are filled elsewhere are blanked out.

    A function counts as unfilled if its body is nothing but a docstring,
    `raise NotImplementedError`, `pass` and `...`, and nothing decorates it.

    Parameters
    ----------
    cells : sequence of str
        Sources of the code cells.

    Returns
    -------
    tuple of str
        As many cells. Blank lines stand for each unfilled function at the top level of a cell
        that another statement at the top level of any cell defines or assigns for real; "" for
        a cell of nothing else. Of real definitions the last one wins, as in any notebook.
        Cells that are not Python, or are very long, are left alone.
    """
    read = [_read(cell) for cell in cells]
    filled = frozenset().union(*(one.filled for one in read))
    return tuple(_blanked(cell, one, filled) for cell, one in zip(cells, read, strict=True))


def defines(cell, name):
    """Whether a cell defines or assigns `name` at its top level, other than by a stub."""
    return name in _read(cell).filled


def answer_cells(cells, names):
    """Which cell holds the answer of each exercise.

    Parameters
    ----------
    cells : sequence of str
        Sources of the code cells.
    names : sequence of str
        Functions that were asked for.

    Returns
    -------
    dict
        name -> index of the last cell that defines or assigns it, other than by a stub. Names
        that no cell defines are left out.
    """
    found = {}
    for index, cell in enumerate(cells):
        mentioned = [name for name in names if name in cell]  # parsing takes longer
        filled = _read(cell).filled if mentioned else ()
        found |= {name: index for name in mentioned if name in filled}
    return found


def _read(cell):
    return _parsed_once(cell) if len(cell) <= _LONGEST_KEPT else _parsed(cell)


def _parsed(cell):
    try:
        if len(cell) > LONGEST_PARSED:
            raise ValueError("too long to be parsed")
        body = ast.parse(_MAGIC.sub("", _with_plain_line_ends(cell))).body
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        names = (match[1] or match[2] for match in _DEFINITION.finditer(cell))
        return _Cell(filled=frozenset(names))
    stubs = tuple(statement for statement in body if _is_stub(statement))
    filled = (_names(statement) for statement in body if not _is_stub(statement))
    return _Cell(stubs, frozenset().union(*filled), len(body))


_parsed_once = lru_cache(256)(_parsed)  # most cells are the same in every notebook


def _with_plain_line_ends(cell):
    return cell.replace("\r\n", "\n").replace("\r", "\n")


def _names(statement):
    """Names that one statement defines or assigns."""
    if isinstance(statement, _FUNCTIONS):
        return {statement.name}
    if not isinstance(statement, (ast.Assign, ast.AnnAssign)) or statement.value is None:
        return set()
    return {
        node.id
        for target in getattr(statement, "targets", None) or [statement.target]
        for node in ast.walk(target)
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)
    }


def _is_stub(statement):
    if not isinstance(statement, _FUNCTIONS) or statement.decorator_list:
        return False
    return all(map(_does_nothing, statement.body))


def _does_nothing(statement):
    if isinstance(statement, ast.Raise):
        raised = statement.exc.func if isinstance(statement.exc, ast.Call) else statement.exc
        return isinstance(raised, ast.Name) and raised.id == "NotImplementedError"
    return isinstance(statement, ast.Pass) or (
        isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Constant)
    )


def _blanked(cell, read, filled):
    copies = [stub for stub in read.stubs if stub.name in filled]
    if not copies:
        return cell
    if len(copies) == read.statements:
        return ""
    lines = _with_plain_line_ends(cell).split("\n")
    for stub in copies:
        lines[stub.lineno - 1 : stub.end_lineno] = [""] * (stub.end_lineno - stub.lineno + 1)
    return "\n".join(lines)
