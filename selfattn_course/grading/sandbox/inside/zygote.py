"""The first process of the sandbox: loads everything once, then forks one process per notebook.

It runs no student code and reads nothing from processes that do. At level full it forks the process
that runs the notebook into namespaces of its own, and the kernel ends with it all that it started.
At the others it forks a keeper, which forks that process and ends what it leaves behind. Either way
the grader is told how it ended.
"""

import asyncio
import gc
import json
import os
import random
import resource
import select
import signal
import socket
import subprocess
import sys
import threading
from contextlib import contextmanager, suppress
from functools import partial

import numpy as np
from IPython.core.async_helpers import get_asyncio_loop

from . import landlock, linux, namespaces, privileges, seccomp
from .runner import Runner
from .shell import Recorder, make_shell, open_stream

_CONNECTION = 3  # the only descriptor beside 0, 1, 2 that a notebook's process starts with


def main(config):
    """Serve jobs until the grader goes away.

    Parameters
    ----------
    config : dict
        level; control, the descriptor of the socket to the grader; uid, the user that a notebook
        is to become, or null; base, the folder on the machine to remove at the end, or null; and
        for level landlock: readable, writable, devices, and folders, which hold all that is
        readable.
    """
    control = socket.socket(fileno=config["control"])
    recorder = Recorder()
    shell = make_shell(recorder)
    ruleset = None
    if config["level"] == "landlock":
        ruleset = landlock.make_ruleset(config["readable"], config["writable"], config["devices"])
    loaded = shell, recorder, ruleset
    _freeze()
    try:
        control.send(b"ready")
        _take_jobs(control, config, loaded)
    finally:
        _clear_up(config["base"])
    os._exit(0)  # to take apart all that was loaded would take as long as grading a notebook


def _take_jobs(control, config, loaded):
    start = _start_alone if config["level"] == "full" else _start_with_keeper
    children, poll = {}, select.poll()  # pidfd: what to do when that process has ended
    poll.register(control, select.POLLIN)
    while True:
        for descriptor, _ in poll.poll():
            if descriptor == control.fileno():
                message, descriptors, _, _ = socket.recv_fds(control, 1 << 16, 3)
                if not message:
                    return
                job = json.loads(message) | config
                with _told(), _closed(descriptors):
                    pidfd, ended = start(descriptors, partial(_serve, job, loaded))
                    children[pidfd] = ended
                    poll.register(pidfd, select.POLLIN)
            else:
                poll.unregister(descriptor)
                with _told(), _closed([descriptor]):
                    children.pop(descriptor)()


@contextmanager
def _told():
    """What the system refuses for one notebook is no end for the others."""
    try:
        yield
    except OSError as error:
        os.write(2, f"{error}\n".encode())


@contextmanager
def _closed(descriptors):
    try:
        yield
    finally:
        for descriptor in descriptors:
            os.close(descriptor)


def _start_alone(descriptors, serve):
    """Start the process that runs a notebook; the kernel keeps what it starts together with it."""
    connection, output, status = descriptors
    user = os.getuid(), os.getgid()
    pid = namespaces.fork()
    if pid == 0:
        _guarded(_settle_and_serve, user, serve, connection, output)
    pidfd, report = os.pidfd_open(pid), socket.socket(fileno=os.dup(status))
    with suppress(OSError):  # the grader may have gone on
        socket.send_fds(report, [b"started"], [pidfd])
    return pidfd, partial(_report_end, pid, report)


def _settle_and_serve(user, serve, connection, output):
    namespaces.settle(*user)
    serve(connection, output)


def _start_with_keeper(descriptors, serve):
    """Start a process that keeps the one that runs a notebook, and all that this one starts."""
    pid = os.fork()
    if pid == 0:
        _guarded(_keep, descriptors, serve)
    return os.pidfd_open(pid), partial(os.waitpid, pid, 0)


def _freeze():
    """Make forks cheap: one thread, and nothing of what is loaded is looked at as garbage."""
    np.linalg.svd(np.eye(4))
    if threading.active_count() > 1 or len(os.listdir("/proc/self/task")) > 1:
        raise OSError("a thread was left running while loading; a fork needs there to be one only")
    privileges.keep_memory_private()
    gc.freeze()
    gc.enable()


