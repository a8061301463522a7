"""What a process and everything below it uses right now, from /proc."""

import math
import os
import subprocess
from dataclasses import dataclass

_PAGE = os.sysconf("SC_PAGE_SIZE")
_TICKS = os.sysconf("SC_CLK_TCK")
_MOST_PROCESSES = 1000
_MOST_ENTRIES = 4096
_PLAIN = {"PATH": os.defpath}


@dataclass(frozen=True)
class Usage:
    """Processor time so far, resident memory and number of threads."""

    cpu_s: float
    memory_bytes: int
    threads: int


def parent_of(pid):
    """Parent of a process."""
    return int(_stat(pid)[1])


def usage_below(root):
    """Usage of all processes below root, without root itself; as `usage_of`."""
    return usage_of(*_children(root))


def usage_of(*pids):
    """Usage of processes and of all below them.

    Those that end meanwhile are left out; their time is in that of the parent that waited.
    """
    ticks = pages = threads = 0
    waiting = [*pids]
    for _ in range(_MOST_PROCESSES):
        if not waiting:
            break
        pid = waiting.pop()
        try:
            fields = _stat(pid)
        except OSError:
            continue
        ticks += sum(map(int, fields[11:15]))  # user and system, own and of children waited for
        threads += int(fields[17])
        pages += int(fields[21])
        waiting += _children(pid)
    return Usage(ticks / _TICKS, pages * _PAGE, threads)


def folder_bytes(folder):
    """Bytes of the files below a folder; infinite when there are too many, or out of reach."""
    total, entries, waiting = 0, 0, [folder]
    while waiting:
        try:
            with os.scandir(waiting.pop()) as found:
                for entry in found:
                    entries += 1
                    total += max(entry.stat(follow_symlinks=False).st_blocks * 512, _PAGE)
                    if entry.is_dir(follow_symlinks=False):
                        waiting.append(entry.path)
                    if entries > _MOST_ENTRIES:
                        return math.inf
        except FileNotFoundError:  # removed meanwhile
            continue
        except OSError:
            return math.inf
    return total


def remove_folder(folder):
    """Remove a folder of any depth and mode, or as much of it as can be."""
    # Python's own rmtree recurses, and a notebook can nest folders deeper than Python can
    for command in (["rm", "-rf"], ["chmod", "-R", "u+rwx"], ["rm", "-rf"]):
        if os.path.lexists(folder):
            subprocess.run([*command, "--", folder], env=_PLAIN, stderr=subprocess.DEVNULL)


def _stat(pid):
    """Fields of /proc/PID/stat after the name, which may hold anything: the state comes first."""
    with open(f"/proc/{pid}/stat", "rb") as file:
        return file.read().rpartition(b")")[2].split()


def _children(pid):
    found = []
    try:
        for thread in os.listdir(f"/proc/{pid}/task"):
            with open(f"/proc/{pid}/task/{thread}/children", "rb") as file:
                found += map(int, file.read().split())
    except OSError:
        pass
    return found
