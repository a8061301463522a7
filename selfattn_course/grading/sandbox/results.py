"""From what a process says to what the grader keeps of it."""

from selfattn_course.outcome import CRASH, ERROR, MEMORY, MISSING, RETURNED, TIMEOUT, Outcome

from .inside.values import WireError
from .outputs import error_output, read_outputs
from .records import MIB, CellResult

_ERROR_LENGTH = 2500
_STATUSES = (RETURNED, MISSING, ERROR, MEMORY)


def outcomes_of(reply, calls, first):
    """What a process says of some calls, believed only as far as its shape is right.

    Parameters
    ----------
    reply : Reply
    calls : sequence of Call
        Those that have not been answered yet.
    first : int
        Number of the first of them.

    Returns
    -------
    list of Outcome
        Of as many calls as were answered; empty if it makes no sense. The last one is a timeout
        if the process was interrupted.
    """
    said = reply.value
    if reply.lost or reply.fields.get("first") != first or type(said) is not list:
        return []
    if not 0 < len(said) <= len(calls):
        return []
    outcomes = [_outcome(one, call) for one, call in zip(said, calls, strict=False)]
    if reply.status == TIMEOUT:
        outcomes[-1] = Outcome(TIMEOUT)
    return outcomes


def _outcome(said, call):
    if type(said) is not list or len(said) not in (1, 4):
        return Outcome(CRASH)
    if len(said) == 1:
        return Outcome(RETURNED, said[0])
    value, status, error, changed = said
    known = range(len(call.args) + len(call.kwargs))
    if not (type(status) is type(error) is str and type(changed) is list):
        return Outcome(CRASH)
    if status not in _STATUSES or not all(type(i) is int and i in known for i in changed):
        return Outcome(CRASH)
    value = value if status == RETURNED else None
    error = error[:_ERROR_LENGTH].encode("utf-8", "replace").decode()
    return Outcome(status, value, error, tuple(changed))


def result_of(reply, limits):
    """What became of a cell, from the reply to it."""
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
