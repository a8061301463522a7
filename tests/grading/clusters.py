"""A real Dask cluster on this machine, whose parts can be killed."""

import json
import os
import subprocess
import sys
import time
from pathlib import Path

HERE = Path(__file__).parent
DASK = Path(sys.executable).with_name("dask")


class Cluster:
    """A scheduler and workers, each a process of its own; a context manager.

    Parameters
    ----------
    folder : Path
        For their files; made if need be.
    workers : int
    nanny : bool
        Whether a worker that dies is started again.
    path : str
        PYTHONPATH of the workers.
    """

    def __init__(self, folder, workers=2, nanny=False, path=f"{HERE.parents[1]}:{HERE}"):
        folder.mkdir(parents=True, exist_ok=True)
        self._folder, self._nanny, self._path = folder, nanny, path
        self.scheduler = self._start("scheduler", "--host=127.0.0.1", "--port=0")
        self.workers = [self.start_worker() for _ in range(workers)]

    def __enter__(self):
        return self

    def __exit__(self, *exception):
        for processes in (self.workers, [self.scheduler]):  # workers wait for a lost scheduler
            for process in processes:
                process.terminate()
            for process in processes:
                try:
                    process.wait(4)
                except subprocess.TimeoutExpired:
                    process.kill()
                    process.wait()

    def start_worker(self, path=None):
        """One more worker, as it is started by hand; returns its process."""
        nanny = "--nanny" if self._nanny else "--no-nanny"
        limits = ("--nthreads=1", "--memory-limit=0", f"--local-directory={self._folder}")
        return self._start("worker", nanny, *limits, path=path)

    @property
    def address(self):
        """Where the scheduler listens."""
        path, end = self._folder / "scheduler.json", time.monotonic() + 60
        while time.monotonic() < end:
            if path.exists() and (text := path.read_text()).strip():
                return json.loads(text)["address"]
            time.sleep(0.05)
        raise AssertionError("the scheduler did not start")

    def _start(self, what, *options, path=None):
        file = f"--scheduler-file={self._folder / 'scheduler.json'}"
        own = {
            "PYTHONPATH": path or self._path,
            "OPENBLAS_NUM_THREADS": "1",
            "DASK_DISTRIBUTED__SCHEDULER__ALLOWED_FAILURES": "1",
        }
        with open(self._folder / f"{what}.log", "ab") as log:
            return subprocess.Popen(
                [DASK, what, file, "--no-dashboard", *options],
                env=os.environ | own,
                stdout=log,
                stderr=log,
            )
