"""Two notebooks that run at the same time in one sandbox: neither can reach the other.

At level `landlock` they share a user, and they see each other's process numbers.
"""

import json
import os
import shutil
from contextlib import ExitStack

import numpy as np
import pytest

from selfattn_course.grading.sandbox import Limits, Sandbox, python_tree
from selfattn_course.grading.sandbox.inside import wire

LIMITS = Limits()
VICTIM = """
import os, time
os.environ["CANARY"] = "kept"
open("canary", "w").write("kept")
print(os.getcwd())
"""
STILL_THERE = "print(open('canary').read(), os.environ['CANARY'], os.listdir('.'))"
ATTACKS = """
import ctypes, fcntl, json, os, resource, signal, socket, struct
libc = ctypes.CDLL(None, use_errno=True)
pid, folder = @PID@, @FOLDER@
done = []

def attack(work):
    try:
        result = work()
    except BaseException:
        return
    done.append(work.__name__)

def called(number):
    if number < 0: raise OSError
def lists_the_folders(): os.listdir(os.path.dirname(folder))
def lists_the_folder(): os.listdir(folder)
def reads(): open(folder + "/canary").read()
def writes(): open(folder + "/canary", "w").write("changed")
def makes(): open(folder + "/made", "w")
def removes(): os.remove(folder + "/canary")
def renames(): os.rename(folder + "/canary", folder + "/other")
def links(): os.link(folder + "/canary", "canary")
def watches(): called(libc.inotify_add_watch(libc.inotify_init(), folder.encode(), 0xFFF))
def signals(): os.kill(pid, 0)
def stops(): os.kill(pid, signal.SIGSTOP)
def signals_a_thread(): called(libc.tgkill(pid, pid, 0))
def signals_by_handle(): signal.pidfd_send_signal(os.pidfd_open(pid), 0)
def queues_a_signal(): called(libc.sigqueue(pid, 0, 0))
def lets_the_kernel_signal():
    one, other = socket.socketpair()
    fcntl.fcntl(one, fcntl.F_SETOWN, pid)
    fcntl.fcntl(one, fcntl.F_SETSIG, signal.SIGKILL)
    fcntl.fcntl(one, fcntl.F_SETFL, os.O_ASYNC)
    other.send(b"x")
def lets_an_ioctl_signal():
    one, other = socket.socketpair()
    fcntl.ioctl(one, 0x8901, struct.pack("i", pid))
    fcntl.fcntl(one, fcntl.F_SETFL, os.O_ASYNC)
    other.send(b"x")
def traces(): called(libc.ptrace(16, pid, 0, 0))
def changes_limits(): resource.prlimit(pid, resource.RLIMIT_CPU, (1, 1))
def reads_limits(): resource.prlimit(pid, resource.RLIMIT_CPU)
def reads_its_memory():
    buffer = ctypes.create_string_buffer(8)
    vector = (ctypes.c_size_t * 2)(ctypes.addressof(buffer), 8)
    called(libc.process_vm_readv(pid, vector, 1, vector, 1, 0))
def takes_a_descriptor(): called(libc.syscall(438, os.pidfd_open(pid), 3, 0))
def changes_its_priority(): os.setpriority(os.PRIO_PROCESS, pid, 19)
def moves_it_to_a_core(): os.sched_setaffinity(pid, {0})
for work in [f for name, f in list(globals().items()) if name.split("_")[0][-1:] == "s"
             and callable(f)]:
    attack(work)
for name in ("environ", "mem", "maps", "cmdline", "status", "auxv", "stack", "fd/3", "cwd/canary"):
    def opens(): open(f"/proc/{pid}/{name}", "rb").read(1)
    opens.__name__ = name
    attack(opens)
for name in ("cwd", "root", "exe", "fd/3"):
    def follows(): os.readlink(f"/proc/{pid}/{name}")
    follows.__name__ = "link " + name
    attack(follows)
print(json.dumps(done))
"""


def run(child, source):
    """What a cell printed."""
    cell = wire.content(np.frombuffer(source.encode(), np.uint8))
    reply = child.ask({"op": "cell"}, cell, cpu_s=5, wall_s=10)
    assert reply.status == "ok", (reply, reply.text)
    return reply.text.strip()


def pid_of(child):
    """The number of its process on this machine."""
    with open(f"/proc/self/fdinfo/{child._handle}") as file:
        return next(int(line.split()[1]) for line in file if line.startswith("Pid:"))


def attacked(sandbox):
    """What a notebook managed to do to another one, which has to come out of it unharmed."""
    with ExitStack() as stack:
        victim, attacker = (stack.enter_context(sandbox.child(LIMITS)) for _ in range(2))
        folder = run(victim, VICTIM)
        source = ATTACKS.replace("@PID@", str(pid_of(victim))).replace("@FOLDER@", repr(folder))
        if sandbox.level == "full":  # where this folder is the attacker's own, too
            source = source.replace(repr(folder), "'/nowhere/folder'")
        done = json.loads(run(attacker, source))
        assert run(victim, STILL_THERE) == "kept kept ['canary']"
    return done


def test_a_notebook_cannot_reach_the_one_beside_it(sandbox):
    assert attacked(sandbox) == []


@pytest.mark.parametrize("version", [1, 3, 5])
def test_nor_with_an_older_landlock(version, tmp_path, monkeypatch, landlock_sandbox):
    shutil.copytree(python_tree.INSIDE, tmp_path / "sandbox")
    tmp_path.chmod(0o755)
    with open(tmp_path / "sandbox" / "inside" / "landlock.py", "a") as file:
        file.write(f"\n\ndef version():\n    return {version}\n")
    monkeypatch.setattr(python_tree, "INSIDE", tmp_path / "sandbox")
    with Sandbox("landlock") as sandbox:
        assert attacked(sandbox) == []


def test_what_one_uses_up_the_other_still_has(sandbox):
    hoard = """
import os, resource, socket, threading, time
kept = []
try:
    while True: kept.append(socket.socketpair())
except OSError: pass
try:
    kept[0][0].setblocking(False)
    while True: socket.send_fds(kept[0][0], [b"x"], [1] * 200)
except (OSError, IndexError): pass
try:
    for i in range(12): threading.Thread(target=time.sleep, args=(5,), daemon=True).start()
except RuntimeError: pass
print(len(kept) > 30)
"""
    use = """
import os, socket, threading
pairs = [socket.socketpair() for _ in range(10)]
thread = threading.Thread(target=print, args=("thread",)); thread.start(); thread.join()
open("file", "w").write("x" * 10**6)
print(len(pairs))
"""
    with sandbox.child(LIMITS) as greedy:
        assert run(greedy, hoard) == "True"
        with sandbox.child(LIMITS) as other:  # its keeper has a descriptor to send, too
            assert run(other, use) == "thread\n10"
        assert os.path.exists(f"/proc/{pid_of(greedy)}")
