"""What a notebook can see and touch."""

import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest

import selfattn_course
from selfattn_course.grading.sandbox import python_tree

PACKAGE = Path(selfattn_course.__file__).parent


def attempt(code):
    """Source that prints what happened."""
    body = code.replace("\n", "\n    ")
    return (
        f"try:\n    {body}\n    print('DONE')\nexcept BaseException as e: print(type(e).__name__)"
    )


FORBIDDEN_FILES = [
    PACKAGE / "__init__.py",
    PACKAGE / "kernels" / "softmax.py",
    PACKAGE / "errors.py",
    Path(__file__),
    PACKAGE.parent / "pyproject.toml",
    Path("/etc/passwd"),
    Path("/etc/shadow"),
    Path("/etc/hostname"),
    Path("/proc/1/environ"),
    Path("/proc/1/mem"),
    Path(f"/proc/{os.getpid()}/environ"),
    Path(f"/proc/{os.getpid()}/root/etc/passwd"),
]


@pytest.mark.parametrize("path", FORBIDDEN_FILES, ids=str)
def test_files_of_the_machine_cannot_be_read(sandbox, say, path):
    said = say(sandbox, attempt(f"open({str(path)!r}, 'rb').read()"))
    assert said in ("FileNotFoundError", "PermissionError", "NotADirectoryError")


def test_the_repository_and_home_cannot_be_listed(sandbox, say):
    for folder in (PACKAGE, PACKAGE.parent / "tests", Path.home() / ".ssh", "/home", "/var"):
        said = say(sandbox, attempt(f"import os; os.listdir({str(folder)!r})"))
        assert said in ("FileNotFoundError", "PermissionError")


def test_no_trick_imports_the_real_package(sandbox, say):
    source = f"""
import sys, importlib
for name in [n for n in sys.modules if n.split(".")[0] == "selfattn_course"]:
    del sys.modules[name]
sys.meta_path[:] = [f for f in sys.meta_path if "Stub" not in str(f)]
sys.path[:] = [p for p in sys.path if "stub" not in p] + [{str(PACKAGE.parent)!r}]
import site
for folder in list(sys.path):
    site.addsitedir(folder)
importlib.invalidate_caches()
from selfattn_course.kernels import softmax
"""
    assert say(sandbox, attempt(source.strip())).endswith("ModuleNotFoundError")


def test_a_package_installed_among_the_others_is_covered(tmp_path, monkeypatch):
    packages = tmp_path / "site-packages"
    real = packages / "selfattn_course"
    real.mkdir(parents=True)
    (real / "__init__.py").write_text("SECRET = 1")
    (packages / "__editable__.selfattn_course-1.pth").write_text("import secret")
    (packages / "numpy").mkdir()
    monkeypatch.setattr(sys, "path", [*sys.path, str(packages)])
    hidden = {str(real), str(packages / "__editable__.selfattn_course-1.pth")}
    assert hidden <= python_tree.secrets()
    shown = python_tree.readable()
    assert str(packages / "numpy") in shown
    assert not any(Path(secret).is_relative_to(path) for secret in hidden for path in shown)


def test_a_package_next_to_the_base_interpreter_is_covered(tmp_path, monkeypatch):
    real = tmp_path / "lib" / "python3.99" / "site-packages" / "selfattn_course"
    real.mkdir(parents=True)
    monkeypatch.setattr(sys, "base_prefix", str(tmp_path))
    assert str(real) in python_tree.secrets()


def test_nothing_outside_its_folder_can_be_written(sandbox, say):
    places = ["/", "/usr/lib", "/app", "/app/stub", "/etc", "/dev", "/proc", "/var/tmp", "/root"]
    places += [sys.prefix, str(PACKAGE), *python_tree.site_folders()]
    for place in places:
        said = say(sandbox, attempt(f"open({place + '/dropped'!r}, 'w')"))
        assert said in ("FileNotFoundError", "PermissionError", "OSError"), place


