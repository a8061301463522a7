"""The grader's side of one process that runs a notebook: ask, watch, stop."""

import contextlib
import json
import os
import secrets
import select
import signal
import time
from dataclasses import dataclass, field, replace
from functools import partial

from selfattn_course.errors import NotGradedError
from selfattn_course.outcome import CRASH, MEMORY, TIMEOUT

from .clock import TICK_S, RequestClock
from .inside import wire
from .inside.values import WireError, decode
from .usage import folder_bytes, parent_of, remove_folder, usage_below, usage_of

_END_S = 10.0
_CHUNK = 1 << 18
_PIPE_BYTES = 1 << 20  # the most that a pipe can hold


@dataclass(frozen=True)
class Reply:
    """What came of one request.

    Attributes
    ----------
    status : str
        What the process said, or `timeout`, `memory`, `crash` as seen from here.
    fields : dict
        The rest of its header.
    value : object
        Decoded.
    text : str
        What was printed meanwhile; empty where nobody asked for it.
    cpu_s : float
        Processor time that it took, to about the length of a tick.
    lost : bool
        True when the process is gone.
    """

    status: str
    fields: dict = field(default_factory=dict)
    value: object = None
    text: str = ""
    cpu_s: float = 0.0
    lost: bool = False


class Child:
    """One running process.

    Parameters
    ----------
    connection : socket.socket
        To the process.
    output : int
        Reading end of the pipe that is its standard output and standard error.
    report : socket.socket
        To whoever sees it end, and tells how.
    handle : int
        Its pidfd.
    limits : Limits
    folder : str or None
        Its private folder on this machine, when the kernel does not bound it.
    kept : bool
        Whether its parent keeps it and its orphans, and nothing else.

    Attributes
    ----------
    cpu_s : float
        Processor time that it took, with what it started and waited for; known once it is closed.
    """

    def __init__(self, connection, output, report, handle, limits, folder, kept):
        self._connection, self._output, self._report = connection, output, report
        self._handle, self._limits, self._folder = handle, limits, folder
        connection.setblocking(False)
        os.set_blocking(output, False)
        self._measure = _measure(handle, kept)
        self._printed = bytearray()
        self._cut, self._printing, self._end = False, True, None
        self._unsent, self._seq = memoryview(b""), 0
        self.cpu_s = 0.0

    def ask(self, header, content, *, cpu_s, wall_s):
        """Send a request and wait for its only answer, with what was printed meanwhile.

        Parameters and result are those of `send` and `receive`.
        """
        self._printed.clear()
        self._cut = False
        self.send(header, content)
        reply = self.receive(cpu_s=cpu_s, wall_s=wall_s)
        self._drain(_PIPE_BYTES)
        return replace(reply, text=self._text())

    def send(self, header, content):
        """Take a request; its bytes go out while `receive` waits.

        Parameters
        ----------
        header : dict
        content : wire.Content
            Arguments, sent with it.

        Raises
        ------
        WireError
            If it is too large to be sent.
        """
        seq = secrets.randbits(48)  # an answer prepared beforehand cannot carry it
        self._unsent = memoryview(wire.pack(header | {"seq": seq}, content))
        self._seq = seq

    def receive(self, *, cpu_s, wall_s):
        """Wait for the next answer within limits.

        At a limit the process gets an interrupt, as from the stop button of a notebook. When it
        goes on nevertheless it is killed.

        Parameters
        ----------
        cpu_s, wall_s : float
            Most processor time and clock time.

        Returns
        -------
        Reply
        """
        clock = RequestClock(self._measure, cpu_s, wall_s)
        lost, answer = self._exchange(clock)
        if lost:
            self._kill()
            return Reply(lost, cpu_s=clock.cpu_s(), lost=True)
        fields, value = answer
        said = fields.pop("status")
        status = said if clock.interrupted_at is None else TIMEOUT
        return Reply(status, fields, value, cpu_s=clock.cpu_s())

    def close(self):
        """End the process and everything it started; returns when they are gone.

        Raises
        ------
        NotGradedError
            If they are not gone after some seconds.
        """
        self._kill()
        self.cpu_s = self._ended()["cpu_s"]
        self._connection.close()
        self._report.close()
        os.close(self._output)
        os.close(self._handle)
        if self._folder:
            remove_folder(self._folder)

    def _exchange(self, clock):
        """Move bytes both ways; the reason why the process is lost, or "" and its answer."""
        reader = wire.FrameReader()
        while True:
            try:
                if self._unsent:
                    self._push()
                piece = self._connection.recv(min(reader.missing, _CHUNK))
                frame = reader.feed(piece)
                if not piece:
                    return self._cause(clock), None
                if frame is not None:  # an answer to half a request is none
                    return (CRASH, None) if self._unsent else ("", _checked(frame, self._seq))
            except BlockingIOError:
                self._wait(select.POLLIN | (select.POLLOUT if self._unsent else 0))
            except WireError:  # it talks nonsense
                return CRASH, None
            except ConnectionError:
                return self._cause(clock), None
            if clock.tick() and (excess := self._excess(clock)):
                return excess, None

    def _push(self):
        """Send as much of the request as the process takes now."""
        with contextlib.suppress(BlockingIOError):
            while self._unsent:
                self._unsent = self._unsent[self._connection.send(self._unsent[:_CHUNK]) :]

    def _wait(self, wanted):
        """Wait for the connection, at most a tick, and keep what is printed flowing."""
        poll = select.poll()
        poll.register(self._connection, wanted)
        if self._printing:
            poll.register(self._output, select.POLLIN)
        if self._output in dict(poll.poll(TICK_S * 1000)):
            self._drain(_CHUNK)

    def _drain(self, most):
        """Read what was printed, at most that many bytes, and keep as much as the limits say."""
        try:
            while most > 0:
                piece = os.read(self._output, _CHUNK)
                if not piece:
                    self._printing = False
                    return
                most -= len(piece)
                room = self._limits.output_bytes - len(self._printed)
                self._printed += piece[: max(room, 0)]
                self._cut = self._cut or room < len(piece)
        except BlockingIOError:
            return

    def _excess(self, clock):
        """Interrupt a process that takes too long; the reason to kill it, or ""."""
        usage, limits = clock.usage, self._limits
        folder = folder_bytes(self._folder) if self._folder else 0
        if usage.memory_bytes > limits.memory_bytes or folder > limits.folder_bytes:
            return MEMORY
        if usage.threads > limits.processes:
            return CRASH
        if clock.interrupted_at is not None:
            return TIMEOUT if time.monotonic() > clock.interrupted_at + limits.grace_s else ""
        if clock.is_over():
            clock.interrupted_at = time.monotonic()
            self._signal(signal.SIGINT)
        return ""

    def _cause(self, clock):
        """Why the process ended by itself."""
        self._kill()
        ended = self._ended()
        if clock.interrupted_at is not None:
            return TIMEOUT
        killed = ended["code"] == -signal.SIGKILL
        # the kernel's own killer; half, because the limit may be more than the machine has
        large = ended["peak_bytes"] > self._limits.memory_bytes // 2
        return MEMORY if killed and large else CRASH

    def _kill(self):
        self._signal(signal.SIGKILL)

    def _signal(self, number):
        try:
            signal.pidfd_send_signal(self._handle, number)
        except ProcessLookupError:
            return

    def _ended(self):
        """How the process ended, from its keeper."""
        if self._end is None:
            self._report.settimeout(_END_S)
            try:
                self._end = json.loads(self._report.recv(4096))
            except (OSError, ValueError) as error:
                raise NotGradedError(
                    f"A sandboxed process did not end within {_END_S:g} s; expected it to be "
                    "killed at once. Look for a machine that is overloaded, and grade again."
                ) from error
        return self._end

    def _text(self):
        text = self._printed.decode("utf-8", "replace")
        if self._cut:
            text += f"\n[cut after {self._limits.output_bytes} bytes]\n"
        return text


def _checked(frame, seq):
    """Fields and value of an answer, or WireError."""
    fields, body = frame
    if fields.pop("seq", None) != seq or type(fields.get("status")) is not str:
        raise WireError("not the answer to the request")
    return fields, decode(fields.pop("value", None), body)


def _measure(handle, kept):
    """What measures the process behind a pidfd, and all that belongs to it."""
    with open(f"/proc/self/fdinfo/{handle}") as file:
        pid = int(dict(line.split(":", 1) for line in file)["Pid"])
    if not kept:
        return partial(usage_of, pid)
    try:
        return partial(usage_below, parent_of(pid))
    except OSError:  # it is gone, and 0 has no entry
        return partial(usage_below, 0)
