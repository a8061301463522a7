"""The bubblewrap command behind level `full`."""

import os
import shutil

from . import python_tree

RUNNER, STUB = "/app", "/app/stub"
_KEPT_RIGHTS = ("CAP_SETUID", "CAP_SETGID", "CAP_SETPCAP", "CAP_SYS_ADMIN")
_INNER_ID = "1000"


def command():
    """Arguments of bubblewrap up to, and not including, the program to run.

    Only the interpreter, its packages, the system's libraries and the runner can be seen, all
    read-only. Root keeps the rights to become an unprivileged user, which the program has to do
    first; a user gets a user namespace.

    Raises
    ------
    OSError
        If bubblewrap is not installed.
    """
    program = shutil.which("bwrap")
    if program is None:
        raise OSError("bubblewrap is not installed; install the package bubblewrap")
    return [
        program,
        *(_for_root() if os.geteuid() == 0 else _for_user()),
        *("--unshare-pid", "--unshare-net", "--unshare-ipc", "--unshare-uts"),
        *("--unshare-cgroup-try", "--hostname", "sandbox"),
        *_system(),
        *_python(),
        *_own_files(),
        *("--chdir", "/box"),
    ]


def _for_root():
    kept = [word for right in _KEPT_RIGHTS for word in ("--cap-add", right)]
    # the program mounts /proc itself: bubblewrap covers parts of it for root, and a /proc with
    # covered parts cannot be mounted again in the namespaces of a notebook
    return ["--cap-drop", "ALL", *kept, "--dir", "/proc"]


def _for_user():
    return ["--unshare-user", "--uid", _INNER_ID, "--gid", _INNER_ID, "--proc", "/proc"]


def _system():
    words = []
    for link in python_tree.SYSTEM_LINKS:
        if os.path.islink(link):
            words += ["--symlink", os.readlink(link), link]
        elif os.path.isdir(link):
            words += ["--ro-bind", link, link]
    for path in python_tree.SYSTEM_DATA:
        words += ["--ro-bind-try", path, path]
    for path in python_tree.DEVICES:
        words += ["--dev-bind", path, path]
    for name, number in (("fd", ""), ("stdin", "/0"), ("stdout", "/1"), ("stderr", "/2")):
        words += ["--symlink", f"/proc/self/fd{number}", f"/dev/{name}"]
    return words


def _python():
    words = []
    for path in python_tree.folders():
        words += ["--ro-bind", path, path]
    for path in python_tree.secrets():
        if any(os.path.commonpath([path, shown]) == shown for shown in python_tree.folders()):
            words += ["--tmpfs", path] if os.path.isdir(path) else ["--ro-bind", "/dev/null", path]
    return words


def _own_files():
    inside, stub = python_tree.INSIDE / "inside", python_tree.INSIDE / "stub"
    return [
        *("--ro-bind", str(inside), f"{RUNNER}/inside", "--ro-bind", str(stub), STUB),
        *("--dir", "/dev/shm", "--symlink", "box", "/tmp", "--tmpfs", "/box"),
        *("--remount-ro", "/"),
    ]