def test_installed_files_cannot_be_changed(sandbox, say):
    said = say(sandbox, attempt("import numpy; open(numpy.__file__, 'r+')"))
    assert said in ("PermissionError", "OSError")


@pytest.mark.parametrize(
    "change",
    [
        "os.chmod(path, 0)",
        "os.chown(path, 1, 1)",
        "os.truncate(path, 0)",
        "os.utime(path, (0, 0))",
        "os.setxattr(path, 'user.a', b'a')",
        "os.rename(path, 'here')",
        "os.link(path, 'here')",
        "os.remove(path)",
        "os.fchmod(os.open(path, os.O_RDONLY), 0)",
        "os.fchmod(os.open(os.__file__, os.O_RDONLY), 0o644)",
    ],
)
def test_files_of_the_machine_cannot_be_changed(sandbox, say, tmp_path, change):
    file = tmp_path / "file"
    file.write_text("content")
    for place in (file, *file.parents[:-2]):
        place.chmod(0o777)
    before = file.stat()
    said = say(sandbox, attempt(f"import os; path = {str(file)!r}; {change}"))
    assert said in ("FileNotFoundError", "PermissionError", "OSError")
    assert file.stat() == before


def test_folders_too_deep_for_python_are_removed(sandbox, run, say):
    nest = """
import os
for i in range(3000):
    os.mkdir("a" * 200); os.chdir("a" * 200)
import time; time.sleep(0.2)
"""
    execution = run(sandbox, [nest])
    assert execution.cells[0].status in ("ok", "memory")
    assert say(sandbox, "import os; print(os.listdir('.'))") == "[]"


def test_the_next_run_sees_nothing_of_the_last(sandbox, say):
    drop = """
import os
for place in (".", "/tmp", "/dev/shm", "/box", "/var/tmp"):
    try: open(place + "/dropped", "w").write("x")
    except OSError: pass
print(os.path.exists("dropped"))
"""
    look = """
import os
print([p for p in (".", "/tmp", "/dev/shm", "/box", "/var/tmp") if os.path.exists(p + "/dropped")])
"""
    assert say(sandbox, drop) == "True"
    assert say(sandbox, look) == "[]"


def test_no_network(sandbox, say):
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
        server.setblocking(False)
        said = say(
            sandbox, attempt(f"import socket; socket.create_connection(('127.0.0.1', {port}), 1)")
        )
        assert said in ("PermissionError", "OSError")
        with pytest.raises(BlockingIOError):
            server.accept()


@pytest.mark.parametrize("family", ["AF_INET6", "AF_NETLINK", "AF_PACKET", "AF_VSOCK"])
def test_no_other_kind_of_socket(sandbox, say, family):
    said = say(
        sandbox, attempt(f"import socket; socket.socket(socket.{family}, socket.SOCK_DGRAM)")
    )
    assert said in ("PermissionError", "OSError")


def test_no_socket_of_the_machine_by_name(sandbox, say):
    with socket.socket(socket.AF_UNIX) as server:
        server.bind("\0selfattn-canary")
        server.listen()
        server.setblocking(False)
        source = "import socket; socket.socket(socket.AF_UNIX).connect('\\0selfattn-canary')"
        said = say(sandbox, attempt(source))
        assert said in ("PermissionError", "ConnectionRefusedError")
        with pytest.raises(BlockingIOError):
            server.accept()


def test_other_processes_cannot_be_signalled(sandbox, say):
    with subprocess.Popen(["sleep", "60"]) as victim:
        pids = [os.getpid(), os.getppid(), victim.pid, 1, -1]
        source = f"""
import os, signal
for pid in {pids}:
    if pid in (os.getpid(), -1 if os.getpid() == 1 else 0): continue
    try: os.kill(pid, 0); print(pid)
    except OSError: pass
for pid in {pids[2:3]}:
    try: os.kill(pid, signal.SIGKILL)
    except OSError: pass
"""
        said = say(sandbox, source)
        alive = victim.poll() is None
        victim.kill()
    assert said == ""
    assert alive


