"""Grade a class in which every hostile notebook sits between two good ones, and watch.

    python class_of_attacks.py ROOT LEVEL [PATTERN]

A guardian process runs the grader below it, sees it end, and writes ROOT/seen.json: the exit code,
what is left of processes and mounts, who connected to where, and what changed that nobody may
change. The grader is `grade_class` with an assignment of its own and tight limits; its last lines
are those of `selfattn grade`. PATTERN picks attacks by name.
"""

import ctypes
import hashlib
import importlib.util
import json
import os
import re
import select
import signal
import socket
import sys
import time
from contextlib import suppress
from pathlib import Path

import selfattn_course
from selfattn_course.commands.grade import print_summary
from selfattn_course.grading.handins import find_handins
from selfattn_course.grading.run import grade_class
from selfattn_course.grading.sandbox import Limits
from selfattn_course.grading.sandbox.usage import _children
from tests.hostile.attacks import DOUBLE, NEGATE, all_attacks

TOY = Path(__file__).parents[1] / "grading" / "toy.py"
MIB = 1 << 20
LIMITS = Limits(
    cell_cpu_s=0.5,
    cell_wall_s=2.5,
    call_cpu_s=0.5,
    call_wall_s=2.5,
    grace_s=0.3,
    exercise_cpu_s=1,
    exercise_wall_s=5,
    total_cpu_s=3,
    total_wall_s=20,
    address_bytes=1536 * MIB,
    memory_bytes=500 * MIB,
    file_bytes=2 * MIB,
    folder_bytes=4 * MIB,
    processes=16,
    output_bytes=20_000,
    outputs_bytes=4 * MIB,
    answer_bytes=MIB,
    restarts=3,
)
GOOD = (DOUBLE, NEGATE, "import numpy as np\nprint(double(np.arange(3.0)))\nnegate(1)")
JOBS = 4
_SUBREAPER = 36


def main(root, level, pattern=""):
    """Guard a grader; its exit code."""
    root = Path(root)
    ctypes.CDLL(None).prctl(_SUBREAPER, 1, 0, 0, 0)  # orphans come here
    servers = listen(root)
    grader = os.fork()
    if grader == 0:
        for server in servers.values():
            server.close()
        os._exit(grade(root, level, pattern))
    code, peak_bytes = wait(grader)
    seen = {
        "code": code,
        "peak_bytes": peak_bytes,
        "processes": left_behind(),
        "contacts": [
            name for name, server in servers.items() if select.select([server], [], [], 0)[0]
        ],
    }
    (root / "seen.json").write_text(json.dumps(seen))
    return code


def grade(root, level, pattern):
    """In the grader's own process: hand in, grade, and print as `selfattn grade` does."""
    words = places(root, os.getpid())
    hand_in(root / "submitted", words, pattern)
    before = fingerprint(root / "submitted"), fingerprint(root / "bait"), mounts()
    toy = load_toy()
    found = find_handins(root / "submitted", {toy.SLUG})
    result = grade_class(
        found,
        {toy.SLUG: toy.ASSIGNMENT},
        root / "out",
        level=level,
        grader_version="hostile",
        jobs=JOBS,
        limits=LIMITS,
    )
    print_summary(result, root / "out")
    after = fingerprint(root / "submitted"), fingerprint(root / "bait"), mounts()
    (root / "unchanged.json").write_text(
        json.dumps([a == b for a, b in zip(before, after, strict=True)])
    )
    sys.stdout.flush()
    return 0 if result.complete else 3


def load_toy():
    spec = importlib.util.spec_from_file_location("toy", TOY)
    toy = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(toy)
    return toy


