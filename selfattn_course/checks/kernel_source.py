"""Cut kernels, with all that they call, out of the modules that they stand in."""

import ast
from dataclasses import dataclass
from functools import cache
from importlib.util import find_spec, resolve_name

PACKAGE = "selfattn_course.kernels"


@dataclass(frozen=True)
class _Part:
    """One statement at the top of a module: its lines, and the names that it uses."""

    source: str
    uses: frozenset


def reached(kernel):
    """What a kernel is made of.

    Parameters
    ----------
    kernel : (str, str)
        Full name of its module, and its name there.

    Returns
    -------
    set of (str, str)
        The kernel, every function, class and constant of the kernels that its code names, and
        so on.
    """
    found, waiting = set(), [kernel]
    while waiting:
        module, name = waiting.pop()
        parts, borrowed, _ = _read(module)
        if name in borrowed:
            waiting.append(borrowed[name])
        elif name in parts and (module, name) not in found:
            found.add((module, name))
            waiting += [(module, used) for used in parts[name].uses]
    return found


def cut(kernels):
    """Source of modules that hold these kernels and what they are made of, and nothing else.

    Parameters
    ----------
    kernels : collection of (str, str)

    Returns
    -------
    dict of str to str
        Full names of modules to their source.
    """
    needed = set().union(*map(reached, kernels))
    return {module: _module(module, needed) for module in sorted({m for m, _ in needed})}


def _module(module, needed):
    parts, borrowed, imported = _read(module)
    kept = dict.fromkeys(part for name, part in parts.items() if (module, name) in needed)
    used = frozenset().union(*(part.uses for part in kept))
    lines = [source for name, source in imported.items() if name in used]
    for name in sorted(used & borrowed.keys()):
        origin, original = borrowed[name]
        if (origin, original) in needed:
            lines.append(f"from {origin} import {original} as {name}")
    return "\n".join(dict.fromkeys(lines)) + "\n\n\n" + "\n\n\n".join(p.source for p in kept) + "\n"


@cache
def _read(module):
    """Parts by the names that they define; names from other kernels; imports of all else."""
    spec = find_spec(module)
    with open(spec.origin, encoding="utf-8") as file:
        text = file.read()
    parts, borrowed, imported = {}, {}, {}
    for node in ast.parse(text).body:
        if isinstance(node, ast.ImportFrom) and node.level:
            origin = resolve_name("." * node.level + (node.module or ""), spec.parent)
            borrowed |= {a.asname or a.name: (origin, a.name) for a in node.names}
        elif isinstance(node, ast.Import | ast.ImportFrom):
            names = (a.asname or a.name.split(".")[0] for a in node.names)
            imported |= dict.fromkeys(names, ast.unparse(node))
        else:
            parts |= dict.fromkeys(_defined(node), _Part(_lines(text, node), _used(node)))
    return parts, borrowed, imported


def _defined(node):
    if isinstance(node, ast.FunctionDef | ast.ClassDef):
        return [node.name]
    stored = (n for n in ast.walk(node) if isinstance(n, ast.Name))
    return [n.id for n in stored if isinstance(n.ctx, ast.Store)]


def _used(node):
    return frozenset(n.id for n in ast.walk(node) if isinstance(n, ast.Name))


def _lines(text, node):
    decorators = getattr(node, "decorator_list", [])
    first = min(n.lineno for n in (node, *decorators))
    return "\n".join(text.split("\n")[first - 1 : node.end_lineno])
