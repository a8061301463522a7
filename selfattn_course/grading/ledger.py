"""The ledger: every grade ever given, one JSON line each, appended and never rewritten.

The last line of a (student, assignment) counts, unless the course's policy says otherwise.
Everything else in the folder (gradebook, table, pages) can be made again from it. Each line holds
the SHA-256 of the line before it, so that a line that is changed, taken out or put in shows.
"""

import contextlib
import errno
import fcntl
import hashlib
import json
import os
import threading
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from selfattn_course.errors import CourseError, NotGradedError
from selfattn_course.grading.atomic import reason
from selfattn_course.grading.ledger_head import Head, write_head
from selfattn_course.grading.record import Record, as_line

FILE_NAME = "ledger.jsonl"
FIRST = hashlib.sha256().hexdigest()  # what the first line names as the one before it


@dataclass(frozen=True)
class Entry:
    """One line of the ledger.

    Attributes
    ----------
    record : Record
    graded_at : str
        When it was written, in UTC.
    previous : str
        SHA-256 of the line before it, in hexadecimal; that of nothing for the first line.
    sha256 : str
        Of this line.
    """

    record: Record
    graded_at: str
    previous: str
    sha256: str


def read_history(folder):
    """Every entry, oldest first, without locking or changing the file.

    Parameters
    ----------
    folder : Path
        Folder that holds ledger.jsonl.

    Returns
    -------
    tuple of Entry
        Empty where there is no ledger. An unfinished last line, left by a crash, is passed over.
        The chain is not checked: see `audit.py`.

    Raises
    ------
    CourseError
        If a finished line is no record.
    """
    path = Path(folder) / FILE_NAME
    try:
        data = path.read_bytes()
    except FileNotFoundError:
        return ()
    except OSError as error:
        raise CourseError(f"cannot read {path}: {reason(error)}; mend it and run again") from error
    return tuple(_entries(data[: _whole(data)], path))


def read_ledger(folder):
    """The last record of each (student, assignment), sorted by both; see `read_history`."""
    return _sorted(_latest(read_history(folder)))


class Ledger:
    """The ledger of one folder, open for appending by one process at a time.

    Parameters
    ----------
    folder : Path
        Existing folder; ledger.jsonl is made in it if need be.

    Raises
    ------
    NotGradedError
        If another process has it open, or it cannot be written.
    CourseError
        If a finished line is no record.
    """

    def __init__(self, folder):
        self._path = Path(folder) / FILE_NAME
        self._guard = threading.Lock()
        try:
            flags = os.O_RDWR | os.O_CREAT | os.O_APPEND | os.O_CLOEXEC
            self._file = os.open(self._path, flags, 0o644)
        except OSError as error:
            raise self._cannot_write(error) from error
        try:
            self._lock()
            self._load()
        except BaseException:
            os.close(self._file)
            raise

    def __enter__(self):
        return self

    def __exit__(self, *exception):
        os.close(self._file)  # gives up the lock as well

    def get(self, student, assignment):
        """The record that counts, or None."""
        return self._records.get((student, assignment))

    def current(self):
        """All records that count, sorted by student, then assignment."""
        return _sorted(self._records)

    def append(self, record):
        """Add one record; see `append_all`."""
        self.append_all([record])

    def append_all(self, records):
        """Add records; when this returns, they are on the disk.

        Raises
        ------
        NotGradedError
            If they cannot be written; the ledger is then as long as before.
        """
        with self._guard:
            lines = self._chained(records)
            if not lines:
                return
            self._write(b"".join(line + b"\n" for line in lines))
            self._head, self._length = sha256(lines[-1]), self._length + len(lines)
            self._records |= {(record.student, record.assignment): record for record in records}

    def write_head(self):
        """Note how long the ledger is and what its last line is, to tell later if it was cut."""
        write_head(self._path.parent, Head(self._length, self._head))

    def _chained(self, records):
        now = datetime.now(UTC).isoformat(timespec="seconds")
        lines, previous = [], self._head
        for record in records:
            entry = record.to_dict() | {"graded_at": now, "previous": previous}
            lines.append(as_line(entry).encode("utf-8"))
            previous = sha256(lines[-1])
        return lines

    def _write(self, data):
        end = os.fstat(self._file).st_size
        try:
            if os.write(self._file, data) != len(data):
                raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
            os.fsync(self._file)
        except OSError as error:
            with contextlib.suppress(OSError):  # a tail left behind is mended on opening
                os.ftruncate(self._file, end)
            raise self._cannot_write(error) from error

    def _lock(self):
        try:
            fcntl.flock(self._file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            raise NotGradedError(
                f"{self._path} is in use by another grading run; expected to be the only one; "
                "wait for it to end, or choose another --out"
            ) from error

    def _load(self):
        data = self._path.read_bytes()
        whole = _whole(data)
        entries = list(_entries(data[:whole], self._path))
        if whole < len(data):
            os.ftruncate(self._file, whole)  # a crash cut this line short; it was never promised
        self._records = _latest(entries)
        self._head, self._length = entries[-1].sha256 if entries else FIRST, len(entries)

    def _cannot_write(self, error):
        return NotGradedError(
            f"cannot write {self._path}: {reason(error)}; the grades in it so far are safe; "
            "mend this and run the same command again"
        )


def _whole(data):
    return data.rfind(b"\n") + 1


def _entries(data, path):
    for number, line in enumerate(data.splitlines(), start=1):
        try:
            yield read_entry(line)
        except (ValueError, TypeError, RecursionError) as error:
            raise CourseError(
                f"{path} line {number} is no grade record ({error}); expected one JSON object a "
                "line; restore the file from a copy, or move it away to grade afresh"
            ) from error


def read_entry(line):
    """What one line holds, given without its end.

    Raises
    ------
    ValueError, TypeError, RecursionError
        If it is no grade record.
    """
    data = json.loads(line.decode("utf-8"))
    if not isinstance(data, dict):
        raise ValueError("expected an object")
    own = [data.pop(name, None) for name in ("graded_at", "previous")]
    if not all(isinstance(value, str) for value in own):
        raise ValueError("graded_at and previous must be text")
    return Entry(Record.from_dict(data), *own, sha256(line))


def sha256(line):
    """SHA-256 of a line without its end, in hexadecimal."""
    return hashlib.sha256(line).hexdigest()


def _latest(entries):
    return {(entry.record.student, entry.record.assignment): entry.record for entry in entries}


def _sorted(records):
    return tuple(record for _, record in sorted(records.items()))
