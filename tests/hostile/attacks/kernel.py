"""System calls that have no business in a notebook; what works says GOT."""

# ruff: noqa: E501 (code that is shown as it is handed in)

from . import cell

CALLS = """
import ctypes, os, struct
libc = ctypes.CDLL(None, use_errno=True)
def attempt(name, function, *arguments):
    ctypes.set_errno(0)
    result = getattr(libc, function)(*arguments)
    if result >= 0 or ctypes.get_errno() not in (1, 2, 3, 13, 22, 30, 38, 92, 97):
        print("GO" + "T:", name, result, os.strerror(ctypes.get_errno()))
buffer = ctypes.create_string_buffer(4096)
"""


def calls(*lines):
    return cell(CALLS + "\n".join(f"attempt({line})" for line in lines))


ATTACKS = {
    "other processes": calls(
        "'ptrace', 'ptrace', 16, @PID@, 0, 0",
        "'seize', 'ptrace', 0x4206, @PID@, 0, 0",
        "'read', 'process_vm_readv', @PID@, buffer, 1, buffer, 1, 0",
        "'write', 'process_vm_writev', @PID@, buffer, 1, buffer, 1, 0",
        "'kcmp', 'syscall', 312, os.getpid(), @PID@, 0, 0, 0",
        "'getfd', 'syscall', 438, 3, 1, 0",
        "'prlimit', 'syscall', 302, @PID@, 0, 0, buffer",
        "'madvise', 'syscall', 440, 3, buffer, 1, 4, 0",
    ),
    "the kernel itself": calls(
        "'perf', 'syscall', 298, buffer, 0, -1, -1, 0",
        "'bpf', 'syscall', 321, 0, buffer, 64",
        "'userfaultfd', 'syscall', 323, 1",
        "'io_uring', 'syscall', 425, 8, buffer",
        "'keyctl', 'syscall', 250, 0, -3, 1",
        "'add_key', 'syscall', 248, b'user', b'a', b'b', 1, -3",
        "'reboot', 'syscall', 169, 0xfee1dead, 672274793, 0, 0",
        "'kexec', 'syscall', 246, 0, 0, 0, 0",
        "'module', 'syscall', 175, buffer, 1, b''",
        "'finit', 'syscall', 313, 0, b'', 0",
        "'swapon', 'swapon', b'/dev/zero', 0",
        "'syslog', 'syscall', 103, 3, buffer, 4096",
        "'iopl', 'syscall', 172, 3",
        "'modify_ldt', 'syscall', 154, 1, buffer, 16",
        "'settime', 'settimeofday', buffer, 0",
        "'hostname', 'sethostname', b'owned', 5",
        "'quota', 'quotactl', 0, b'', 0, 0",
        "'acct', 'acct', 0",
        "'vhangup', 'vhangup'",
        "'personality', 'personality', 0x0040000",
        "'dumpable', 'prctl', 4, 1, 0, 0, 0",
        "'seccomp off', 'prctl', 22, 0, 0, 0, 0",
        "'new call', 'syscall', 462, 0, 0, 0, 0",
        "'x32', 'syscall', 500, 0, 0, 0, 0",
    ),
    "file systems": calls(
        "'mount', 'mount', b'tmpfs', b'/', b'tmpfs', 0, b''",
        "'bind', 'mount', b'/', b'.', b'', 4096, 0",
        "'proc', 'mount', b'proc', b'.', b'proc', 0, b''",
        "'remount', 'mount', b'', b'/', b'', 32, b''",
        "'umount', 'umount2', b'/proc', 2",
        "'chroot', 'chroot', b'.'",
        "'pivot', 'syscall', 155, b'.', b'.'",
        "'fsopen', 'syscall', 430, b'tmpfs', 0",
        "'open_tree', 'syscall', 428, -100, b'/', 1",
        "'move_mount', 'syscall', 429, -100, b'/', -100, b'.', 0",
        "'handle', 'syscall', 303, -100, b'/', buffer, buffer, 0",
        "'by handle', 'syscall', 304, -100, buffer, 0",
        "'fanotify', 'syscall', 300, 0, 0",
        "'mknod', 'mknod', b'dev', 0o60666, 0x0800",
    ),
    "namespaces": calls(
        *(
            f"'unshare {bit:x}', 'unshare', {bit}"
            for bit in (
                0x80,
                0x20000,
                0x2000000,
                0x4000000,
                0x8000000,
                0x10000000,
                0x20000000,
                0x40000000,
            )
        ),
        *(
            f"'clone {bit:x}', 'syscall', 56, {bit} | 17, 0, 0, 0, 0"
            for bit in (0x20000, 0x10000000, 0x20000000, 0x40000000)
        ),
        "'clone3', 'syscall', 435, buffer, 64",
        "'setns', 'setns', 0, 0",
        "'setuid', 'setuid', 0 if os.getuid() else 77",
        "'setgid', 'setgid', 0 if os.getgid() else 77",
        "'setgroups', 'setgroups', 0, 0",
    ),
    "another calling convention": cell(
        "import ctypes, mmap\npage = mmap.mmap(-1, 4096, prot=7)\n"
        "page.write(bytes.fromhex('b814000000cd80c3'))  # int 0x80\n"
        "print('GO' + 'T:', ctypes.CFUNCTYPE(ctypes.c_int)"
        "(ctypes.addressof(ctypes.c_char.from_buffer(page)))())"
    ),
    "set-user-id programs": cell(
        "import glob, subprocess\nfor program in ('su', 'sudo', 'mount', 'passwd', 'bwrap'):\n"
        "    try: print(subprocess.run([program, '-c', 'id'], input='', capture_output=True,\n"
        "                              text=True, timeout=1).stdout.replace('uid=0', 'GO' + 'T:'))\n"
        "    except Exception: pass"
    ),
    "/proc and /sys": cell(
        "for path in ('/proc/sys/kernel/hostname', '/proc/sys/vm/drop_caches',\n"
        "             '/proc/sysrq-trigger', '/proc/sys/kernel/core_pattern',\n"
        "             '/proc/sys/kernel/modprobe', '/sys/power/state', '/proc/1/mem',\n"
        "             '/sys/fs/cgroup/cgroup.procs', '/proc/@PID@/mem', '/proc/@PID@/oom_score_adj',\n"
        "             '/dev/mem', '/dev/kmsg', '/dev/sda', '/dev/vda', '/dev/tty', '/dev/console',\n"
        "             '/dev/kvm', '/dev/fuse', '/dev/net/tun', '/dev/ptmx', '/dev/loop-control'):\n"
        "    if path == '/proc/1/mem' and __import__('os').getpid() == 1: continue\n"
        "    try: open(path, 'r+b', buffering=0); print('GO' + 'T:', path)\n"
        "    except OSError: pass"
    ),
}
