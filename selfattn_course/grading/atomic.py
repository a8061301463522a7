"""Files that are either the old ones or the new ones, never half of either."""

import contextlib
import os
import tempfile
from pathlib import Path

from selfattn_course.errors import CourseError, NotGradedError

UNFINISHED = ".writing-"  # how the names of temporary files start


def reason(error):
    """The operating system's reason for `error`, in lower case."""
    return (error.strerror or str(error)).lower()


def write_file(path, content, *, mode=0o644):
    """Write a whole file: to a temporary file beside it, then renamed over it.

    A file that already has this content is left alone, so its time stamp tells when it changed.

    Parameters
    ----------
    path : Path
        File to write; missing folders above it are made.
    content : str or bytes
        Text is written as UTF-8.
    mode : int
        Permissions of the file.

    Raises
    ------
    NotGradedError
        If the file cannot be written; what stood there before is still whole.
    """
    data = content.encode("utf-8") if isinstance(content, str) else content
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        if path.is_file() and path.read_bytes() == data:
            return
        _replace(path, data, mode)
    except OSError as error:
        raise NotGradedError(
            f"cannot write {path}: {reason(error)}; the old file, if there was one, is unharmed; "
            "mend this and run the same command again"
        ) from error


def _replace(path, data, mode):
    descriptor, temporary = tempfile.mkstemp(dir=path.parent, prefix=UNFINISHED)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        os.chmod(temporary, mode)
        os.replace(temporary, path)
    except BaseException:
        with contextlib.suppress(OSError):
            os.unlink(temporary)
        raise


def prepare_folder(folder):
    """Make `folder` and prove that a file can be written into it, before any work is done.

    Raises
    ------
    CourseError
        If it is a file, or cannot be made or written.
    """
    folder = Path(folder)
    if folder.exists() and not folder.is_dir():
        raise CourseError(f"{folder} is a file; expected a folder; choose another --out")
    try:
        folder.mkdir(parents=True, exist_ok=True)
        descriptor, probe = tempfile.mkstemp(dir=folder, prefix=UNFINISHED)
        try:
            os.write(descriptor, b"x")
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
            with contextlib.suppress(FileNotFoundError):  # another run has just tidied up
                os.unlink(probe)
    except OSError as error:
        raise CourseError(
            f"cannot write to {folder}: {reason(error)}; choose another --out or mend it"
        ) from error


def clear_unfinished(folder):
    """Remove the temporary files that a run left when it was killed.

    Parameters
    ----------
    folder : Path
        Output folder, whose ledger's lock the caller holds: nobody else is writing.
    """
    for path in Path(folder).rglob(f"{UNFINISHED}*"):
        with contextlib.suppress(OSError):  # in nobody's way, and tried again next time
            path.unlink()
