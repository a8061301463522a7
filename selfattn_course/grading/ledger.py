"""The ledger: every grade ever given, one JSON line each, appended and never rewritten.

The last line of a (student, assignment) counts. Everything else in the folder (gradebook,
table, pages) can be made again from it.
"""

import contextlib
import errno
import fcntl
import os
import threading
from pathlib import Path

from selfattn_course.errors import CourseError, NotGradedError
from selfattn_course.grading.atomic import reason
from selfattn_course.grading.record import Record

FILE_NAME = "ledger.jsonl"


def read_ledger(folder):
    """Records that count, without locking or changing the file.

    Parameters
    ----------
    folder : Path
        Folder that holds ledger.jsonl.

    Returns
    -------
    tuple of Record
        Sorted by student, then assignment; empty where there is no ledger. An unfinished last
        line, left by a crash, is passed over.

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
    return _sorted(_parse(data[: _whole(data)], path))


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
            self._records = self._load()
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
        """Add one record; when this returns, it is on the disk.

        Raises
        ------
        NotGradedError
            If it cannot be written; the ledger is then as long as before.
        """
        line = record.to_line().encode("utf-8") + b"\n"
        with self._guard:
            end = os.fstat(self._file).st_size
            try:
                if os.write(self._file, line) != len(line):
                    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
                os.fsync(self._file)
            except OSError as error:
                with contextlib.suppress(OSError):  # a tail left behind is mended on opening
                    os.ftruncate(self._file, end)
                raise self._cannot_write(error) from error
            self._records[record.student, record.assignment] = record

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
        records = _parse(data[:whole], self._path)
        if whole < len(data):
            os.ftruncate(self._file, whole)  # a crash cut this line short; it was never promised
        return records

    def _cannot_write(self, error):
        return NotGradedError(
            f"cannot write {self._path}: {reason(error)}; the grades in it so far are safe; "
            "mend this and run the same command again"
        )


def _whole(data):
    return data.rfind(b"\n") + 1


def _parse(data, path):
    records = {}
    for number, line in enumerate(data.splitlines(), start=1):
        try:
            record = Record.from_line(line.decode("utf-8"))
        except (ValueError, TypeError, RecursionError) as error:
            raise CourseError(
                f"{path} line {number} is no grade record ({error}); expected one JSON object a "
                "line; restore the file from a copy, or move it away to grade afresh"
            ) from error
        records[record.student, record.assignment] = record
    return records


def _sorted(records):
    return tuple(record for _, record in sorted(records.items()))
