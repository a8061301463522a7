import re
import struct
from pathlib import Path

import pytest

from selfattn_course.grading.sandbox.inside import seccomp, syscall_numbers

HEADERS = {
    "x86_64": Path("/usr/include/x86_64-linux-gnu/asm/unistd_64.h"),
    "aarch64": Path("/usr/include/asm-generic/unistd.h"),
}
ALLOW, KILL, EPERM, ENOSYS = 0x7FFF0000, 0x80000000, 0x00050001, 0x00050026
NEW_USER, THREAD = 0x10000000, 0x00010000


@pytest.mark.parametrize("machine", syscall_numbers.MACHINES)
def test_numbers_agree_with_the_kernel_headers(machine):
    if not HEADERS[machine].exists():
        pytest.skip(f"{HEADERS[machine]} is not installed")
    found = re.findall(r"#define\s+__NR(?:3264)?_(\w+)\s+(\d+)", HEADERS[machine].read_text())
    numbers = {}
    for name, number in found:
        numbers.setdefault(name, int(number))
    for name in syscall_numbers._ALL:
        ours = syscall_numbers.syscall_number(name, machine)
        assert ours == numbers.get(name), name


def answer(program, number, *arguments, arch=0xC000003E):
    """What the kernel would do: a small machine for the five instructions that we use."""
    data = struct.pack("<IIQ6Q", number, arch, 0, *(*arguments, *[0] * 6)[:6])
    code = list(struct.iter_unpack("<HBBI", program))
    at = accumulator = 0
    while True:
        operation, if_true, if_false, operand = code[at]
        if operation == 0x06:
            return operand
        if operation == 0x20:
            (accumulator,) = struct.unpack_from("<I", data, operand)
            at += 1
            continue
        holds = {
            0x15: accumulator == operand,
            0x35: accumulator >= operand,
            0x45: accumulator & operand != 0,
        }[operation]
        at += 1 + (if_true if holds else if_false)


def number(name, machine="x86_64"):
    return syscall_numbers.syscall_number(name, machine)


@pytest.mark.parametrize("own_namespaces", [True, False])
def test_every_forbidden_call_is_refused_and_others_pass(own_namespaces):
    program = seccomp.program(own_namespaces=own_namespaces, machine="x86_64")
    for name in syscall_numbers.FORBIDDEN:
        assert answer(program, number(name)) == EPERM, name
    for harmless in (0, 1, 9, 39, 60, 202, 231, 257):  # read, write, mmap, getpid, exit, futex …
        assert answer(program, harmless) == ALLOW
    assert answer(program, number("clone3")) == ENOSYS
    assert answer(program, 451) == ENOSYS


@pytest.mark.parametrize("machine", syscall_numbers.MACHINES)
def test_foreign_calling_conventions_kill(machine):
    program = seccomp.program(own_namespaces=True, machine=machine)
    arch = {"x86_64": 0xC000003E, "aarch64": 0xC00000B7}[machine]
    assert answer(program, 1, arch=0x40000003) == KILL  # i386 and 32-bit ARM
    assert answer(program, 1, arch=0x40000028) == KILL
    assert answer(program, 0x40000001, arch=arch) == KILL  # x32
    assert answer(program, 64, arch=arch) == ALLOW or machine == "x86_64"


def test_with_namespaces_processes_may_be_made_but_no_namespaces_or_network():
    program = seccomp.program(own_namespaces=True, machine="x86_64")
    assert answer(program, number("clone"), 17) == ALLOW
    assert answer(program, number("clone"), NEW_USER | 17) == EPERM
    assert answer(program, number("socket"), 1) == ALLOW
    assert answer(program, number("socket"), 2) == EPERM
    assert answer(program, number("ioctl"), 0, 0x5412) == EPERM
    assert answer(program, number("ioctl"), 0, 0x5401) == ALLOW
    assert answer(program, number("prctl"), 4, 1) == EPERM
    assert answer(program, number("prctl"), 15) == ALLOW


def test_without_namespaces_only_threads_and_signals_to_itself(monkeypatch):
    monkeypatch.setattr("os.getpid", lambda: 77)
    program = seccomp.program(own_namespaces=False, machine="x86_64")
    assert answer(program, number("clone"), 17) == EPERM
    assert answer(program, number("clone"), THREAD) == ALLOW
    assert answer(program, number("clone"), THREAD | NEW_USER) == EPERM
    for name in ("fork", "vfork", "socket", "tkill", "pidfd_send_signal"):
        assert answer(program, number(name), 1) == EPERM
    for name in ("kill", "tgkill", "prlimit64"):
        assert answer(program, number(name), 77) == ALLOW
        assert answer(program, number(name), 78) == EPERM
    assert answer(program, number("kill"), 2**32 - 1) == EPERM  # everyone
    for name in syscall_numbers.UNCONFINED_BY_LANDLOCK:
        assert answer(program, number(name)) == EPERM
    stream, datagram, close_on_exec = 1, 2, 0o2000000
    assert answer(program, number("socketpair"), 1, stream | close_on_exec) == ALLOW
    assert answer(program, number("socketpair"), 1, datagram) == EPERM
    assert answer(program, number("socketpair"), 2, stream) == EPERM


def test_an_unknown_machine_is_refused():
    with pytest.raises(OSError, match="no system call filter for riscv64"):
        seccomp.program(own_namespaces=True, machine="riscv64")
