"""A notebook that is being run, in as many processes as it takes."""

import time
from contextlib import ExitStack
from enum import IntEnum
from itertools import groupby

import numpy as np

from selfattn_course.errors import NotGradedError
from selfattn_course.outcome import CRASH, ERROR, MISSING, TIMEOUT, Outcome

from .child import Reply
from .clock import Budget
from .inside import wire
from .inside.values import WireError, size_bytes
from .outputs import shown_bytes
from .records import CellResult, Limits
from .results import outcomes_of, result_of

_CHEAP_S = 1.0  # a cell that took less is run again in full even when time is scarce
_REFUSAL_LENGTH = 500
_FULL = "[left out: the cells printed and drew too much]\n"
_TOO_MUCH = "ValueError: returned too much; expected arrays about as large as the inputs"


class _Mode(IntEnum):
    """How much of a cell is run: less each time that it ended the process."""

    SKIP = 0
    DEFINE = 1
    RUN = 2


class Notebook:
    """One notebook: its cells, then calls of its functions; a context manager.

    A cell that ends its process is remembered as such; a fresh process runs all cells again, but
    of that one only its imports, functions, classes and constants. Each process that is lost
    lowers the mode of a cell or ends a series of calls, so there is an end.

    Parameters
    ----------
    sandbox : Sandbox
    cells : sequence of str
        Sources of the code cells.
    limits : Limits, optional
    answer : callable, optional
        Takes (name, args, kwargs) when a function calls one that its call was `given`; returns a
        value, or raises ValueError with a sentence that the function gets as an exception. The
        arguments are the notebook's and not trusted.
    provided : dict of str to str, optional
        Modules of the course package that the notebook can import: full names to source.

    Attributes
    ----------
    cpu_s : float
        Processor time of all processes that have ended.
    restarts : int
        Fresh processes that were needed after one was lost.
    """

    def __init__(self, sandbox, cells, limits=None, *, answer=None, provided=None):
        self.cpu_s, self.restarts = 0.0, 0
        self._sandbox, self._limits, self._answer = sandbox, limits or Limits(), answer
        self._provided = provided or {}
        self._sources = [_content(cell) for cell in cells]
        self._modes = [_Mode.RUN] * len(cells)
        self._results = [None] * len(cells)
        self._costs = [0.0] * len(cells)
        self._cells_cpu_s, self._losses = 0.0, 0
        self._room = self._limits.outputs_bytes
        self._child, self._process = None, ExitStack()
        self._end = time.monotonic() + self._limits.total_wall_s

    def __enter__(self):
        return self

    def __exit__(self, *exception):
        self._close()

    def cells(self):
        """Run all cells, unless that is done.

        Returns
        -------
        tuple of CellResult
            What came of each when it ran for the first time.

        Raises
        ------
        NotGradedError
            If the sandbox fails, through no fault of the notebook.
        """
        if None in self._results:
            self._ready()
        return tuple(self._results)

    def call(self, calls):
        """Make calls one after the other.

        Parameters
        ----------
        calls : sequence of Call

        Returns
        -------
        tuple of Outcome
            One for each call. After a call that ends its process or reaches a limit no other is
            made: the rest has the same status.

        Raises
        ------
        NotGradedError
            If the sandbox fails, or an argument cannot be sent: no fault of the notebook.
        """
        outcomes, size, settled, alone = [], len(calls), None, False
        budget = Budget(self._limits, self._end)
        while len(outcomes) < len(calls) and settled is None:
            if budget.is_spent():
                settled = TIMEOUT
                break
            series = _alike(calls[len(outcomes) :])[:size]
            try:
                self._send(series, alone)
            except WireError as error:
                if len(series) == 1:
                    raise NotGradedError(
                        f"An argument for {series[0].function} is {error}. "
                        "Change the case of the exercise."
                    ) from error
                size = len(series) // 2
                continue
            done = len(outcomes)
            settled = self._collect(series, budget, outcomes, alone)
            # of calls that are answered together it is not known which one ended the process
            alone = len(outcomes) < done + len(series)
        return (*outcomes, *[Outcome(settled)] * (len(calls) - len(outcomes)))

    def _ready(self):
        """A process that has run all cells."""
        while self._child is None:
            self._child = self._process.enter_context(self._sandbox.child(self._limits))
            self._provide()
            if not self._run_cells():
                self._drop()
        return self._child

    def _provide(self):
        """Hand over the modules that may be imported, before any code of the notebook runs."""
        if not self._provided:
            return
        limits = {"cpu_s": self._limits.call_cpu_s, "wall_s": self._limits.call_wall_s}
        modules = wire.content(self._provided)
        if self._child.ask({"op": "provide"}, modules, **limits).status != "ok":
            raise NotGradedError(
                "The sandbox did not take the modules that come with the assignment; expected it "
                "to take them. Grade again, or report it."
            )

    def _drop(self):
        """End the process; the next one has to run the cells again."""
        self.restarts += 1
        self._close()

    def _close(self):
        child, self._child = self._child, None
        self._process.close()
        self.cpu_s += child.cpu_s if child else 0.0

    def _run_cells(self):
        """Run all cells in the fresh process; False when that is lost."""
        limits = self._limits
        for index, source in enumerate(self._sources):
            mode = self._mode(index)
            if mode is _Mode.SKIP:
                continue
            op = {"op": "cell" if mode is _Mode.RUN else "define"}
            reply = self._child.ask(op, source, cpu_s=limits.cell_cpu_s, wall_s=limits.cell_wall_s)
            self._cells_cpu_s += reply.cpu_s
            if mode is _Mode.RUN:
                self._costs[index] = reply.cpu_s
                self._results[index] = self._results[index] or self._kept(reply)
            if reply.lost:
                self._modes[index] = _Mode(mode - 1)
                self._losses += 1
                return False
        self._results = [result or CellResult("skipped") for result in self._results]
        return True

    def _kept(self, reply):
        """What is kept of a cell: nothing that it shows once the notebook has shown too much."""
        result = result_of(reply, self._limits)
        self._room -= shown_bytes(result)
        return result if self._room >= 0 else CellResult(result.status, _FULL)

    def _mode(self, index):
        """RUN while there is time; then only what is new or costly is reduced."""
        if time.monotonic() > self._end:
            return _Mode.SKIP
        limits = self._limits
        spent = self._cells_cpu_s > limits.total_cpu_s or self._losses > limits.restarts
        affordable = self._results[index] is not None and self._costs[index] < _CHEAP_S
        most = _Mode.DEFINE if spent and not affordable else _Mode.RUN
        return min(most, self._modes[index])

    def _send(self, calls, alone):
        first = calls[0]
        header = {"op": "calls", "function": first.function, "given": list(first.given)}
        header["alone"] = alone
        self._ready().send(header, wire.listed([call.content for call in calls]))

    def _collect(self, calls, budget, outcomes, alone):
        """Append the outcomes of a series as they come; a status if it is all that is to come."""
        done = 0
        while done < len(calls):
            reply = self._reply(calls[done], budget)
            found = outcomes_of(reply, calls[done:], done)
            if not found:  # it is lost, or talks nonsense
                self._drop()
                settled = reply.status if reply.lost else CRASH
                return settled if alone or calls[0].given or done + 1 == len(calls) else None
            done += len(found)
            for outcome in found:
                budget.answer_bytes -= size_bytes(outcome.value)
                if budget.answer_bytes < 0:  # the rest would fill the grader's memory
                    outcomes.append(Outcome(ERROR, error=_TOO_MUCH))
                    self._drop()
                    return ERROR
                outcomes.append(outcome)
            if reply.fields.get("left") == 0 and len(found) == 1 and _is_missing(found[0]):
                outcomes += found * (len(calls) - done)  # the others were not made
                return None
            if reply.status == TIMEOUT or (budget.is_spent() and done < len(calls)):
                # it may go on with the next call; and an interrupt may have cut a question in two
                if reply.fields.get("left") != 0 or calls[0].given:
                    self._drop()
                return TIMEOUT
        return None

    def _reply(self, call, budget):
        """What comes of a call, after what it asks of the functions that it was given."""
        limits = budget.of_a_call()
        end = time.monotonic() + limits["wall_s"]
        while True:
            reply = self._child.receive(**limits)
            budget.cpu_s -= reply.cpu_s
            if reply.lost or reply.status != "ask":
                return reply
            limits = {"cpu_s": limits["cpu_s"] - reply.cpu_s, "wall_s": end - time.monotonic()}
            if min(limits.values()) <= 0:  # it asks for ever; each question by itself is quick
                return Reply(TIMEOUT, lost=True)
            self._child.send(*self._given(reply, call))

    def _given(self, reply, call):
        """Header and content of the answer to a question."""
        name, error = reply.fields.get("function"), ""
        try:
            if type(name) is not str or name not in call.given:
                raise ValueError("a function was called that was not given")
            args, kwargs = reply.value
            if type(args) is not tuple or type(kwargs) is not dict:
                raise ValueError(f"{name} was called in an unusual way")
            content = wire.content(self._answer(name, args, kwargs))
        except (ValueError, TypeError, MemoryError) as refused:  # a WireError is a ValueError
            error, content = str(refused)[:_REFUSAL_LENGTH] or "refused", wire.NOTHING
        return {"op": "answer", "error": error}, content


def _content(cell):
    return wire.content(np.frombuffer(cell.encode("utf-8", "replace"), np.uint8))


def _is_missing(outcome):
    return outcome.status == MISSING or outcome.is_unwritten


def _alike(calls):
    """The first calls, as many as are of one function and given the same."""
    groups = groupby(calls, key=lambda call: (call.function, call.given))
    return list(next(groups)[1])
