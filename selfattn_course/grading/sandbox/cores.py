"""Which core each notebook is to stay on."""

import os
import threading
from contextlib import contextmanager


class Cores:
    """The cores that this process may use, handed out so that all are used alike.

    A notebook and the thread that looks after it take turns. Left to itself the system moves them
    about, and two notebooks now and then wait for one core while the other has nothing to do.
    """

    def __init__(self):
        self._users = dict.fromkeys(sorted(os.sched_getaffinity(0)), 0)
        self._guard = threading.Lock()

    @contextmanager
    def one(self):
        """The number of the core with the fewest users, which is used until the end."""
        with self._guard:
            core = min(self._users, key=self._users.get)
            self._users[core] += 1
        try:
            yield core
        finally:
            with self._guard:
                self._users[core] -= 1