def test_it_is_alone(full_sandbox, say):
    source = "import os\nprint([p for p in os.listdir('/proc') if p.isdigit()], os.getpid())"
    assert say(full_sandbox, source) == "['1'] 1"


def test_it_holds_no_rights(full_sandbox, say):
    source = (
        "print(*[l for l in open('/proc/self/status') if l[:3] == 'Cap' or l[:7] == 'NoNewPr'])"
    )
    lines = dict(line.split(":") for line in say(full_sandbox, source).splitlines())
    values = {name.strip(): int(value, 16) for name, value in lines.items()}
    assert values.pop("NoNewPrivs") == 1
    assert set(values.values()) == {0}


def test_root_outside_is_nobody_inside(full_sandbox, say):
    outside = int(say(full_sandbox, "print(open('/proc/self/uid_map').read())").split()[1])
    if os.geteuid() == 0:
        assert outside >= 60900
    ids = say(full_sandbox, "import os; print({*os.getresuid(), *os.getresgid()})")
    assert ids == "{1000}"


def test_it_starts_with_no_descriptor_but_its_own(full_sandbox, say):
    source = """
import os
for n in os.listdir("/proc/self/fd"):
    try: print(n, os.readlink(f"/proc/self/fd/{n}").split(":")[0])
    except OSError: pass
"""
    found = dict(line.split() for line in say(full_sandbox, source).splitlines())
    assert {n: found[n] for n in "0123"} == {
        "0": "/dev/null",
        "1": "pipe",
        "2": "pipe",
        "3": "socket",
    }
    assert set(found.values()) <= {"/dev/null", "pipe", "socket", "anon_inode", "/proc/1/fd"}
    assert len(found) <= 8  # the event loop has three


def test_forbidden_system_calls_are_refused(sandbox, say):
    source = """
import ctypes, os
libc = ctypes.CDLL(None, use_errno=True)
done = []
def call(name, function, *arguments):
    ctypes.set_errno(0)
    if getattr(libc, function)(*arguments) >= 0 or ctypes.get_errno() not in (1, 38):
        done.append((name, os.strerror(ctypes.get_errno())))
call("ptrace", "ptrace", 0, 0, 0, 0)
call("mount", "mount", b"tmpfs", b"/", b"tmpfs", 0, b"")
call("umount", "umount2", b"/proc", 2)
call("unshare", "unshare", 0x10000000)
call("setns", "setns", 0, 0)
call("memfd", "memfd_create", b"a", 0)
call("shmget", "shmget", 0, 1 << 20, 0o1600)
call("personality", "personality", 0x40000)
call("dumpable", "prctl", 4, 1, 0, 0, 0)
call("death signal", "prctl", 1, 0, 0, 0, 0)
call("clone user", "syscall", 56 if os.uname().machine == "x86_64" else 220, 0x10000011, 0, 0, 0, 0)
for number in (425, 426, 427, 428, 429, 432, 435, 438, 442, 447, 460):
    call(number, "syscall", number, 0, 0, 0, 0, 0)
print(done)
"""
    assert say(sandbox, source) == "[]"


def test_a_foreign_calling_convention_kills(sandbox, run):
    if os.uname().machine != "x86_64":
        pytest.skip("the code below is for x86_64")
    int_0x80 = """
import ctypes, mmap
page = mmap.mmap(-1, 4096, prot=7)
page.write(bytes.fromhex("b814000000cd80c3"))  # mov eax, 20; int 0x80; ret: getpid of i386
ctypes.CFUNCTYPE(ctypes.c_int)(ctypes.addressof(ctypes.c_char.from_buffer(page)))()
"""
    assert run(sandbox, [int_0x80]).cells[0].status == "crash"


def test_its_memory_is_not_that_of_the_next(sandbox, say):
    assert say(sandbox, "import numpy as np\nnp.left_behind = 1\nprint(1)") == "1"
    assert say(sandbox, "import numpy as np\nprint(hasattr(np, 'left_behind'))") == "False"
