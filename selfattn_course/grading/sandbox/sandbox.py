"""One zygote and the processes forked from it."""

import json
import os
import signal
import socket
import subprocess
import tempfile
import threading
from contextlib import ExitStack, contextmanager, nullcontext

from selfattn_course.errors import NotGradedError

from . import launch
from .cores import Cores
from .usage import remove_folder

LEVELS = ("full", "landlock", "process")
_START_S = 60.0
_SPAWN_S = 20.0


class Sandbox:
    """Where notebooks run: a context manager around one zygote.

    Serves any number of threads, each with a process of its own. A zygote that died is started
    again once for each process that is asked of it.

    Parameters
    ----------
    level : str
        `full`: bubblewrap, own namespaces, system call filter, limits. `landlock`: files by
        Landlock, system call filter, limits; no new processes. `process`: limits only, for
        notebooks that are trusted.
    meanwhile : callable, optional
        Called while it starts, which takes half a second: what else there is to load.

    Attributes
    ----------
    level : str

    Raises
    ------
    NotGradedError
        If it cannot start.
    ValueError
        If there is no such level.
    """

    def __init__(self, level, meanwhile=None):
        if level not in LEVELS:
            raise ValueError(f"level is {level!r}; expected one of {', '.join(LEVELS)}.")
        self.level = level
        self._user = launch.notebook_user(level)
        self._control = self._process = self._base = None
        self._restart, self._cores = threading.Lock(), None
        try:
            self._start(meanwhile)
        except OSError as error:
            raise _not_graded(level, error) from error

    def __enter__(self):
        return self

    def __exit__(self, *exception):
        self.close()

    def close(self):
        """End the zygote and all that is below it, and remove its folder."""
        if self._control is not None:
            self._control.close()  # which is what tells the zygote to end
        if self._process is not None:
            try:
                self._process.wait(2)
            except subprocess.TimeoutExpired:
                os.killpg(self._process.pid, signal.SIGKILL)
                self._process.wait()
            self._process.stderr.close()
        if self._base is not None:
            remove_folder(self._base)
        self._control = self._process = self._base = None

    def spread(self):
        """From now on, keep each notebook on one core: for a grader that has the whole machine."""
        self._cores = Cores()

    @contextmanager
    def child(self, limits=None):
        """A fresh process for a notebook, as a context manager that gives a `Child`.

        Raises
        ------
        NotGradedError
            If none can be started, even by a new zygote.
        """
        from .records import Limits  # NumPy comes with it, and the zygote is launched first

        limits, zygote = limits or Limits(), self._process
        with self._cores.one() if self._cores else nullcontext() as core:
            try:
                child = self._spawn(limits, core)
            except OSError:
                child = self._spawn_anew(limits, core, zygote)
            try:
                yield child
            finally:
                child.close()

    def _spawn_anew(self, limits, core, dead):
        """Spawn from a new zygote in place of a dead one, unless another thread has started it."""
        try:
            with self._restart:
                if self._process is dead:
                    self.close()
                    self._start()
            return self._spawn(limits, core)
        except OSError as error:
            raise _not_graded(self.level, error) from error

    def _start(self, meanwhile=None):
        """Start the zygote and wait until it has loaded everything; OSError if it does not."""
        try:
            self._launch()
            if meanwhile:
                meanwhile()
            self._control.settimeout(_START_S)
            if self._control.recv(16) != b"ready":
                raise OSError(self._complaint())
        except BaseException:
            self.close()
            raise

    def _launch(self):
        self._control, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        with theirs:
            self._make_base()
            arguments, environment = launch.command(
                self.level, theirs.fileno(), self._base, self._user
            )
            self._process = subprocess.Popen(
                arguments,
                env=environment,
                cwd="/",
                pass_fds=[theirs.fileno()],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.PIPE,
                start_new_session=True,  # an interrupt at the keyboard is for the grader alone
            )

    def _make_base(self):
        """Folders of the zygote and of the notebooks, for the levels that need them."""
        if self.level == "full":
            return
        self._base = tempfile.mkdtemp(prefix="selfattn-")
        os.mkdir(launch.home_folder(self._base), 0o700)
        for folder in (self._base, launch.runs_folder(self._base)):
            os.makedirs(folder, exist_ok=True)
            os.chmod(folder, 0o711)  # to pass through, for the user that a notebook becomes

    def _make_folder(self):
        """Folder of one notebook, or None when it is inside a namespace."""
        if self._base is None:
            return None
        folder = tempfile.mkdtemp(dir=launch.runs_folder(self._base))
        if self._user is not None:
            os.chown(folder, self._user, self._user)
        return folder

    def _spawn(self, limits, core):
        """Have the zygote fork a process; OSError if it does not."""
        from .child import Child  # see above

        if self._control is None:
            raise OSError("the sandbox is closed")
        folder = self._make_folder()
        with ExitStack() as on_failure:
            connection, theirs = socket.socketpair()
            report, their_report = socket.socketpair()
            output, their_output = os.pipe()
            for end in (connection, report):
                on_failure.callback(end.close)
            on_failure.callback(os.close, output)
            try:
                job = json.dumps(_job(limits, folder, core)).encode()
                ends = [theirs.fileno(), their_output, their_report.fileno()]
                socket.send_fds(self._control, [job], ends)
            finally:
                theirs.close()
                their_report.close()
                os.close(their_output)
            report.settimeout(_SPAWN_S)
            _, handles, _, _ = socket.recv_fds(report, 64, 1)
            if not handles:
                raise OSError(self._complaint())
            on_failure.pop_all()
            kept = self.level != "full"
            return Child(connection, output, report, handles[0], limits, folder, kept)

    def _complaint(self):
        """Last line that the zygote or bubblewrap wrote before it gave up."""
        pipe = self._process.stderr.fileno()
        os.set_blocking(pipe, False)
        try:
            lines = os.read(pipe, 1 << 16).decode("utf-8", "replace").strip().splitlines()
        except BlockingIOError:
            lines = []
        return lines[-1] if lines else "it ended without a word"


def _job(limits, folder, core):
    return {
        "core": core,
        "folder": folder or "/box",
        "folder_bytes": limits.folder_bytes,
        "address_bytes": limits.address_bytes,
        "file_bytes": limits.file_bytes,
        "processes": limits.processes,
        "cpu_s": int(2 * limits.total_wall_s),  # should this process be stopped itself
    }


def _not_graded(level, error):
    reason = str(error).rstrip(".")
    return NotGradedError(
        f"The sandbox of level {level} cannot start: {reason}. "
        "Run `selfattn doctor` to see which levels work here."
    )
