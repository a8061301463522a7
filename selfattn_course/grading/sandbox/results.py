"""From what a process says to what the grader keeps of it."""

from selfattn_course.outcome import CRASH, ERROR, MEMORY, MISSING, RETURNED, TIMEOUT, Outcome

from .inside.values import WireError
from .outputs import error_output, read_outputs
from .records import MIB, CellResult

_ERROR_LENGTH = 2500


def outcome_of(reply, call):
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
