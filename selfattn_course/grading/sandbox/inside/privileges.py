"""Giving up what a student's process does not need."""

import ctypes
import os
import resource
import signal
from contextlib import suppress

from . import linux

_MIB = 1 << 20


def become(uid):
    """Turn from root into an unprivileged user for good, without supplementary groups."""
    _empty_bounding_set()
    os.setgroups([])
    os.setresgid(uid, uid, uid)
    os.setresuid(uid, uid, uid)
    linux.set_no_capabilities()


def drop_capabilities():
    """Give up every capability for good, here and in whatever is executed later."""
    _empty_bounding_set()
    linux.set_no_capabilities()
    linux.prctl(linux.PR_SET_NO_NEW_PRIVS, 1)


def _empty_bounding_set():
    for capability in range(64):
        try:
            linux.prctl(linux.PR_CAPBSET_DROP, capability)
        except OSError:  # no such capability, or not allowed to: then there is none to lose
            return


def limit_resources(limits):
    """Set the limits that the kernel keeps for each process.

    Parameters
    ----------
    limits : dict
        address_bytes, file_bytes, cpu_s, perhaps processes, and core: the one to stay on, or null.
    """
    if limits["core"] is not None:
        with suppress(OSError):  # it has been taken away: any other will do
            os.sched_setaffinity(0, {limits["core"]})
    hard = {
        resource.RLIMIT_AS: limits["address_bytes"],
        resource.RLIMIT_CPU: limits["cpu_s"],
        resource.RLIMIT_FSIZE: limits["file_bytes"],
        resource.RLIMIT_NOFILE: 128,
        resource.RLIMIT_STACK: 8 * _MIB,
        resource.RLIMIT_CORE: 0,
        resource.RLIMIT_MEMLOCK: 0,
        resource.RLIMIT_MSGQUEUE: 0,
    }
    if "processes" in limits:
        hard[resource.RLIMIT_NPROC] = limits["processes"]
    for kind, value in hard.items():
        _, most = resource.getrlimit(kind)
        value = value if most == resource.RLIM_INFINITY else min(value, most)
        resource.setrlimit(kind, (value, value))
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)  # a file too large is an error, not a death


def keep_memory_private():
    """Let no process of the same user look into this one."""
    linux.prctl(linux.PR_SET_DUMPABLE, 0)


def die_with_parent(number):
    """Get a signal when the process that started this one ends; a change of user undoes it."""
    linux.prctl(linux.PR_SET_PDEATHSIG, int(number))


def install_filter(program):
    """Put this process and all it starts under a seccomp program, as `seccomp.program` makes."""

    class Program(ctypes.Structure):
        _fields_ = [("length", ctypes.c_ushort), ("instructions", ctypes.c_char_p)]

    linux.prctl(linux.PR_SET_NO_NEW_PRIVS, 1)
    described = Program(len(program) // 8, program)
    linux.prctl(linux.PR_SET_SECCOMP, 2, ctypes.byref(described))
