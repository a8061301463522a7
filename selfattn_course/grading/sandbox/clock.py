"""Measuring what one request costs."""

import time

TICK_S = 0.05


class RequestClock:
    """Time that one request takes, measured at ticks.

    Parameters
    ----------
    measure : callable
        Gives the Usage of all processes that count.
    cpu_s, wall_s : float
        Most processor time and clock time.

    Attributes
    ----------
    usage : Usage or None
        As of the last tick.
    interrupted_at : float or None
        When the caller interrupted the process; the caller sets it.
    """

    def __init__(self, measure, cpu_s, wall_s):
        self._measure, self._most_cpu_s, self._most_wall_s = measure, cpu_s, wall_s
        self._start = self._ticked = time.monotonic()
        self._cpu_before = None
        self.usage = None
        self.interrupted_at = None

    def tick(self):
        """True when it was time to measure, which was done."""
        now = time.monotonic()
        if now < self._ticked + TICK_S:
            return False
        self._ticked = now
        self.usage = self._measure()
        if self._cpu_before is None:  # what a request takes in its first tick is not known
            self._cpu_before = self.usage.cpu_s - TICK_S
        return True

    def cpu_s(self):
        """Processor time so far; of a request that ended before the first tick, clock time."""
        if self._cpu_before is None:
            return time.monotonic() - self._start
        return self.usage.cpu_s - self._cpu_before

    def is_over(self):
        """Is one of the limits reached?"""
        elapsed = time.monotonic() - self._start
        return self.cpu_s() > self._most_cpu_s or elapsed > self._most_wall_s


class Budget:
    """Time and memory that a series of calls has.

    Parameters
    ----------
    limits : Limits
    end : float
        When the whole notebook's time is over.

    Attributes
    ----------
    cpu_s, answer_bytes : float, int
        What is left; the caller takes off what was used.
    """

    def __init__(self, limits, end):
        self._limits = limits
        self.cpu_s = limits.exercise_cpu_s
        self.answer_bytes = limits.answer_bytes
        self._end = min(time.monotonic() + limits.exercise_wall_s, end)

    def is_spent(self):
        """Is no time left?"""
        return self.cpu_s <= 0 or time.monotonic() >= self._end

    def of_a_call(self):
        """Limits of the next call, as `Child.receive` takes them."""
        return {
            "cpu_s": min(self._limits.call_cpu_s, self.cpu_s),
            "wall_s": min(self._limits.call_wall_s, self._end - time.monotonic()),
        }
