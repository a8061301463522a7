"""What a cell defines, without the work that it does."""

import ast
import re

_MAGIC_LINES = re.compile(r"\A(?:\s*%%(?:capture|timeit|time)\b.*\n?)+")
_FUNCTION = re.compile(r"\bdef\s+(\w+)|\b(\w+)\b[^=\n]*=\s*(?:lambda|(?:functools\.)?partial)\b")
_FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)
_BLOCKS = (ast.Import, ast.ImportFrom, ast.ClassDef, *_FUNCTIONS)
_PLAIN = (ast.Constant, ast.Tuple, ast.List, ast.Set, ast.Dict, ast.UnaryOp, ast.Name)
_GRAMMAR = (ast.expr_context, ast.unaryop, ast.Attribute, ast.keyword)
_BRANCHES = ("handlers", "orelse", "body", "finalbody")  # of two definitions the usual one is last


def without_magic(cell):
    """A cell without the first lines that time or capture it, which hide what it defines."""
    return _MAGIC_LINES.sub("", cell)


def definitions(source):
    """Statements of a cell that only define.

    Parameters
    ----------
    source : str
        Python, as IPython's transformation leaves it.

    Returns
    -------
    list of ast.stmt
        Imports, functions, classes, and assignments of constants, of other names, of lambdas and
        of partials; also those in the branches of if, try, with and loops, but not those inside
        of functions and classes. Nothing when the source does not parse.
    """
    try:
        return list(_within(ast.parse(source).body))
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return []


def _within(body):
    for node in body:
        if _defines(node):
            yield node
        elif not _is_never(node):
            for branch in _BRANCHES:
                yield from _within(getattr(node, branch, ()))


def _is_never(node):
    """Is it code put aside with `if False`?"""
    return isinstance(node, ast.If) and isinstance(node.test, ast.Constant) and not node.test.value


def defined_names(statements):
    """Names of the functions and classes, and of the variables, that statements define."""
    names = set()
    for statement in statements:
        if isinstance(statement, (ast.ClassDef, *_FUNCTIONS)):
            names.add(statement.name)
        elif isinstance(statement, (ast.Import, ast.ImportFrom)):
            names |= {alias.asname or alias.name.split(".")[0] for alias in statement.names}
        else:
            targets = _targets(statement)
            names |= {
                node.id for t in targets for node in ast.walk(t) if isinstance(node, ast.Name)
            }
    return names


def may_shadow(source, namespace):
    """Could a cell define a function under a name that holds something else by now?

    A quick look at its text, without parsing: few cells do.
    """
    names = (match[1] or match[2] for match in _FUNCTION.finditer(source))
    return any(name in namespace and not callable(namespace[name]) for name in names)


def shadowed(statements, namespace):
    """Those that define a function under a name that holds something else by now."""
    taken = {name for name, value in namespace.items() if not callable(value)}
    return [s for s in statements if _makes_function(s) and defined_names([s]) <= taken]


def run(statements, filename, namespace):
    """Run statements one by one in a namespace; one that raises does not stop the others."""
    for statement in statements:
        module = ast.Module([statement], type_ignores=[])
        try:
            exec(compile(module, filename, "exec"), namespace)
        except (Exception, SystemExit):  # whatever it is, the statement defined nothing
            continue


def _defines(statement):
    if isinstance(statement, _BLOCKS):
        return True
    if not isinstance(statement, (ast.Assign, ast.AnnAssign)) or statement.value is None:
        return False
    if not all(isinstance(target, (ast.Name, ast.Tuple)) for target in _targets(statement)):
        return False
    return _makes_function(statement) or _is_plain(statement.value)


def _makes_function(statement):
    if isinstance(statement, _FUNCTIONS):
        return True
    value = getattr(statement, "value", None)
    return isinstance(value, ast.Lambda) or _is_partial(value)


def _is_partial(value):
    if not isinstance(value, ast.Call):
        return False
    return ast.unparse(value.func) in ("partial", "functools.partial") and all(
        isinstance(part, ast.Lambda) or _is_plain(part) for part in (*value.args, *value.keywords)
    )


def _is_plain(value):
    return all(isinstance(node, _PLAIN + _GRAMMAR) for node in ast.walk(value))


def _targets(assignment):
    return getattr(assignment, "targets", None) or [assignment.target]
