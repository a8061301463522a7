"""Landlock: files, signals and TCP out of reach without any privilege: level `landlock`.

What it leaves open, a seccomp filter closes (`seccomp.program`), all but one thing: stat() still
says whether a path exists, how large and how old it is, as far as the permissions of folders let
the notebook's user go. Contents and lists of names stay out of reach.
"""

import ctypes
import os
import platform

from . import linux
from .syscall_numbers import syscall_number

_READ_FILE, _READ_FOLDER = 1 << 2, 1 << 3
_ONLY_FOR_FOLDERS = _READ_FOLDER | 0b1111111110000  # remove and make entries
_EXECUTE, _REFER, _TRUNCATE, _IOCTL_DEVICE = 1, 1 << 13, 1 << 14, 1 << 15
_FIRST_RIGHTS = (1 << 13) - 1
_RIGHTS_ADDED = {2: _REFER, 3: _TRUNCATE, 5: _IOCTL_DEVICE}
_TCP = 0b11  # bind and connect
_SCOPES = 0b11  # abstract sockets and signals
_VERSION_FLAG = 1
_PATH_BENEATH = 1


class _Ruleset(ctypes.Structure):
    _fields_ = [("files", ctypes.c_uint64), ("net", ctypes.c_uint64), ("scoped", ctypes.c_uint64)]


class _PathBeneath(ctypes.Structure):
    _pack_ = 1
    _fields_ = [("allowed", ctypes.c_uint64), ("folder", ctypes.c_int32)]


def version():
    """The version of Landlock that this kernel has.

    Raises
    ------
    OSError
        If it has none, or it is switched off.
    """
    return _call("landlock_create_ruleset", 0, 0, _VERSION_FLAG)


def make_ruleset(readable, writable, devices):
    """Allow only these paths and what is below them.

    Parameters
    ----------
    readable, writable, devices : list of str
        To read; to read, write, make and remove; to read and write, never make. Paths that do
        not exist are left out.

    Returns
    -------
    int
        File descriptor for `restrict`.
    """
    abi = version()
    everything = _FIRST_RIGHTS
    for since, right in _RIGHTS_ADDED.items():
        everything |= right if abi >= since else 0
    rules = _Ruleset(everything, _TCP if abi >= 4 else 0, _SCOPES if abi >= 6 else 0)
    size = 24 if abi >= 6 else 16 if abi >= 4 else 8
    ruleset = _call("landlock_create_ruleset", ctypes.byref(rules), size, 0)
    write = everything & ~_EXECUTE & ~_IOCTL_DEVICE
    for paths, rights in (
        (readable, _READ_FILE | _READ_FOLDER),
        (writable, write),
        (devices, write),
    ):
        for path in paths:
            _allow(ruleset, path, rights)
    return ruleset


def restrict(ruleset):
    """Put this process and all it starts under a ruleset, for good, and close its descriptor."""
    linux.prctl(linux.PR_SET_NO_NEW_PRIVS, 1)
    _call("landlock_restrict_self", ruleset, 0)
    os.close(ruleset)


def _allow(ruleset, path, rights):
    try:
        place = os.open(path, os.O_PATH | os.O_CLOEXEC)
    except OSError:
        return
    try:
        if not os.path.isdir(path):
            rights &= ~_ONLY_FOR_FOLDERS & ~_REFER
        rule = _PathBeneath(rights, place)
        _call("landlock_add_rule", ruleset, _PATH_BENEATH, ctypes.byref(rule), 0)
    finally:
        os.close(place)


def _call(name, *arguments):
    machine = platform.machine()
    try:
        number = syscall_number(name, machine)
    except ValueError as error:
        raise OSError(f"no system call numbers for {machine}") from error
    return linux.syscall(number, *arguments)
