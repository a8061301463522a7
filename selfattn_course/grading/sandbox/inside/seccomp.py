"""A seccomp filter written out by hand: which system calls a student's process may make.

The program is classic BPF. It answers each call with "allow", with an error number, or, when the
call was made through a foreign calling convention (whose numbers mean other calls), by killing
the process.
"""

import errno
import os
import platform
import struct

from . import syscall_numbers

_AUDIT_ARCH = {"x86_64": 0xC000003E, "aarch64": 0xC00000B7}
_X32_BIT = 0x40000000
_NEWEST_KNOWN_CALL = 450  # both machines number their calls alike from 424 on

_LOAD, _EQUAL, _AT_LEAST, _ANY_BIT, _RETURN = 0x20, 0x15, 0x35, 0x45, 0x06
_ALLOW, _KILL, _ERROR = 0x7FFF0000, 0x80000000, 0x00050000
_NUMBER_AT, _ARCH_AT, _ARGUMENTS_AT = 0, 4, 16

_AF_UNIX = 1
_SOCK_STREAM = 1
_SOCK_FLAGS = (0, 0o4000, 0o2000000, 0o2004000)  # non-blocking, close on exec
_TIOCSTI, _TIOCLINUX = 0x5412, 0x541C  # type into a terminal
# name the process that gets a signal when a descriptor is ready, and which signal
_F_SETOWN, _F_SETSIG, _F_SETOWN_EX = 8, 10, 15
_FIOSETOWN, _SIOCSPGRP = 0x8901, 0x8902
_PR_SET_PDEATHSIG, _PR_SET_DUMPABLE, _PR_SET_MM = 1, 4, 35
_CLONE_THREAD = 0x00010000
_CLONE_NAMESPACES = 0x7E020080  # user, pid, mount, network, IPC, UTS, cgroup and time


def program(*, own_namespaces, machine=None):
    """The filter as bytes, for `privileges.install_filter`.

    Parameters
    ----------
    own_namespaces : bool
        True where other processes and the network are out of sight anyway. False forbids all
        sockets, new processes, signals to any process but this one, and changes to files
        that Landlock does not control, such as their modes.
    machine : str, optional
        As platform.machine() says; this machine by default.

    Raises
    ------
    OSError
        If the system calls of this machine are not known here.
    """
    machine = machine or platform.machine()
    if machine not in _AUDIT_ARCH:
        raise OSError(f"no system call filter for {machine}; expected x86_64 or aarch64")
    code = _prologue(_AUDIT_ARCH[machine])
    for name, body in _rules(own_namespaces).items():
        number = syscall_numbers.syscall_number(name, machine)
        if number is not None:
            code += [(_EQUAL, 0, len(body), number), *body]
    code.append(_answer(_ALLOW))
    return b"".join(struct.pack("=HBBI", *instruction) for instruction in code)


def _prologue(arch):
    return [
        (_LOAD, 0, 0, _ARCH_AT),
        (_EQUAL, 1, 0, arch),
        _answer(_KILL),
        (_LOAD, 0, 0, _NUMBER_AT),
        (_AT_LEAST, 0, 1, _X32_BIT),
        _answer(_KILL),
        (_AT_LEAST, 0, 1, _NEWEST_KNOWN_CALL + 1),
        _refusal(errno.ENOSYS),
    ]


def _rules(own_namespaces):
    """What to do in each restricted call: a list of instructions that ends with an answer."""
    rules = {name: [_refusal(errno.EPERM)] for name in syscall_numbers.FORBIDDEN}
    rules["clone3"] = [_refusal(errno.ENOSYS)]  # its flags are out of reach; libc falls back
    rules["ioctl"] = _none_of(1, _TIOCSTI, _TIOCLINUX)
    rules["prctl"] = _none_of(0, _PR_SET_PDEATHSIG, _PR_SET_DUMPABLE, _PR_SET_MM)
    if own_namespaces:
        rules["clone"] = _without_bits(0, _CLONE_NAMESPACES)
        rules["socket"] = _only((0, [_AF_UNIX]))
        return rules
    for name in (*syscall_numbers.FORBIDDEN_WITHOUT_PID_NAMESPACE, "socket"):
        rules[name] = [_refusal(errno.EPERM)]
    for name in syscall_numbers.UNCONFINED_BY_LANDLOCK:
        rules[name] = [_refusal(errno.EPERM)]
    stream = [_SOCK_STREAM | flags for flags in _SOCK_FLAGS]
    # a datagram pair could still send to any socket by its name; event loops need stream pairs
    rules["socketpair"] = _only((0, [_AF_UNIX]), (1, stream))
    rules["clone"] = [*_without_bits(0, _CLONE_NAMESPACES)[:-1], *_with_bit(0, _CLONE_THREAD)]
    rules["ioctl"] = _none_of(1, _TIOCSTI, _TIOCLINUX, _FIOSETOWN, _SIOCSPGRP)
    rules["fcntl"] = _none_of(1, _F_SETOWN, _F_SETSIG, _F_SETOWN_EX)
    myself = os.getpid()
    rules["kill"] = rules["prlimit64"] = _only((0, [0, myself]))
    rules["tgkill"] = _only((0, [myself]))
    return rules


def _answer(value):
    return (_RETURN, 0, 0, value)


def _refusal(number):
    return _answer(_ERROR | number)


def _argument(position):
    """Load the low half of an argument; all arguments looked at here are 32 bits wide."""
    return (_LOAD, 0, 0, _ARGUMENTS_AT + 8 * position)


def _only(*tests):
    """Allow when each (position, values) holds the argument among its values."""
    code = []
    for position, values in tests:
        code.append(_argument(position))
        code += [(_EQUAL, len(values) - i, 0, value) for i, value in enumerate(values)]
        code.append(_refusal(errno.EPERM))
    return [*code, _answer(_ALLOW)]


def _none_of(position, *values):
    tests = [(_EQUAL, len(values) - i, 0, value) for i, value in enumerate(values)]
    return [_argument(position), *tests, _answer(_ALLOW), _refusal(errno.EPERM)]


def _without_bits(position, bits):
    return [_argument(position), (_ANY_BIT, 0, 1, bits), _refusal(errno.EPERM), _answer(_ALLOW)]


def _with_bit(position, bit):
    return [_argument(position), (_ANY_BIT, 1, 0, bit), _refusal(errno.EPERM), _answer(_ALLOW)]
