"""What a process and everything below it uses right now, from /proc."""

import os
from dataclasses import dataclass

_PAGE = os.sysconf("SC_PAGE_SIZE")
_TICKS = os.sysconf("SC_CLK_TCK")
_MOST_PROCESSES = 1000


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
    """Usage of all processes below root, without root itself.

    Processes that end meanwhile are left out; their time is in that of the parent that waited.
    """
    ticks = pages = threads = 0
    waiting = _children(root)
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
    """Bytes of the files below a folder; an entry counts as at least a block."""
    total = 0
    for place, _, names in os.walk(folder):
        for name in names:
            try:
                total += max(os.lstat(os.path.join(place, name)).st_blocks * 512, 4096)
            except OSError:
                continue
    return total


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
