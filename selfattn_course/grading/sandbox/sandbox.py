"""One zygote and the processes forked from it."""

import json
import os
import pwd
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
from contextlib import contextmanager

from selfattn_course.errors import NotGradedError

from . import bubblewrap, python_tree
from .child import Child
from .records import Limits

LEVELS = ("full", "landlock", "process")
_START_S = 60.0
_SPAWN_S = 20.0
_CPU_MARGIN_S = 30  # the kernel's own limit comes after ours
_ENVIRONMENT = {
    "LANG": "C.UTF-8",
    "OPENBLAS_NUM_THREADS": "1",
    "OMP_NUM_THREADS": "1",
    "MKL_NUM_THREADS": "1",
    "MPLBACKEND": "agg",
    "PIP_NO_INDEX": "1",
    "PYTHONDONTWRITEBYTECODE": "1",
    "PYTHONHASHSEED": "0",
}
_BOOT = (
    "import json, sys; config = json.loads(sys.argv[1]); sys.path.insert(0, config['runner']); "
    "from inside.start import start; start(config)"
)


class Sandbox:
    """Where notebooks run: a context manager around one zygote.

    Serves one notebook at a time; use one for each thread. A zygote that died is started again
    once for each notebook.

    Parameters
    ----------
    level : str
        `full`: bubblewrap, own namespaces, system call filter, limits. `landlock`: files by
        Landlock, system call filter, limits; no new processes. `process`: limits only, for
        notebooks that are trusted.

    Raises
    ------
    NotGradedError
        If it cannot start.
    ValueError
        If there is no such level.
    """

    def __init__(self, level):
        if level not in LEVELS:
            raise ValueError(f"level is {level!r}; expected one of {', '.join(LEVELS)}.")
        self.level = level
        self._control = self._process = self._base = None
        self._start()

    def __enter__(self):
        return self

    def __exit__(self, *exception):
        self.close()

    def close(self):
        """End the zygote and all that is below it, and remove its folder."""
        if self._control is not None:
            self._control.close()
        if self._process is not None:
            try:
                self._process.wait(2)
            except subprocess.TimeoutExpired:
                os.killpg(self._process.pid, signal.SIGKILL)
                self._process.wait()
            self._process.stderr.close()
        if self._base is not None:
            shutil.rmtree(self._base, ignore_errors=True)
        self._control = self._process = self._base = None

    @contextmanager
    def child(self, limits=Limits()):  # noqa: B008  (frozen)
        """A fresh process for a notebook, as a context manager that gives a `Child`.

        Raises
        ------
        NotGradedError
            If none can be started, even by a new zygote.
        """
        folder = self._make_folder()
        child = None
        try:
            try:
                child = self._spawn(limits, folder)
            except OSError:
                self.close()
                self._start()
                folder = self._make_folder()
                child = self._spawn_or_give_up(limits, folder)
            yield child
        finally:
            if child is not None:
                child.close()
            if folder is not None:
                shutil.rmtree(folder, ignore_errors=True)
