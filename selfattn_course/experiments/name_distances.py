"""How far the uses of a name are from its last assignment, in programs that people wrote."""

import ast
import importlib.util
import io
import tokenize
from bisect import bisect_left
from dataclasses import dataclass
from functools import cache

import numpy as np

# Modules of Python's standard library that every version from 3.11 on has as source text.
_NAMES = """
argparse ast base64 bdb bisect bz2 calendar cmd code codeop colorsys compileall configparser
contextlib contextvars copy copyreg csv dataclasses decimal difflib dis doctest enum filecmp
fileinput fnmatch fractions ftplib functools getopt getpass gettext glob graphlib gzip hashlib
heapq hmac imaplib inspect ipaddress keyword linecache locale lzma mailbox mimetypes
modulefinder netrc numbers opcode operator optparse pdb pickle pickletools pkgutil platform
plistlib poplib pprint profile pstats pty py_compile pyclbr pydoc queue quopri random reprlib
rlcompleter sched secrets selectors shelve shlex shutil signal smtplib socket socketserver ssl
statistics string stringprep struct subprocess symtable tabnanny tarfile tempfile textwrap
threading timeit token tokenize trace traceback tracemalloc types typing uuid warnings wave
weakref webbrowser zipapp asyncio.base_events asyncio.tasks email.message email.header
html.parser http.client http.cookiejar http.server json.decoder json.encoder logging
logging.config logging.handlers multiprocessing.pool unittest.case unittest.mock urllib.parse
urllib.request xml.dom.minidom xml.etree.ElementTree
"""
MODULES = tuple(_NAMES.split())
OWN_SCOPE = (
    ast.FunctionDef,
    ast.AsyncFunctionDef,
    ast.ClassDef,
    ast.Lambda,
    ast.ListComp,
    ast.SetComp,
    ast.DictComp,
    ast.GeneratorExp,
)
NOT_COUNTED = {
    tokenize.COMMENT,
    tokenize.NL,
    tokenize.NEWLINE,
    tokenize.INDENT,
    tokenize.DEDENT,
    tokenize.ENDMARKER,
}


@dataclass(frozen=True)
class NameDistances:
    """Every use of a local name, and how far above it the name got its value."""

    lines: np.ndarray  # of int, shape (number of uses,)
    tokens: np.ndarray  # of int, same shape
    n_modules: int
    n_functions: int
    farthest: dict  # "name", "function", "module", "lines" of the widest gap


@cache
def name_distances(modules=MODULES):
    """Distance from each use of a local name back to its last assignment.

    Parameters
    ----------
    modules : tuple of str
        Modules to read; those that have no source here are left out.

    Returns
    -------
    NameDistances
        The order of the text decides what "last" means: a loop that goes round is not followed.
        Parameters count as assigned where the function lists them; `self` and `cls` are left out.
    """
    uses, n_modules, n_functions = [], 0, 0
    for module in modules:
        source = _source(module)
        if source is None:
            continue
        n_modules += 1
        for function, found in uses_in(source):
            n_functions += 1
            uses += [(*use, function, module) for use in found]
    lines, tokens = (np.array([use[i] for use in uses], dtype=int) for i in (1, 2))
    name, gap, _, function, module = uses[int(lines.argmax())]
    farthest = {"name": name, "function": function, "module": module, "lines": gap}
    return NameDistances(lines, tokens, n_modules, n_functions, farthest)


def uses_in(source):
    """Uses of local names in each function of a program.

    Parameters
    ----------
    source : str
        Text of the program.

    Yields
    ------
    function : str
        Its name.
    uses : list of tuple
        Name, and the distance to its last assignment in lines and in tokens, for each use.
    """
    starts = [
        token.start
        for token in tokenize.generate_tokens(io.StringIO(source).readline)
        if token.type not in NOT_COUNTED
    ]
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            reader = _FunctionReader(node, starts)
            yield node.name, reader.uses


def share_beyond(distances, limits):
    """Share of distances that are larger than each limit.

    Parameters
    ----------
    distances : ndarray of int
    limits : sequence of int

    Returns
    -------
    list of float
    """
    return [float(np.mean(distances > limit)) for limit in limits]


class _FunctionReader(ast.NodeVisitor):
    """Walks one function in the order in which it computes, and remembers who assigned last."""

    def __init__(self, function, starts):
        self.starts, self.last, self.uses = starts, {}, []
        arguments = function.args
        for arg in [*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs]:
            self._assign(arg.arg, arg)
        for arg in filter(None, [arguments.vararg, arguments.kwarg]):
            self._assign(arg.arg, arg)
        for statement in function.body:
            self.visit(statement)

    def visit(self, node):
        if not isinstance(node, OWN_SCOPE):
            super().visit(node)

    def visit_Name(self, node):
        if isinstance(node.ctx, ast.Store):
            self._assign(node.id, node)
        else:
            self._use(node)

    def visit_Assign(self, node):  # the right side is computed first
        self.visit(node.value)
        for target in node.targets:
            self.visit(target)

    def visit_AnnAssign(self, node):
        if node.value:
            self.visit(node.value)
            self.visit(node.target)

    def visit_NamedExpr(self, node):
        self.visit(node.value)
        self.visit(node.target)

    def visit_AugAssign(self, node):  # x += 1 uses x, then assigns it
        if isinstance(node.target, ast.Name):
            self._use(node.target)
        self.visit(node.value)
        self.visit(node.target)

    def visit_For(self, node):
        self.visit(node.iter)
        for part in [node.target, *node.body, *node.orelse]:
            self.visit(part)

    def _assign(self, name, node):
        if name not in ("self", "cls"):
            self.last[name] = self._place(node)

    def _use(self, node):
        if node.id in self.last:
            (line, token), (line_0, token_0) = self._place(node), self.last[node.id]
            self.uses.append((node.id, line - line_0, token - token_0))

    def _place(self, node):
        return node.lineno, bisect_left(self.starts, (node.lineno, node.col_offset))


def _source(module):
    try:
        spec = importlib.util.find_spec(module)
        return spec.loader.get_source(module)
    except (ImportError, AttributeError, OSError):
        return None
