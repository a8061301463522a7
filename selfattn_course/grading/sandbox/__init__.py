"""Runs notebooks that nobody trusts: `Sandbox` is where, `execute` is how."""

from .execute import execute
from .levels import best_sandbox, explain, probe
from .notebook import Notebook
from .records import Call, CellResult, Execution, Limits
from .sandbox import LEVELS, Sandbox

__all__ = [
    "LEVELS",
    "Call",
    "CellResult",
    "Execution",
    "Limits",
    "Notebook",
    "Sandbox",
    "best_sandbox",
    "execute",
    "explain",
    "probe",
]
