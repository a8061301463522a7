"""Processes and threads: too many, too long, and those of others."""

# ruff: noqa: E501 (code that is shown as it is handed in)

from . import cell, function, hidden

DAEMON = """
import os, time
try: first = os.fork()
except OSError: first = 1
if first == 0:
    os.setsid()
    if os.fork() == 0:
        for i in range(100):
            for fd in FDS:
                try: os.write(fd, b"SAC1" + b"still here" * 9)
                except OSError: pass
            time.sleep(0.05)
        time.sleep(99)
    os._exit(0)
"""
SHOOT = """
import ctypes, os, signal
libc = ctypes.CDLL(None)
for pid in (@PID@, @PARENT@, os.getppid(), 1, -1):
    if pid == os.getpid(): continue
    for number in (signal.SIGSTOP, signal.SIGTERM, signal.SIGKILL):
        for shoot in (os.kill, os.killpg, libc.tkill, lambda p, n: libc.sigqueue(p, n, 0),
                      lambda p, n: libc.tgkill(p, p, n),
                      lambda p, n: signal.pidfd_send_signal(os.pidfd_open(p), n)):
            try: shoot(pid, number)
            except BaseException: pass
"""

ATTACKS = {
    "fork bomb": cell("import os\nwhile True:\n    try: os.fork()\n    except OSError: pass"),
    "a few forks that sleep": cell(
        "import os, time\nfor i in range(200):\n    try: pid = os.fork()\n"
        "    except OSError: break\n    if pid == 0: time.sleep(60); os._exit(0)"
    ),
    "thread bomb": cell(
        "import threading, time\nwhile True: threading.Thread(target=time.sleep, args=(60,)).start()",
    ),
    "zombies": cell("import os\nwhile True:\n    if os.fork() == 0: os._exit(0)"),
    "daemon": cell("FDS = 1, 2" + DAEMON),
    "daemon that talks": cell("FDS = 1, 2, 3" + DAEMON, score=None),
    "daemon from a call": function(DAEMON, "FDS = 1, 2, 3"),
    "daemon from a hidden call": hidden(DAEMON, "FDS = 1, 2"),
    "forks and forgets": cell("import os\nos.fork()\nprint('both')"),
    "forks in a call, and both answer": function(
        "import os\ntry: os.fork()\nexcept OSError: pass\nreturn 2 * x", score=None
    ),
    "programs": cell(
        "!(sleep 99 &)\n!nohup setsid sleep 99 >/dev/null 2>&1 &",
        "import subprocess\nsubprocess.Popen(['sleep', '99'], start_new_session=True)",
    ),
    "replaces itself": cell("import os\nos.execv('/bin/sleep', ['sleep', '99'])"),
    "leaves": cell("import os\nos._exit(0)"),
    "leaves from a call": function("import os\nos._exit(0)"),
    "sys.exit": cell("import sys\nsys.exit(0)", "exit()", "quit()"),
    "crashes": cell("import ctypes\nctypes.string_at(0)", "import os\nos.abort()"),
    "stops itself": cell("import os, signal\nos.kill(os.getpid(), signal.SIGSTOP)"),
    "kills itself": cell("import os, signal\nos.kill(os.getpid(), signal.SIGKILL)"),
    "kills its group": cell("import os, signal\nos.kill(0, signal.SIGKILL)"),
    "kills others": cell(SHOOT),
    "kills others from a call": function(SHOOT),
    "has the kernel kill others": cell(
        "import fcntl, os, signal, socket, struct\n"
        "for pid in (@PID@, @PARENT@, -@PID@):\n"
        "    one, other = socket.socketpair()\n"
        "    for work in (lambda: fcntl.fcntl(one, fcntl.F_SETSIG, signal.SIGKILL),\n"
        "                 lambda: fcntl.fcntl(one, fcntl.F_SETOWN, pid),\n"
        "                 lambda: fcntl.ioctl(one, 0x8901, struct.pack('i', pid)),\n"
        "                 lambda: fcntl.fcntl(one, fcntl.F_SETFL, os.O_ASYNC)):\n"
        "        try: work()\n        except OSError: pass\n    other.send(b'x')"
    ),
    "takes all time of the machine": cell(
        "import os\nfor work in (lambda: os.nice(-20), lambda: os.sched_setscheduler(0, 1,\n"
        "        os.sched_param(99)), lambda: os.sched_setaffinity(@PID@, {0}),\n"
        "        lambda: os.setpriority(os.PRIO_PROCESS, @PID@, 19)):\n"
        "    try: work(); print('GO' + 'T:')\n    except OSError: pass"
    ),
    "a child of its keeper": cell(
        "import ctypes\nlibc = ctypes.CDLL(None)\n"
        "if libc.syscall(56, 0x8000 | 17, 0, 0, 0, 0) == 0:\n    import time; time.sleep(99)"
    ),
}
