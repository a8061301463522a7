"""Modules of wrong and right answers, as records and as text."""

import ast
import inspect
import re
import textwrap

from .exercise import Mutant


def mutants_in(*modules):
    """Every function of `modules` as a Mutant: its name is the mistake, its docstring the hint.

    Parameters
    ----------
    *modules : module

    Returns
    -------
    tuple of Mutant
        In the order of the files.
    """
    return tuple(
        Mutant(f.__name__.replace("_", " "), f, " ".join(inspect.getdoc(f).split()))
        for f in variants_in(*modules)
    )


def variants_in(*modules):
    """Every function that `modules` define, in the order of the files."""
    return tuple(
        f
        for module in modules
        for f in vars(module).values()
        if inspect.isfunction(f) and f.__module__ == module.__name__
    )


def source_text(function, name):
    """The source of a mutant or variant as a student would hand it in.

    Parameters
    ----------
    function : callable
        Defined with def; needs nothing but `np`.
    name : str
        What the function is to be called.

    Returns
    -------
    str
        The function under its new name and without its docstring, which holds the hint. Runs
        after `import numpy as np`.
    """
    text = textwrap.dedent(inspect.getsource(function))
    first = ast.parse(text).body[0].body[0]
    lines = text.splitlines()
    if isinstance(first, ast.Expr) and isinstance(first.value, ast.Constant):
        del lines[first.lineno - 1 : first.end_lineno]
    return re.sub(rf"\b{function.__name__}\b", name, "\n".join(lines)) + "\n"
