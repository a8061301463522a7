"""ledger.head: how long the ledger was after the last complete run, and what its last line was.

The chain in the ledger shows a line that was changed, put in or taken out, unless it is the last
one: without this file, a ledger that was cut short would look like a shorter one.
"""

import json
from dataclasses import asdict, dataclass
from pathlib import Path

from selfattn_course.grading.atomic import write_file

FILE_NAME = "ledger.head"


@dataclass(frozen=True)
class Head:
    """Number of lines of a ledger, and the SHA-256 of the last one, in hexadecimal."""

    lines: int
    sha256: str


def write_head(folder, head):
    """Keep the head beside the ledger."""
    write_file(Path(folder) / FILE_NAME, json.dumps(asdict(head)) + "\n")


def read_head(folder):
    """The head that was kept, or None where no run was ever complete.

    Raises
    ------
    ValueError
        If the file is there and holds none.
    """
    try:
        data = json.loads((Path(folder) / FILE_NAME).read_text("utf-8"))
    except FileNotFoundError:
        return None
    if not isinstance(data, dict) or {*data} != {"lines", "sha256"}:
        raise ValueError("expected lines and sha256")
    if type(data["lines"]) is not int or type(data["sha256"]) is not str:
        raise ValueError("lines must be a number and sha256 text")
    return Head(**data)
