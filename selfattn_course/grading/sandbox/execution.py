"""Run a notebook and call its functions, in the order that keeps hidden inputs hidden."""

from selfattn_course.outcome import CRASH, TIMEOUT, Outcome

from .notebook import Notebook
from .records import Execution

_SETTLED = (TIMEOUT, CRASH)


def execute(sandbox, cells, visible, hidden, limits=None, *, answer=None):
    """Run all cells, then all visible calls, then all hidden calls.

    A visible call that ends its process or reaches its limit settles its exercise: the hidden
    ones get the same status. After the first hidden call nothing is kept of what the process says
    but the outcomes.

    Parameters
    ----------
    sandbox : Sandbox
    cells : sequence of str
        Sources of the code cells.
    visible, hidden : sequence of sequence of Call
        One inner sequence for each exercise, in the same order.
    limits : Limits, optional
    answer : callable, optional
        As for `Notebook`.

    Returns
    -------
    Execution

    Raises
    ------
    NotGradedError
        If the sandbox fails, through no fault of the notebook.
    """
    with Notebook(sandbox, cells, limits, answer=answer) as notebook:
        results = notebook.cells()
        seen = tuple(notebook.call(calls) for calls in visible)
        unseen = tuple(
            notebook.call(calls) if status is None else (Outcome(status),) * len(calls)
            for calls, status in zip(hidden, map(_settled, seen), strict=True)
        )
    cpu_s = round(notebook.cpu_s, 3)
    return Execution(results, seen, unseen, sandbox.level, cpu_s, notebook.restarts)


def _settled(outcomes):
    return next((one.status for one in outcomes if one.status in _SETTLED), None)
