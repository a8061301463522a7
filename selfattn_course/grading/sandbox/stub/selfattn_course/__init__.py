"""Stands in for the course package while a notebook is graded: checks that say nothing.

`from selfattn_course.checks.<chapter> import check` works, and what `check(...)` returns shows
nothing and counts as true, because the verdict is reached elsewhere: cells may assert it. Of the
rest there is what the grader provides for the notebook's assignment, as source in memory, and
nothing else.
"""

import importlib
import sys
from importlib.machinery import ModuleSpec

_provided = {}  # source of modules by their full names


def provide(sources):
    """Let these modules be imported."""
    _provided.update(sources)


class _NoVerdict:
    """Passes an assertion, and is shown as nothing."""

    def __repr__(self):
        return "The verdict comes with the feedback."

    def _ipython_display_(self):
        pass


def _check(*arguments, **options):
    return _NoVerdict()


class _Stub:
    """Finder and loader of everything below this package."""

    @staticmethod
    def find_spec(name, path=None, target=None):
        parts = name.split(".")
        if parts[0] != __name__ or len(parts) == 1:
            return None
        if name not in _provided and (parts[1] != "checks" or len(parts) > 3):
            raise ImportError(
                f"{name} is not available while grading: write the function yourself.", name=name
            )
        return ModuleSpec(name, _Stub, is_package=len(parts) == 2)

    @staticmethod
    def create_module(spec):
        return None

    @staticmethod
    def exec_module(module):
        name = module.__name__
        if name in _provided:
            exec(compile(_provided[name], f"<{name}>", "exec"), module.__dict__)
        else:
            module.check = _check


def __getattr__(name):
    if name.startswith("__"):
        raise AttributeError(name)
    if name == "checks" or f"{__name__}.{name}" in _provided:
        return importlib.import_module(f"{__name__}.{name}")
    raise ImportError(
        f"{__name__}.{name} is not available while grading: write the function yourself."
    )


sys.meta_path.insert(0, _Stub)
