"""A kernel is read by students: short functions, and docstrings that say what goes in and out."""

import ast
import importlib
import inspect
from pathlib import Path

import pytest

import selfattn_course.kernels

FOLDER = Path(selfattn_course.kernels.__file__).parent
MODULES = sorted(FOLDER.rglob("*.py"))
OFFERED = {
    name: thing
    for package in ("selfattn_course.kernels", "selfattn_course.kernels.cost")
    for name, thing in vars(importlib.import_module(package)).items()
    if inspect.isfunction(thing)
}
MOST_LINES = 40


def code_lines(function):
    """Lines of a function that hold code: no docstring, comment or blank line."""
    start = function.body[0].lineno
    if isinstance(function.body[0], ast.Expr) and isinstance(function.body[0].value, ast.Constant):
        start = function.body[0].end_lineno + 1
    return range(start, function.end_lineno + 1)


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.stem)
def test_no_function_is_long(path):
    lines = path.read_text().splitlines()
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.FunctionDef):
            texts = (lines[number - 1].strip() for number in code_lines(node))
            count = sum(bool(text) and not text.startswith("#") for text in texts)
            assert count <= MOST_LINES, f"{node.name} has {count} lines of code"


@pytest.mark.parametrize("name", sorted(OFFERED))
def test_docstring_has_its_sections(name):
    text = inspect.getdoc(OFFERED[name]) or ""
    for section in ("Parameters", "Returns"):
        assert f"\n{section}\n{'-' * len(section)}\n" in text, f"{name} lacks {section}"
