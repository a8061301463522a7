"""Runs notebooks that nobody trusts: `Sandbox` is where, `execute` is how.

Each name is loaded when it is asked for: a sandbox is launched before NumPy is loaded here, so that
both load at a time.
"""

from importlib import import_module

_MODULES = {
    "Call": "records",
    "CellResult": "records",
    "Execution": "records",
    "LEVELS": "sandbox",
    "Limits": "records",
    "Notebook": "notebook",
    "Sandbox": "sandbox",
    "best_sandbox": "levels",
    "execute": "execution",
    "explain": "levels",
    "probe": "levels",
}
__all__ = list(_MODULES)


def __getattr__(name):
    if name not in _MODULES:
        raise AttributeError(f"{__name__} has no {name}")
    return getattr(import_module(f".{_MODULES[name]}", __name__), name)