def _clear_up(base):
    """When the grader is gone, perhaps without a word: leave no process and no file behind."""
    end = signal.SIGTERM if base is not None else signal.SIGKILL  # a keeper has to clear up, too
    for child in _children():
        os.kill(child, end)
    with suppress(ChildProcessError):
        while True:
            os.wait()
    if base is not None:
        subprocess.run(["rm", "-rf", "--", base])


def _guarded(work, *arguments):
    """Run work and end this process, whatever happens."""
    try:
        work(*arguments)
    except BaseException as error:
        os.write(2, f"{type(error).__name__}: {error}\n".encode())
        os._exit(1)
    os._exit(0)


def _keep(descriptors, serve):
    """Fork the process that runs the notebook, tell the grader its pidfd, and see it end."""
    connection, output, status = descriptors
    report = socket.socket(fileno=status)
    linux.prctl(linux.PR_SET_CHILD_SUBREAPER, 1)
    signal.signal(signal.SIGTERM, lambda *_: _sweep())
    privileges.die_with_parent(signal.SIGTERM)
    pid = os.fork()
    if pid == 0:
        report.close()
        linux.prctl(linux.PR_SET_DUMPABLE, 1)  # else the files of /proc/self belong to root
        _guarded(serve, connection, output)
    os.close(connection)
    os.close(output)
    socket.send_fds(report, [b"started"], [os.pidfd_open(pid)])
    _report_end(pid, report, then=_sweep)


def _report_end(pid, report, then=lambda: None):
    """Wait for a process and tell the grader how it ended."""
    _, code, usage = os.wait4(pid, 0)
    then()
    ended = {
        "code": os.waitstatus_to_exitcode(code),
        "peak_bytes": usage.ru_maxrss << 10,
        "cpu_s": usage.ru_utime + usage.ru_stime,
    }
    report.sendall(json.dumps(ended).encode())
    report.close()


def _sweep():
    """Kill what a notebook left behind: its orphans have come to the keeper."""
    while children := _children():
        for child in children:
            os.kill(child, signal.SIGKILL)
        os.waitpid(-1, 0)


def _children():
    with open(f"/proc/self/task/{os.getpid()}/children") as file:
        return [int(pid) for pid in file.read().split()]


def _serve(job, loaded, connection, output):
    """In the last process: lock the doors, then run the notebook."""
    shell, recorder, ruleset = loaded
    os.setsid()
    with open("/proc/self/oom_score_adj", "w") as file:
        file.write("1000")  # should the machine run out of memory, this process goes first
    if job["level"] == "full":
        namespaces.mount_private(job["folder_bytes"])
    os.chdir(job["folder"])
    os.environ["HOME"] = os.environ["TMPDIR"] = job["folder"]
    os.dup2(output, 1)
    os.dup2(output, 2)
    if job["level"] != "full":  # else the count would include all that the user runs elsewhere
        del job["processes"]
    privileges.limit_resources(job)
    if job["uid"]:
        privileges.become(job["uid"])
    privileges.drop_capabilities()
    privileges.keep_memory_private()
    privileges.die_with_parent(signal.SIGKILL)
    if ruleset is not None:
        landlock.restrict(ruleset)
        # the one above is the same for all, and too costly to make anew: it lets them see the
        # folders of each other
        outlines, own = job["folders"], [job["folder"]]
        landlock.restrict(landlock.make_ruleset(outlines, own, job["devices"]))
    os.dup2(connection, _CONNECTION)
    os.closerange(_CONNECTION + 1, resource.getrlimit(resource.RLIMIT_NOFILE)[0])
    _fresh_state()
    if job["level"] != "process":
        privileges.install_filter(seccomp.program(own_namespaces=job["level"] == "full"))
    with shell.builtin_trap:
        Runner(socket.socket(fileno=_CONNECTION), shell, recorder).serve()


def _fresh_state():
    """What a kernel has at its start, and the same random numbers for everyone."""
    sys.stdout, sys.stderr = open_stream(1), open_stream(2)
    asyncio.set_event_loop(get_asyncio_loop())
    random.seed(0)
    np.random.seed(0)  # noqa: NPY002  (the generator that notebooks use)
