"""What one call of a student's function came to: the only record that every layer shares."""

from dataclasses import dataclass
from typing import Any

RETURNED = "returned"
MISSING = "missing"
ERROR = "error"
TIMEOUT = "timeout"
MEMORY = "memory"
CRASH = "crash"


@dataclass(frozen=True)
class Outcome:
    """One call.

    Attributes
    ----------
    status : str
        `returned`; `missing` (no such function); `error` (it raised, or returned something that
        is not data); `timeout`; `memory`; `crash` (the process ended).
    value : object
        What was returned: arrays, numbers, strings, and lists, tuples or dicts of them.
    error : str
        For `error`, the type and message of the exception, as "ValueError: shapes differ".
    changed : tuple of int
        Positions of the arguments whose contents the call changed, positional ones first.
    """

    status: str
    value: Any = None
    error: str = ""
    changed: tuple[int, ...] = ()

    @property
    def is_unwritten(self):
        """Whether the function is there, but its body, or that of one it calls, is not."""
        return self.status == ERROR and self.error.startswith("NotImplementedError")
