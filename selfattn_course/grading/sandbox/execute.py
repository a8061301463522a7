"""Run a notebook and call its functions so that no question ever affects another."""

import time
from enum import IntEnum

import numpy as np

from selfattn_course.errors import NotGradedError
from selfattn_course.outcome import CRASH, ERROR, MEMORY, MISSING, RETURNED, TIMEOUT, Outcome

from .child import Reply
from .inside.values import WireError, encode, size_bytes
from .outputs import error_output, read_outputs
from .records import MIB, CellResult, Execution, Limits

_CHEAP_S = 1.0  # a cell that took less is run again in full even when time is scarce
_ERROR_LENGTH = 2500
_REFUSAL_LENGTH = 500
_TOO_MUCH = "ValueError: returned too much; expected arrays about as large as the inputs"


class _Mode(IntEnum):
    """How much of a cell is run: less each time that it ended the process."""

    SKIP = 0
    DEFINE = 1
    RUN = 2


def execute(sandbox, cells, visible, hidden, limits=None, *, answer=None):
    """Run all cells, then all visible calls, then all hidden calls.

    A cell that ends its process is remembered as such; a fresh process runs all cells again, but
    of that one only its imports, functions, classes and constants. A call that ends its process
    or reaches its limit settles its exercise: the exercise's remaining calls, the hidden ones
    too, get the same status. After the first hidden call nothing is kept of what the process
    says but the outcomes.

    Parameters
    ----------
    sandbox : Sandbox
    cells : sequence of str
        Sources of the code cells.
    visible, hidden : sequence of sequence of Call
        One inner sequence for each exercise, in the same order.
    limits : Limits, optional
    answer : callable, optional
        Takes (name, args, kwargs) when a function calls one that its call was `given`; returns a
        value, or raises ValueError with a sentence that the function gets as an exception. The
        arguments are the notebook's and not trusted.

    Returns
    -------
    Execution

    Raises
    ------
    NotGradedError
        If the sandbox fails, through no fault of the notebook.
    """
    run = _Run(cells, visible, hidden, limits or Limits(), answer)
    children = 0
    while not run.is_finished():
        children += 1
        with sandbox.child(run.limits) as child:
            run.go_on(child)
    return run.execution(sandbox.level, max(children - 1, 0))


class _Run:
    """What is known of a notebook so far; outlives the processes that it is run in.

    Each process that is lost lowers the mode of a cell or settles an exercise, so there is an end.
    """

    def __init__(self, cells, visible, hidden, limits, answer):
        self.limits = limits
        self._answer_given = answer
        self._sources = [np.frombuffer(cell.encode("utf-8", "replace"), np.uint8) for cell in cells]
        self._modes = [_Mode.RUN] * len(cells)
        self._results = [None] * len(cells)
        self._costs = [0.0] * len(cells)
        self._phases = tuple(visible), tuple(hidden)
        self._outcomes = tuple([None] * len(phase) for phase in self._phases)
        self._settled = {}
        self._losses = 0
        self._cpu_s = self._cells_cpu_s = 0.0
        self._end = time.monotonic() + limits.total_wall_s

    def is_finished(self):
        return None not in (*self._results, *self._outcomes[0], *self._outcomes[1])

    def go_on(self, child):
        """Do what is left to do in a fresh process, until it is lost."""
        if self._run_cells(child) and self._answer(child, phase=0):
            self._answer(child, phase=1)

    def execution(self, level, restarts):
        visible, hidden = (tuple(map(tuple, outcomes)) for outcomes in self._outcomes)
        cells = tuple(self._results)
        return Execution(cells, visible, hidden, level, round(self._cpu_s, 3), restarts)

    def _run_cells(self, child):
        for index, source in enumerate(self._sources):
            mode = self._mode(index)
            if mode is _Mode.SKIP:
                continue
            limits = self.limits
            op = {"op": "cell" if mode is _Mode.RUN else "define"}
            reply = child.ask(op, source, cpu_s=limits.cell_cpu_s, wall_s=limits.cell_wall_s)
            self._cpu_s += reply.cpu_s
            self._cells_cpu_s += reply.cpu_s
            if mode is _Mode.RUN:
                self._costs[index] = reply.cpu_s
                self._results[index] = self._results[index] or _cell_result(reply, limits)
            if reply.lost:
                self._modes[index] = _Mode(mode - 1)
                self._losses += 1
                return False
        self._results = [result or CellResult("skipped") for result in self._results]
        return True

    def _mode(self, index):
        """RUN while there is time; then only what is new or costly is reduced."""
        if time.monotonic() > self._end:
            return _Mode.SKIP
        spent = self._cells_cpu_s > self.limits.total_cpu_s or self._losses > self.limits.restarts
        affordable = self._results[index] is not None and self._costs[index] < _CHEAP_S
        most = _Mode.DEFINE if spent and not affordable else _Mode.RUN
        return min(most, self._modes[index])

    def _answer(self, child, phase):
        """Make the calls of the exercises that are still open; False when the process is lost."""
        for exercise, calls in enumerate(self._phases[phase]):
            if self._outcomes[phase][exercise] is None:
                outcomes, lost = self._exercise(child, exercise, calls)
                self._outcomes[phase][exercise] = outcomes
                if lost:
                    return False
        return True

    def _exercise(self, child, exercise, calls):
        outcomes, lost = [], False
        budget = _Budget(self.limits, self._end)
        while len(outcomes) < len(calls) and exercise not in self._settled:
            call = calls[len(outcomes)]
            if budget.is_spent():
                self._settled[exercise] = TIMEOUT
                break
            reply = self._call(child, call, budget)
            budget.answer_bytes -= size_bytes(reply.value)
            if budget.answer_bytes < 0:  # the rest would fill the grader's memory
                self._settled[exercise] = ERROR
                outcomes.append(Outcome(ERROR, error=_TOO_MUCH))
                break
            outcomes.append(_outcome(reply, call))
            if reply.lost or reply.status == TIMEOUT:
                # the interrupt may have cut a question to the grader in two
                self._settled[exercise], lost = reply.status, reply.lost or bool(call.given)
        rest = len(calls) - len(outcomes)
        return outcomes + [Outcome(self._settled.get(exercise, CRASH))] * rest, lost

    def _call(self, child, call, budget):
        """Make a call, and answer what it asks of the functions that it was given."""
        header = {"op": "call", "function": call.function, "given": list(call.given)}
        value = tuple(call.args), dict(call.kwargs)
        limits = budget.of_a_call()
        end = time.monotonic() + limits["wall_s"]
        while True:
            reply = _asked(child, header, value, call, limits)
            budget.cpu_s -= reply.cpu_s
            self._cpu_s += reply.cpu_s
            if reply.lost or reply.status != "ask":
                return reply
            limits = {"cpu_s": limits["cpu_s"] - reply.cpu_s, "wall_s": end - time.monotonic()}
            if min(limits.values()) <= 0:  # it asks for ever; each question by itself is quick
                return Reply(TIMEOUT, lost=True)
            header, value = self._given(reply, call)

    def _given(self, reply, call):
        """Header and value of the answer to a question."""
        name, error, value = reply.fields.get("function"), "", None
        try:
            if type(name) is not str or name not in call.given:
                raise ValueError("a function was called that was not given")
            args, kwargs = reply.value
            if type(args) is not tuple or type(kwargs) is not dict:
                raise ValueError(f"{name} was called in an unusual way")
            value = self._answer_given(name, args, kwargs)
            encode(value)  # raises a WireError, which is a ValueError, if it cannot be sent
        except (ValueError, TypeError, MemoryError) as refused:
            error, value = str(refused)[:_REFUSAL_LENGTH] or "refused", None
        return {"op": "answer", "error": error}, value


