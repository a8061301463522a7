"""Read one notebook, whatever state it is in, under limits, without running any of it."""

import hashlib
import json
import os
import stat
from dataclasses import dataclass
from pathlib import Path

MAX_FILE_BYTES = 100 * 2**20
MAX_CODE_CELLS = 2000
MAX_SOURCE_BYTES = 2 * 2**20
MAX_JSON_PARTS = 4_000_000  # strings, and separately values: bounds the memory JSON turns into


@dataclass(frozen=True)
class Submission:
    """A notebook that was handed in.

    Attributes
    ----------
    student, assignment : str
        Who handed it in, and for what.
    path : Path
        Where it lies.
    sha256 : str
        Of the bytes of the file.
    cells : tuple of str
        Sources of its code cells, in order.
    problem : str
        Why it could not be read, in one sentence; empty if it could.
    handed_in : str
        When; see `Record`.
    """

    student: str
    assignment: str
    path: Path
    sha256: str
    cells: tuple[str, ...] = ()
    problem: str = ""
    handed_in: str = ""


class _Unreadable(ValueError):
    """One sentence on what is wrong with the file."""


def open_regular(path):
    """Open a file to read its bytes, without ever waiting for someone to write them.

    Raises
    ------
    OSError
        If it cannot be read, or is no regular file, as a pipe or a device put in its place.
    """
    descriptor = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)
    if not stat.S_ISREG(os.fstat(descriptor).st_mode):
        os.close(descriptor)
        raise OSError("it is no regular file")
    return os.fdopen(descriptor, "rb")


def file_sha256(path):
    """SHA-256 of a file's bytes, read piece by piece.

    Raises
    ------
    OSError
        If the file cannot be read.
    """
    with open_regular(path) as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def read_submission(handin):
    """Read the code cells of a notebook.

    It is read as plain JSON, not checked against nbformat's schema: notebooks without cell ids,
    without metadata, of nbformat 3, for another kernel, with a byte order mark or in UTF-16 or
    UTF-32, as `>` writes it in PowerShell, are fine. Tags are ignored, and blank cells left out.

    Parameters
    ----------
    handin : Handin
        Where it lies.

    Returns
    -------
    Submission
        With a `problem` if the file is too large, no JSON, or no notebook.

    Raises
    ------
    OSError
        If the file cannot be read: not the student's fault.
    """
    with open_regular(handin.path) as file:
        data = file.read(MAX_FILE_BYTES + 1)  # once: what is graded is what the hash is of
        digest = hashlib.sha256(data)
        while piece := file.read(2**20):
            digest.update(piece)
    sha256, cells, problem = digest.hexdigest(), (), ""
    try:
        cells = _code_cells(data)
    except _Unreadable as error:
        problem = str(error)
    who = handin.student, handin.assignment, handin.path
    return Submission(*who, sha256, cells, problem, handin.handed_in)


def _code_cells(data):
    _limit_bytes(data)
    notebook = _json(data)
    sources = tuple(source for cell in _cells(notebook) if (source := _source(cell)).strip())
    if len(sources) > MAX_CODE_CELLS:
        raise _Unreadable(f"It has {len(sources)} code cells; at most {MAX_CODE_CELLS} are read.")
    if sum(map(len, sources)) > MAX_SOURCE_BYTES:
        raise _Unreadable(f"Its code is longer than {MAX_SOURCE_BYTES // 2**20} MB.")
    return sources


def _limit_bytes(data):
    if len(data) > MAX_FILE_BYTES:
        raise _Unreadable(
            f"The file is larger than {MAX_FILE_BYTES // 2**20} MB; "
            "clear the outputs and hand it in again."
        )


def _json(data):
    try:
        text = data.decode(json.detect_encoding(data))
    except UnicodeDecodeError:
        raise _Unreadable("The file is not UTF-8 text; save it again as a notebook.") from None
    if not text or text.isspace():
        raise _Unreadable("The file is empty; expected a notebook; save it and hand it in again.")
    as_utf8 = text.encode("utf-8")  # one kind of bytes to measure: UTF-16 may take more room so
    _limit_bytes(as_utf8)
    _limit_parts(as_utf8)
    try:
        return json.loads(text)
    except RecursionError:
        raise _Unreadable("The file is nested too deeply to be a notebook.") from None
    except ValueError as error:  # the message of a JSONDecodeError says where, not what
        raise _Unreadable(
            f"The file is damaged: no valid JSON ({error}); open it in Jupyter, "
            "save it and hand it in again."
        ) from None


def _limit_parts(data):
    """Refuse a file whose values would fill the grader's memory, before parsing it."""
    bare = data.replace(b"\\\\", b"").replace(b'\\"', b"")
    if bare.count(b'"') <= 2 * MAX_JSON_PARTS:
        outside = b"".join(bare.split(b'"')[::2])
        if sum(map(outside.count, (b",", b"[", b"{"))) <= MAX_JSON_PARTS:
            return
    raise _Unreadable(f"The file has more than {MAX_JSON_PARTS} values; clear the outputs.")


def _cells(notebook):
    """The cells of a notebook of nbformat 4, or of all worksheets of nbformat 3."""
    if not isinstance(notebook, dict):
        raise _Unreadable("The file is JSON but no notebook: expected an object with cells.")
    worksheets = notebook.get("worksheets")
    holders = worksheets if isinstance(worksheets, list) else [notebook]
    cells = []
    for holder in holders:
        held = holder.get("cells") if isinstance(holder, dict) else None
        if not isinstance(held, list):
            raise _Unreadable("The file is JSON but no notebook: expected a list of cells.")
        cells += held
    return cells


def _source(cell):
    """The source of a code cell as one string; empty for other cells, and for damaged ones."""
    if not isinstance(cell, dict) or cell.get("cell_type") != "code":
        return ""
    source = cell.get("source", cell.get("input", ""))  # "input" in nbformat 3
    lines = source if isinstance(source, list) else [source]
    if not {*map(type, lines)} <= {str}:
        return ""
    whole = "".join(lines)  # without lone surrogates, which no file could hold
    return whole if whole.isascii() else whole.encode("utf-8", "replace").decode("utf-8")