def listen(root):
    """Sockets that nobody may reach, by name."""
    folder = root / "bait"
    folder.mkdir()
    folder.chmod(0o777)
    (folder / "open").write_text("bait for everyone")
    (folder / "open").chmod(0o666)
    tcp = socket.create_server(("127.0.0.1", 0))
    port = tcp.getsockname()[1]
    udp = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    udp.bind(("127.0.0.1", port))
    servers = {"tcp": tcp, "udp": udp}
    if socket.has_ipv6:
        with suppress(OSError):  # no IPv6 on this machine
            servers["tcp6"] = socket.create_server(("::1", port), family=socket.AF_INET6)
    names = {"path": str(folder / "socket"), "abstract": f"\0{root.name}"}
    for name, address in names.items():
        servers[name] = socket.socket(socket.AF_UNIX)
        servers[name].bind(address)
        servers[name].listen()
    (folder / "socket").chmod(0o777)
    servers["datagrams"] = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
    servers["datagrams"].bind(f"\0{root.name}-datagrams")
    (root / "port").write_text(str(port))
    return servers


def places(root, grader):
    """What an attacker may know of the machine."""
    return {
        "@ROOT@": str(root),
        "@OUT@": str(root / "out"),
        "@GOOD@": good_name(0),
        "@TOY@": str(TOY),
        "@SCRIPT@": __file__,
        "@PACKAGE@": str(Path(selfattn_course.__file__).parent),
        "@PID@": str(grader),
        "@PARENT@": str(os.getppid()),
        "@PORT@": (root / "port").read_text(),
        "@ABSTRACT@": root.name,
    }


def good_name(number):
    return f"h{number:03}a_good"


def hostile_name(number, attack):
    return f"h{number:03}b_{re.sub('[^a-z0-9]+', '_', attack.lower())}"


def chosen(pattern):
    """The attacks that are run, in order."""
    return [(name, attack) for name, attack in all_attacks().items() if re.search(pattern, name)]


def hand_in(submitted, words, pattern):
    """Put the class into a tree of submissions; every notebook of a good student has a secret."""
    secret = os.environ["HOSTILE_SECRET"]
    good = [*GOOD, f"# only mine: {secret}"]
    attacks = chosen(pattern)
    for number, (name, attack) in enumerate(attacks):
        put(submitted, good_name(number), good)
        put(submitted, hostile_name(number, name), [with_words(c, words) for c in attack.cells])
    put(submitted, good_name(len(attacks)), good)


def put(submitted, student, sources):
    cells = [
        {"cell_type": "code", "id": f"c{i}", "source": s, "metadata": {}, "outputs": []}
        for i, s in enumerate(sources)
    ]
    notebook = {"cells": cells, "metadata": {}, "nbformat": 4, "nbformat_minor": 5}
    path = submitted / student / "toy" / "toy.ipynb"
    path.parent.mkdir(parents=True)
    path.write_text(json.dumps(notebook))


def with_words(source, words):
    for word, meaning in words.items():
        source = source.replace(word, meaning)
    return source


def fingerprint(folder):
    """Everything about the files below a folder that must not change."""
    found = {}
    for path in sorted(folder.rglob("*")):
        status = path.lstat()
        content = hashlib.sha256(path.read_bytes()).hexdigest() if path.is_file() else ""
        found[str(path)] = [status.st_mode, status.st_uid, status.st_nlink, content]
    return found


def mounts():
    return Path("/proc/self/mounts").read_text()


def wait(pid):
    """Exit code and largest memory of a process; other children that end meanwhile are buried."""
    while True:
        ended, status, usage = os.wait4(-1, 0)
        if ended == pid:
            return os.waitstatus_to_exitcode(status), usage.ru_maxrss << 10


def left_behind(seconds=5):
    """Names of processes that go on although the grader has ended."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        try:
            while os.waitpid(-1, os.WNOHANG)[0]:
                pass
        except ChildProcessError:
            return []
        time.sleep(0.05)
    left = _children(os.getpid())
    names = [Path(f"/proc/{pid}/cmdline").read_text().replace("\0", " ")[:80] for pid in left]
    for pid in left:
        os.kill(pid, signal.SIGKILL)
    return names


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
