"""The few Linux calls that Python does not offer, through ctypes."""

import ctypes
import os
import platform
import signal

from .syscall_numbers import syscall_number

_libc = ctypes.CDLL(None, use_errno=True)
_libc_alone = ctypes.PyDLL(None, use_errno=True)  # no other thread of Python runs meanwhile

PR_SET_PDEATHSIG = 1
PR_SET_DUMPABLE = 4
PR_SET_SECCOMP = 22
PR_CAPBSET_DROP = 24
PR_SET_CHILD_SUBREAPER = 36
PR_SET_NO_NEW_PRIVS = 38


def check(result, what):
    """Return result, or raise the OSError that errno tells of when it is negative."""
    if result < 0:
        number = ctypes.get_errno()
        raise OSError(number, f"{what}: {os.strerror(number)}")
    return result


def prctl(option, argument, *rest):
    """prctl(2) with up to five arguments."""
    arguments = [ctypes.c_ulong(x) if isinstance(x, int) else x for x in (argument, *rest)]
    arguments += [ctypes.c_ulong(0)] * (4 - len(arguments))
    return check(_libc.prctl(option, *arguments), f"prctl {option}")


def syscall(number, *arguments):
    """A system call by number; integers are passed at full width."""
    wide = [ctypes.c_long(x) if isinstance(x, int) else x for x in arguments]
    return check(_libc.syscall(ctypes.c_long(number), *wide), f"system call {number}")


def fork(flags):
    """Like os.fork, but the child is in new namespaces from the start; clone(2) does both."""
    number = syscall_number("clone", platform.machine())
    arguments = [ctypes.c_long(x) for x in (number, flags | signal.SIGCHLD, 0, 0, 0, 0)]
    ctypes.pythonapi.PyOS_BeforeFork()
    pid = _libc_alone.syscall(*arguments)
    if pid == 0:
        ctypes.pythonapi.PyOS_AfterFork_Child()
    else:
        ctypes.pythonapi.PyOS_AfterFork_Parent()
    return check(pid, "clone")


def mount(kind, target, flags, options=""):
    """Mount a file system that has no device, such as tmpfs or proc."""
    kind, target, options = kind.encode(), target.encode(), options.encode()
    result = _libc.mount(kind, target, kind, ctypes.c_ulong(flags), options)
    check(result, f"mount {target.decode()}")


def set_no_capabilities():
    """Empty the permitted, effective and inheritable capabilities of this thread."""
    version_3 = (ctypes.c_uint32 * 2)(0x20080522, 0)
    check(_libc.capset(version_3, (ctypes.c_uint32 * 6)()), "capset")
