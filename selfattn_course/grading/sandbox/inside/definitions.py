"""What a cell defines, without the work that it does."""

import ast

_BLOCKS = (ast.Import, ast.ImportFrom, ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)
_PLAIN = (ast.Constant, ast.Tuple, ast.List, ast.Set, ast.Dict, ast.UnaryOp, ast.Name)
_GRAMMAR = (ast.expr_context, ast.unaryop)


def definitions(source):
    """Statements of a cell that only define.

    Parameters
    ----------
    source : str
        Python, as IPython's transformation leaves it.

    Returns
    -------
    list of ast.stmt
        Top-level imports, functions, classes, and assignments of constants, of other names and
        of lambdas. Nothing when the source does not parse.
    """
    try:
        body = ast.parse(source).body
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return []
    return [statement for statement in body if _defines(statement)]


def defined_names(statements):
    """Names of the functions and classes, and of the variables, that statements define."""
    names = set()
    for statement in statements:
        if isinstance(statement, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
            names.add(statement.name)
        elif isinstance(statement, (ast.Import, ast.ImportFrom)):
            names |= {alias.asname or alias.name for alias in statement.names}
        else:
            targets = _targets(statement)
            names |= {
                node.id for t in targets for node in ast.walk(t) if isinstance(node, ast.Name)
            }
    return names


def run(statements, filename, namespace):
    """Run statements one by one in a namespace; one that raises does not stop the others."""
    for statement in statements:
        module = ast.Module([statement], type_ignores=[])
        try:
            exec(compile(module, filename, "exec"), namespace)
        except Exception:  # whatever it is, the statement defined nothing
            continue


def _defines(statement):
    if isinstance(statement, _BLOCKS):
        return True
    if not isinstance(statement, (ast.Assign, ast.AnnAssign)) or statement.value is None:
        return False
    if not all(isinstance(target, (ast.Name, ast.Tuple)) for target in _targets(statement)):
        return False
    if isinstance(statement.value, ast.Lambda):
        return True
    return all(isinstance(node, _PLAIN + _GRAMMAR) for node in ast.walk(statement.value))


def _targets(assignment):
    return getattr(assignment, "targets", None) or [assignment.target]
