"""Futures that are under way: a bounded number, handed out as they finish."""

from queue import Empty, SimpleQueue


class UnderWay:
    """Things that are being worked on elsewhere; for one thread."""

    def __init__(self):
        self._futures, self._finished = set(), SimpleQueue()

    def __len__(self):
        """How many have been added and not handed out."""
        return len(self._futures)

    def add(self, future, thing):
        """Hand out (future, thing) once the future is done."""
        self._futures.add(future)
        future.add_done_callback(lambda done: self._finished.put((done, thing)))

    def finished(self, wait_s=0.0):
        """All that are done by now; waits some seconds for one if there is none.

        Returns
        -------
        list of (Future, object)
            Not handed out before.
        """
        done = []
        try:
            done.append(self._finished.get(timeout=wait_s) if wait_s else self._finished.get(False))
            while True:
                done.append(self._finished.get(False))
        except Empty:
            pass
        self._futures.difference_update(future for future, _ in done)
        return done

    def cancel(self):
        """Start none of those that have not started."""
        for future in list(self._futures):  # cancelling calls back at once
            future.cancel()
