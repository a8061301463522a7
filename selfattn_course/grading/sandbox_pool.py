"""One sandbox for all workers, opened when it is needed."""

import contextlib
import threading

from selfattn_course.grading import sandbox as box


class SandboxPool:
    """Lends one sandbox to any number of threads at a time.

    Parameters
    ----------
    level : str
        Isolation.
    opened : Sandbox, optional
        One of that level to begin with; the pool closes it.
    spread : bool, optional
        Whether each notebook is to stay on a core.
    """

    def __init__(self, level, opened=None, *, spread=False):
        self.level, self._sandbox, self._spread = level, opened, spread
        if opened and spread:
            opened.spread()
        self._borrowers, self._guard = {}, threading.Lock()

    def __enter__(self):
        return self

    def __exit__(self, *exception):
        self.close()

    def close(self):
        """Close the sandbox, unless somebody still has it: then it is closed on return."""
        with self._guard:
            self._retire(self._sandbox)

    def open_first(self):
        """Open it now, to learn before any work starts if it can be."""
        with self._guard:
            self._opened()

    @contextlib.contextmanager
    def one(self):
        """Lend the sandbox; if a borrower fails, it is lent no more: the next gets a new one."""
        with self._guard:
            sandbox = self._opened()
            self._borrowers[sandbox] = self._borrowers.get(sandbox, 0) + 1
        failed = True
        try:
            yield sandbox
            failed = False
        finally:
            with self._guard:
                self._borrowers[sandbox] -= 1
                if failed or sandbox is not self._sandbox:
                    self._retire(sandbox)

    def _opened(self):
        if self._sandbox is None:
            self._sandbox = box.Sandbox(self.level)
            if self._spread:
                self._sandbox.spread()
        return self._sandbox

    def _retire(self, sandbox):
        if sandbox is self._sandbox:
            self._sandbox = None
        if sandbox is not None and not self._borrowers.get(sandbox):
            self._borrowers.pop(sandbox, None)
            with contextlib.suppress(Exception):
                sandbox.close()
