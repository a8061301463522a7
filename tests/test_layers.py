"""Imports run one way only; this test holds the arrows."""

import ast
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parents[1] / "selfattn_course"
SHARED = {"errors", "outcome", "__version__"}
MAY_IMPORT = {
    "kernels": set(),
    "experiments": {"kernels"},
    "figures": {"experiments", "kernels"},
    "checks": {"kernels"},
    "notebooks": set(),
    "grading": set(),
}
NO_MATPLOTLIB = ("kernels", "checks", "grading", "experiments", "notebooks")
# They run in the sandbox's own process, which students' plots need.
INSIDE_THE_SANDBOX = PACKAGE / "grading" / "sandbox" / "inside"


def imported_names(path):
    """Absolute dotted names that a module imports, at any depth of its code."""
    package = ("selfattn_course", *path.relative_to(PACKAGE).parts[:-1])
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = package[: len(package) - node.level + 1] if node.level else ()
            module = ".".join((*base, *([node.module] if node.module else [])))
            yield from (f"{module}.{alias.name}" for alias in node.names)


def modules(layer):
    return [path for path in (PACKAGE / layer).rglob("*.py")]


@pytest.mark.parametrize("layer", MAY_IMPORT)
def test_layer_imports_only_those_below_it(layer):
    allowed = MAY_IMPORT[layer] | SHARED | {layer}
    for path in modules(layer):
        for name in imported_names(path):
            parts = name.split(".")
            if parts[0] == "selfattn_course" and INSIDE_THE_SANDBOX not in path.parents:
                assert parts[1] in allowed, f"{path.relative_to(PACKAGE)} imports {name}"


@pytest.mark.parametrize("layer", NO_MATPLOTLIB)
def test_layer_draws_nothing(layer):
    for path in modules(layer):
        if INSIDE_THE_SANDBOX in path.parents:
            continue
        for name in imported_names(path):
            assert name.split(".")[0] != "matplotlib", f"{path.relative_to(PACKAGE)} imports {name}"


def test_every_layer_is_listed():
    folders = {path.parent.name for path in PACKAGE.glob("*/__init__.py")}
    assert folders == set(MAY_IMPORT) | {"commands"}  # commands may import everything