class _Budget:
    """Time and memory that the calls of one exercise have in one phase."""

    def __init__(self, limits, end):
        self._limits = limits
        self.cpu_s = limits.exercise_cpu_s
        self.answer_bytes = limits.answer_bytes
        self._end = min(time.monotonic() + limits.exercise_wall_s, end)

    def is_spent(self):
        return self.cpu_s <= 0 or time.monotonic() >= self._end

    def of_a_call(self):
        return {
            "cpu_s": min(self._limits.call_cpu_s, self.cpu_s),
            "wall_s": min(self._limits.call_wall_s, self._end - time.monotonic()),
        }


def _asked(child, header, value, call, limits):
    try:
        return child.ask(header, value, **limits)
    except WireError as error:
        raise NotGradedError(
            f"An argument for {call.function} is {error}. Change the case of the exercise."
        ) from error


def _outcome(reply, call):
    """What a process says of a call, believed only as far as its shape is right."""
    if reply.lost or reply.status == TIMEOUT:
        return Outcome(reply.status)
    changed, error = reply.fields.get("changed", []), reply.fields.get("error", "")
    known = range(len(call.args) + len(call.kwargs))
    plain = type(changed) is list and all(type(i) is int and i in known for i in changed)
    if (
        reply.status not in (RETURNED, MISSING, ERROR, MEMORY)
        or not plain
        or type(error) is not str
    ):
        return Outcome(CRASH)
    value = reply.value if reply.status == RETURNED else None
    error = error[:_ERROR_LENGTH].encode("utf-8", "replace").decode()
    return Outcome(reply.status, value, error, tuple(changed))


def _cell_result(reply, limits):
    outputs, status = (), reply.status
    if not reply.lost:
        try:
            outputs = read_outputs(reply.value)
        except WireError:
            status = CRASH
    notes = {
        TIMEOUT: f"stopped after {limits.cell_cpu_s:g} s of computing or {limits.cell_wall_s:g} s",
        MEMORY: f"used more than {limits.memory_bytes // MIB} MiB of memory",
        CRASH: "the process ended",
    }
    if status not in ("ok", "error"):
        note = notes.get(status, notes[CRASH])
        status = status if status in notes else CRASH
        outputs += (error_output(status.capitalize(), note),)
    return CellResult(status, reply.text, outputs)
