"""Code without what does not matter when it is compared: comments, layout, names of one's own.

Nothing is run. The code was written by students: its size is bounded, and whatever Python refuses
to read is either taken as text or not compared at all.
"""

import ast
import builtins
import re
import warnings
from dataclasses import dataclass, field
from functools import lru_cache

LONGEST = 100_000  # characters of code in one notebook: bounds the time and memory that it takes
OTHER = "(other cells)"
NOT_PYTHON = "(cells that are not Python)"
_MAGIC = re.compile(r"^[ \t]*[%!].*$", re.MULTILINE)
_COMMENT = re.compile(r"#.*$", re.MULTILINE)
_OWN = re.compile(r"\bv\d+\b")
_BUILTINS = frozenset(dir(builtins))
_DEFINITIONS = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)


class NotComparable(ValueError):
    """Half a sentence on why a notebook is not compared."""


@dataclass(frozen=True)
class Part:
    """A function or class of a notebook, or the rest of its code.

    Attributes
    ----------
    name : str
    source : str
        As it was written.
    exact : str
        Its normal form: names of one's own are numbered, so it is the same text exactly if the
        code is the same but for names, comments and layout.
    loose : str
        The same with all names of one's own alike, and without blanks: what is put in between
        changes only its surroundings.
    """

    name: str
    source: str
    exact: str

    @property
    def loose(self):
        return loose(self.exact)


@dataclass(frozen=True)
class Given:
    """What every student was given.

    Attributes
    ----------
    names : frozenset of str
        Names that mean the same for everyone: what the given code defines and imports.
    forms : frozenset of str
        Normal forms of its statements, which are nobody's own.
    lines : frozenset of str
        Its lines, without blanks and comments.
    """

    names: frozenset = field(default_factory=frozenset)
    forms: frozenset = field(default_factory=frozenset)
    lines: frozenset = field(default_factory=frozenset)


def loose(exact):
    """The loose form of code in its exact normal form; see `Part`."""
    return re.sub(r"[ \t]+", "", _OWN.sub("v", exact))


def given_code(cells):
    """What the notebook that was handed out holds.

    Parameters
    ----------
    cells : sequence of str
        Sources of its code cells.

    Returns
    -------
    Given
    """
    trees = [(cell, tree) for cell in cells if (tree := _tree(cell)) is not None]
    statements = [(cell, one) for cell, tree in trees for one in tree.body]
    names = frozenset().union(*(_defined(one) for _, one in statements))
    forms = frozenset(_form(cell, one, names) for cell, one in statements)
    return Given(names, forms, frozenset(line for cell in cells for line in _lines(cell)))


def own_parts(cells, given):
    """What a notebook holds besides the given code.

    Parameters
    ----------
    cells : sequence of str
        Sources of its code cells.
    given : Given

    Returns
    -------
    tuple of Part
        Functions and classes by name, of several with one name the last; then the rest.

    Raises
    ------
    NotComparable
        If the code is too long, or nested too deeply.
    """
    if sum(map(len, cells)) > LONGEST:
        raise NotComparable(f"it has more than {LONGEST} characters of code")
    try:
        return _own_parts(cells, given)
    except (RecursionError, MemoryError):
        raise NotComparable("its code is nested too deeply to be read") from None


def _own_parts(cells, given):
    parts, rest, text = {}, [], []
    for cell in cells:
        tree = _tree(cell)
        if tree is None:
            text.append("\n".join(line for line in _lines(cell) if line not in given.lines))
            continue
        for statement in tree.body:
            name = getattr(statement, "name", OTHER)  # before it is renamed
            form = _form(cell, statement, given.names)
            if not form or form in given.forms:
                continue
            part = Part(name, _source(cell, statement), form)
            if isinstance(statement, _DEFINITIONS):
                parts[part.name] = part
            else:
                rest.append(part)
    own = [parts[name] for name in sorted(parts)]
    if rest:
        source = "\n".join(part.source for part in rest)
        own.append(Part(OTHER, source, "\n".join(part.exact for part in rest)))
    if any(text):
        own.append(Part(NOT_PYTHON, "\n".join(text), "\n".join(text)))
    return tuple(own)


