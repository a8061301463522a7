"""A world of its own for one process: level `full`."""

from . import linux

_NEW_MOUNT = 0x00020000
_NEW_UTS = 0x04000000
_NEW_IPC = 0x08000000
_NEW_USER = 0x10000000
_NEW_PID = 0x20000000
_NEW_NET = 0x40000000
_NOSUID, _NODEV, _NOEXEC = 2, 4, 8

FOLDER = "/box"
INNER_ID = 1000


def fork():
    """Fork a child into new user, pid, mount, network, IPC and host name namespaces.

    It is the first process of its pid namespace: when it ends, the kernel ends all others there.

    Returns
    -------
    int
        As from os.fork.
    """
    return linux.fork(_NEW_USER | _NEW_PID | _NEW_MOUNT | _NEW_NET | _NEW_IPC | _NEW_UTS)


def settle(uid, gid):
    """In the child: be a user of the new namespace, who is uid and gid outside of it."""
    linux.prctl(linux.PR_SET_DUMPABLE, 1)  # else the files of /proc/self belong to root
    _write("/proc/self/setgroups", "deny")
    _write("/proc/self/uid_map", f"{INNER_ID} {uid} 1")
    _write("/proc/self/gid_map", f"{INNER_ID} {gid} 1")


def mount_private(folder_bytes):
    """In the first process of the new namespaces: an empty folder and a /proc of its own."""
    room = f"size={folder_bytes},nr_inodes=4096,mode=0700"
    linux.mount("tmpfs", FOLDER, _NOSUID | _NODEV, room)
    linux.mount("tmpfs", "/dev/shm", _NOSUID | _NODEV | _NOEXEC, "size=4m,nr_inodes=64")
    mount_proc()


def mount_proc():
    """Mount /proc for the pid namespace of this process."""
    linux.mount("proc", "/proc", _NOSUID | _NODEV | _NOEXEC)


def _write(path, text):
    with open(path, "w") as file:
        file.write(text)
