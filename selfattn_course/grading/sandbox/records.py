"""What goes into a sandboxed run and what comes out of it."""

from dataclasses import dataclass, field
from functools import cached_property

from selfattn_course.outcome import Outcome

from .inside import wire

MIB = 1 << 20


@dataclass(frozen=True, eq=False)
class Call:
    """One call of a function that the notebook defines.

    Keep it to make the same call in many notebooks: what is sent is remembered.

    Attributes
    ----------
    function : str
        Its name in the notebook's namespace.
    args : tuple
        Positional arguments: arrays, numbers, strings, None, and lists, tuples, dicts of them.
    kwargs : dict
        Keyword arguments, of the same kinds.
    given : tuple of str
        Names that stand, during this call, for functions answered by the grader.
    """

    function: str
    args: tuple = ()
    kwargs: dict = field(default_factory=dict)
    given: tuple[str, ...] = ()

    @cached_property
    def content(self):
        """Its arguments as they are sent; WireError if they cannot be."""
        return wire.content((tuple(self.args), dict(self.kwargs)))


@dataclass(frozen=True)
class Limits:
    """What one submission may use.

    Processor time (`_cpu_s`) is what counts; the looser clock times (`_wall_s`) stop code that
    sleeps. A cell or call that reaches its limit is interrupted, and killed when it goes on.

    Attributes
    ----------
    grace_s : float
        From the interrupt to the kill.
    exercise_cpu_s, exercise_wall_s : float
        All calls of one exercise in one phase (visible, hidden) together.
    total_cpu_s : float
        All cells, and all their repetitions after a crash. What is left then runs as
        definitions only.
    total_wall_s : float
        The whole execution; the answers still open are then timeouts.
    address_bytes : int
        Address space of each process.
    memory_bytes : int
        Resident memory of the process and everything it started.
    file_bytes, folder_bytes : int
        One file; the whole private folder.
    processes : int
        Processes and threads at a time.
    output_bytes : int
        Printed text that is kept of each cell.
    outputs_bytes : int
        Printed text and rich outputs that are kept of all cells together.
    answer_bytes : int
        All that the calls of one exercise return in one phase.
    restarts : int
        Fresh processes after cells that killed theirs.
    """

    cell_cpu_s: float = 10
    cell_wall_s: float = 20
    call_cpu_s: float = 5
    call_wall_s: float = 10
    grace_s: float = 2
    exercise_cpu_s: float = 15
    exercise_wall_s: float = 30
    total_cpu_s: float = 60
    total_wall_s: float = 240
    address_bytes: int = 3072 * MIB
    memory_bytes: int = 2048 * MIB
    file_bytes: int = 16 * MIB
    folder_bytes: int = 32 * MIB
    processes: int = 24
    output_bytes: int = MIB // 16
    outputs_bytes: int = 32 * MIB
    answer_bytes: int = 16 * MIB
    restarts: int = 8


@dataclass(frozen=True)
class CellResult:
    """What became of one cell.

    Attributes
    ----------
    status : str
        `ok`; `error` (it raised); `timeout`; `memory`; `crash` (the process ended);
        `skipped` (the notebook had used up its time, so only its definitions were run).
    text : str
        Standard output and standard error, cut at `Limits.output_bytes`.
    outputs : tuple of dict
        Rich outputs and errors, as in nbformat; never streams.
    """

    status: str
    text: str = ""
    outputs: tuple[dict, ...] = ()


@dataclass(frozen=True)
class Execution:
    """One notebook, run.

    Attributes
    ----------
    cells : tuple of CellResult
        One for each cell.
    visible, hidden : tuple of tuple of Outcome
        One for each call, in the shape of the calls.
    level : str
        Isolation under which all this ran.
    cpu_s : float
        Processor time of the cells and calls.
    restarts : int
        Fresh processes that were needed after one was lost.
    """

    cells: tuple[CellResult, ...]
    visible: tuple[tuple[Outcome, ...], ...]
    hidden: tuple[tuple[Outcome, ...], ...]
    level: str
    cpu_s: float = 0.0
    restarts: int = 0
