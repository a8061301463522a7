"""Workers on this machine: threads, each of which looks after a sandboxed process."""

import os
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack

from selfattn_course.grading.sandbox_pool import SandboxPool
from selfattn_course.grading.worker import grade_handin


class LocalWorkers:
    """Grades in threads of this process; a context manager.

    Parameters
    ----------
    level : str
        Isolation of every sandbox.
    jobs : int
        Submissions graded at a time.
    opened : Sandbox, optional
        One of that level to begin with; it is closed at the end.

    Attributes
    ----------
    level : str
    at_a_time : int
        Submissions that may be under way: those being graded, and as many that wait to be
        graded or written, so that no thread ever waits for the disk.
    """

    def __init__(self, level, jobs, opened=None):
        self.level, self.at_a_time = level, 2 * jobs
        spread = jobs >= len(os.sched_getaffinity(0))  # else the machine has other work
        self._sandboxes = SandboxPool(level, opened, spread=spread)
        self._threads = ThreadPoolExecutor(jobs)

    def __enter__(self):
        with ExitStack() as stack:  # what is running ends first, then its sandbox is closed
            stack.enter_context(self._sandboxes)
            stack.enter_context(self._threads)
            self._open = stack.pop_all()
        return self

    def __exit__(self, *exception):
        self._open.close()

    def open_first(self):
        """Open a sandbox, to learn before any work starts if none can be."""
        self._sandboxes.open_first()

    def submit(self, job, submission, assignment):
        """A future of (record, page)."""
        return self._threads.submit(grade_handin, job, submission, assignment, self._sandboxes)

    def are_there(self):
        """Whether they can go on: always."""
        return True
