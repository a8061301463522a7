"""The bubblewrap command behind level `full`."""

import os
import shutil
from pathlib import Path

from . import python_tree

RUNNER, STUB, FONTS = "/app", "/app/stub", "/app/fonts"
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
    shown = [*_system(), *_python(), *_own_files()]
    return [
        program,
        *(_for_root() if os.geteuid() == 0 else _for_user()),
        *("--unshare-pid", "--unshare-net", "--unshare-ipc", "--unshare-uts"),
        *("--unshare-cgroup-try", "--hostname", "sandbox"),
        *(word for path in _parents(shown) for word in ("--dir", path)),
        *(word for action in shown for word in action),
        *("--remount-ro", "/", "--chdir", "/box"),
    ]


def _parents(actions):
    """Folders to make first: those that bubblewrap makes by itself are for root's eyes only."""
    made = (parent for action in actions for parent in Path(action[-1]).parents)
    return sorted({str(parent) for parent in made} - {"/"})


def _for_root():
    kept = [word for right in _KEPT_RIGHTS for word in ("--cap-add", right)]
    # the program mounts /proc itself: bubblewrap covers parts of it for root, and a /proc with
    # covered parts cannot be mounted again in the namespaces of a notebook
    return ["--cap-drop", "ALL", *kept, "--dir", "/proc"]


def _for_user():
    return ["--unshare-user", "--uid", _INNER_ID, "--gid", _INNER_ID, "--proc", "/proc"]


def _system():
    """Actions that show the system's libraries, data and devices."""
    actions = [("--ro-bind-try", path, path) for path in python_tree.SYSTEM_DATA]
    actions += [("--dev-bind", path, path) for path in python_tree.DEVICES]
    for link in python_tree.SYSTEM_LINKS:
        if os.path.islink(link):
            actions.append(("--symlink", os.readlink(link), link))
        elif os.path.isdir(link):
            actions.append(("--ro-bind", link, link))
    for name, number in (("fd", ""), ("stdin", "/0"), ("stdout", "/1"), ("stderr", "/2")):
        actions.append(("--symlink", f"/proc/self/fd{number}", f"/dev/{name}"))
    return actions


def _python():
    """Actions that show the interpreter and the packages, and cover the course package."""
    shown = python_tree.folders()
    actions = [("--ro-bind", path, path) for path in shown]
    for secret in sorted(python_tree.secrets()):
        if any(Path(secret).is_relative_to(path) for path in shown):
            folder = os.path.isdir(secret)
            actions.append(("--tmpfs", secret) if folder else ("--ro-bind", "/dev/null", secret))
    return actions


def _own_files():
    """Actions that show the runner and make room for the notebook's own mounts."""
    return [
        ("--ro-bind", str(python_tree.INSIDE / "inside"), f"{RUNNER}/inside"),
        ("--ro-bind", str(python_tree.INSIDE / "stub"), STUB),
        *(("--ro-bind", path, f"{FONTS}/{Path(path).name}") for path in python_tree.font_lists()),
        ("--dir", "/dev/shm"),
        *_temporary(),
        ("--tmpfs", "/box"),
    ]


def _temporary():
    """Make /tmp the notebook's own folder, unless Python itself lies in this machine's /tmp."""
    below = any(Path(path).is_relative_to("/tmp") for path in python_tree.folders())
    return [] if below else [("--symlink", "box", "/tmp")]