def _tree(cell):
    """The syntax tree of a cell, its magics dropped if need be; None if it is no Python."""
    cell = _plain(cell)
    for source in (cell, _MAGIC.sub("", cell)):
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")  # on odd escapes, which are not ours
                return ast.parse(source)
        except (SyntaxError, ValueError):
            continue
    return None


def _plain(cell):
    return cell.replace("\r\n", "\n").replace("\r", "\n").replace("\f", " ")


def _lines(cell):
    """Lines of a cell without blanks and comments."""
    bare = (re.sub(r"\s+", "", line) for line in _COMMENT.sub("", _plain(cell)).split("\n"))
    return [line for line in bare if line]


def _source(cell, statement):
    first = min([statement.lineno, *(one.lineno for one in _decorators(statement))])
    if first == statement.end_lineno:  # of a line of many statements, no more than this one
        line = _numbered_lines(cell)[first - 1].encode("utf-8", "replace")
        return line[statement.col_offset : statement.end_col_offset].decode("utf-8", "replace")
    return "\n".join(_numbered_lines(cell)[first - 1 : statement.end_lineno])


@lru_cache(maxsize=1)
def _numbered_lines(cell):
    """Kept for the next statement: a cell may have tens of thousands."""
    return _plain(cell).split("\n")


def _decorators(statement):
    return getattr(statement, "decorator_list", ())


def _form(cell, statement, names):
    """The normal form of one statement; empty for a docstring and its like."""
    source = _source(cell, statement)
    plain = _Renamed(statement, names).visit(statement)
    try:
        return "" if plain is None else ast.unparse(plain)
    except ValueError:  # such as a number of thousands of digits, which Python will not print
        return "\n".join(_lines(source))


def _defined(statement):
    """Names that a statement at the top level defines."""
    if isinstance(statement, _DEFINITIONS):
        return {statement.name}
    return _bound(statement)


def _bound(statement):
    """Names that a statement binds anywhere within, other than its own."""
    names = set()
    for node in ast.walk(statement):
        if isinstance(node, ast.Name) and not isinstance(node.ctx, ast.Load):
            names.add(node.id)
        elif isinstance(node, ast.arg):
            names.add(node.arg)
        elif isinstance(node, ast.alias):
            names.add(node.asname or node.name.split(".")[0])
        elif isinstance(node, (ast.Global, ast.Nonlocal)):
            names.update(node.names)
        elif node is not statement and isinstance(getattr(node, "name", None), str):
            names.add(node.name)  # of a function within, an exception caught, a pattern
    return names


class _Renamed(ast.NodeTransformer):
    """Numbers the names that are one's own, and drops docstrings and annotations."""

    def __init__(self, statement, names):
        self._kept = (names | _BUILTINS) - _bound(statement)
        self._numbers = {}

    def _name(self, name):
        if name in self._kept:
            return name
        return f"v{self._numbers.setdefault(name, len(self._numbers))}"

    def generic_visit(self, node):
        if isinstance(getattr(node, "name", None), str) and not isinstance(node, ast.alias):
            node.name = self._name(node.name)
        return super().generic_visit(node)

    def visit_Name(self, node):
        node.id = self._name(node.id)
        return node

    def visit_arg(self, node):
        node.arg, node.annotation = self._name(node.arg), None
        return node

    def visit_alias(self, node):
        node.asname = self._name(node.asname or node.name.split(".")[0])
        return node

    def visit_FunctionDef(self, node):
        node.returns = None
        return self.generic_visit(node)

    visit_AsyncFunctionDef = visit_FunctionDef

    def visit_Global(self, node):
        node.names = [self._name(name) for name in node.names]
        return node

    visit_Nonlocal = visit_Global

    def visit_Expr(self, node):
        return None if isinstance(node.value, ast.Constant) else self.generic_visit(node)

    def visit_AnnAssign(self, node):
        if node.value is None:
            return None
        plain = ast.Assign(targets=[node.target], value=node.value)
        return self.generic_visit(ast.copy_location(plain, node))
