"""The last process of the sandbox: runs a notebook's cells, then calls its functions.

It answers one request at a time. Nothing it says is trusted: it is the process that a student's
code can change at will.
"""

import os
import signal
import sys
import time
from contextlib import contextmanager, suppress
from functools import partial
from types import FunctionType
from warnings import catch_warnings

from numpy import errstate, ndarray

from . import definitions, wire
from .shell import describe, restore_streams
from .values import WireError, decode, encode, nodes

_CHUNK = 1 << 20
_MOST_NODES = 5000  # of outcomes that are sent together
_PATIENCE_S = 0.02
_DONE = {"status": "ok"}


class Runner:
    """One notebook.

    Parameters
    ----------
    connection : socket.socket
        To the grader.
    shell : IPython.core.interactiveshell.InteractiveShell
        From `make_shell`.
    recorder : Recorder
        The one that the shell reports to.
    """

    def __init__(self, connection, shell, recorder):
        self._connection = connection
        self._shell = shell
        self._recorder = recorder
        self._pid = os.getpid()
        self._functions = {}  # the last callable that each name held after a cell
        self._seq = None
        self._interruptible = _Interruptible()

    def serve(self):
        """Answer requests until the grader closes the connection."""
        answers = {"cell": self._run_cell, "define": self._define_cell, "calls": self._run_calls}
        answers["provide"] = self._provide
        while (request := self._receive()) is not None:
            header, body = request
            self._interruptible.listen()
            for reply, content in answers[header["op"]](header, body):
                if os.getpid() != self._pid:  # a copy that the student's code forked and forgot
                    os._exit(0)
                self._connection.sendall(_packed(reply | {"seq": self._seq}, content))

    def _receive(self):
        reader = wire.FrameReader()
        while True:
            piece = self._connection.recv(min(reader.missing, _CHUNK))
            if not piece:
                return None
            request = reader.feed(piece)
            if request is not None:
                self._seq = request[0]["seq"]
                return request

    def _provide(self, header, body):
        """Let modules of the course package be imported from the source that was sent."""
        sys.modules["selfattn_course"].provide(decode(header["value"], body))
        yield _DONE, wire.NOTHING

    def _run_cell(self, header, body):
        source = _source(header, body)
        self._recorder.clear()
        try:
            with self._interruptible, self._shell.display_trap:
                restore_streams()
                result = self._shell.run_cell(source, store_history=True)
            error = result.error_before_exec or result.error_in_exec
        except BaseException as raised:  # IPython itself, changed or not, gave up
            error = raised
            self._recorder.add_error(type(raised), raised, [])
        outputs = self._recorder.outputs
        content = wire.content(outputs)
        if error is not None or any(output["kind"] == "error" for output in outputs):
            self._define(source, keep=True)
        self._remember(source)
        yield {"status": _status(error)}, content

    def _define_cell(self, header, body):
        source = _source(header, body)
        self._define(source, keep=False)
        self._remember(source)
        yield _DONE, wire.NOTHING

    def _define(self, source, keep):
        """Run the definitions of a cell; of those that bind only names to keep, none."""
        with self._harmless():
            source, statements = self._definitions(source)
            kept = dict(self._shell.user_ns) if keep else {}
            new = [s for s in statements if not definitions.defined_names([s]) <= kept.keys()]
            try:
                self._run(new, source)
            finally:
                self._shell.user_ns.update(kept)

    def _remember(self, source):
        """Remember all functions, also one whose name the same cell used again for its value."""
        namespace = self._shell.user_ns
        with self._harmless():
            self._functions |= {name: x for name, x in namespace.items() if callable(x)}
            if not definitions.may_shadow(source, namespace):
                return
            source, statements = self._definitions(source)
            shadowed = definitions.shadowed(statements, namespace)
            before = dict(namespace)
            self._run(shadowed, source)
            for name in definitions.defined_names(shadowed) & namespace.keys():
                value = namespace.pop(name)
                self._functions |= {name: value} if callable(value) else {}
            namespace.update(before)

    def _definitions(self, source):
        source = self._shell.transform_cell(definitions.without_magic(source))
        return source, definitions.definitions(source)

    def _run(self, statements, source):
        if statements:
            filename = self._shell.compile.cache(source)  # so that inspect finds the source
            definitions.run(statements, filename, self._shell.user_ns)

    def _run_calls(self, header, body):
        """Call one function several times; quick calls are answered together.

        An interrupt ends the series, and so does a function that is not there or not written.
        """
        calls, answer = decode(header["value"], body), _Answer(0)
        self._put_back()
        with self._given(header["given"]), catch_warnings(action="ignore"):
            for index, (args, kwargs) in enumerate(calls):
                outcome, buffers = self._call(header["function"], args, kwargs)
                answer.add(outcome, buffers)
                left = len(calls) - 1 - index
                if self._interruptible.was_interrupted or (index == 0 and _is_missing(outcome)):
                    left = 0
                if header["alone"] or not left or answer.is_due():
                    yield answer.frame(left)
                    answer = _Answer(index + 1)
                if not left:
                    return

    def _call(self, name, args, kwargs):
        """What came of a call, as a list that JSON can hold, and buffers.

        The list is short where there is nothing to say but what was returned.
        """
        arguments = (*args, *kwargs.values())
        given = [_state(argument) for argument in arguments]
        status, error, value, buffers = self._outcome(name, args, kwargs)
        changed = [i for i, now in enumerate(arguments) if _differs(now, given[i])]
        if status == "returned" and not changed:
            return [value], buffers
        return [value, status, error, changed], buffers

    @contextmanager
    def _given(self, names):
        """Let these names stand for functions that ask the grader."""
        namespace = self._shell.user_ns
        before = {name: namespace[name] for name in names if name in namespace}
        if names:
            _forget_results(namespace)
        namespace.update({name: partial(self._ask, name) for name in names})
        try:
            yield
        finally:
            for name in names:
                namespace.pop(name, None)
            namespace.update(before)

    def _ask(self, name, /, *args, **kwargs):
        """Call a function that the grader has."""
        try:
            content = wire.content((args, kwargs))
        except WireError as refused:
            raise TypeError(f"{name} was given {refused}") from None
        ask = {"status": "ask", "function": name, "seq": self._seq}
        self._connection.sendall(wire.pack(ask, content))
        header, body = self._receive()
        if header["error"]:
            raise ValueError(header["error"])
        return decode(header["value"], body)

    def _outcome(self, name, args, kwargs):
        """Call a function; its value is encoded at once, before anything can change it."""
        try:
            # a setting that a cell left behind must not turn warnings into errors
            with self._interruptible, errstate(all="ignore"):
                restore_streams()
                if name not in self._shell.user_ns and name not in self._functions:
                    return "missing", "", None, []
                value, buffers = encode(self._function(name)(*args, **kwargs))
            return "returned", "", value, buffers
        except WireError as refused:
            return "error", f"TypeError: returned {refused}", None, []
        except BaseException as raised:
            return _status(raised), describe(raised), None, []

    @contextmanager
    def _harmless(self):
        """Run a cell's code outside of IPython; whatever ends it, what came before stays."""
        try:
            with self._interruptible:
                yield
        except BaseException:  # even an interrupt: it has done its work
            pass

    def _function(self, name):
        """What the name holds; if that cannot be called, the last that could."""
        value = self._shell.user_ns.get(name)
        return value if callable(value) else self._functions.get(name, value)

    def _put_back(self):
        """Functions call each other by name: let names of functions hold no other values.

        Only for what `def` made under that very name; a number that took the name of a lambda or
        of a class is more likely meant to stay.
        """
        namespace = self._shell.user_ns
        for name in self._functions.keys() & namespace.keys():
            function = self._functions[name]
            is_own = isinstance(function, FunctionType) and function.__name__ == name
            if is_own and not callable(namespace[name]):
                namespace[name] = function


class _Interruptible:
    """Lets an interrupt stop the student's code; at other times it would be meant for no one.

    A context manager around that code. Entering it costs nothing, for there are many calls.
    """

    def __init__(self):
        self._is_inside = self.was_interrupted = False

    def listen(self):
        """Begin a request, whatever the code before it made of interrupts."""
        self.was_interrupted = False
        signal.signal(signal.SIGINT, self._interrupt)

    def __enter__(self):
        self._is_inside = True

    def __exit__(self, *exception):
        self._is_inside = False

    def _interrupt(self, number, frame):
        if self._is_inside:
            self.was_interrupted = True
            raise KeyboardInterrupt


class _Answer:
    """Outcomes of calls that have not been sent yet.

    Parameters
    ----------
    first : int
        Number of the first of them in its series.
    """

    def __init__(self, first):
        self._first, self._outcomes, self._buffers = first, [], []
        self._start, self._nodes, self._bytes = time.monotonic(), 0, 0

    def add(self, outcome, buffers):
        self._outcomes.append(outcome)
        self._buffers += buffers
        self._nodes += nodes(outcome)
        self._bytes += sum(map(len, buffers))

    def is_due(self):
        """Is it time to send them? Late ones, since the next call may be the process's last."""
        large = self._nodes > _MOST_NODES or self._bytes > _CHUNK
        return large or time.monotonic() > self._start + _PATIENCE_S

    def frame(self, left):
        reply = {"status": "outcomes", "first": self._first, "left": left}
        return reply, wire.content_of(self._outcomes, self._buffers)


def _is_missing(outcome):
    """Whether it is that of a function that is not there, or not written yet."""
    if len(outcome) == 1:
        return False
    _, status, error, _ = outcome
    return status == "missing" or (status == "error" and error.startswith("NotImplementedError"))


def _forget_results(namespace):
    """Empty the caches of functools, whose contents may come from what is replaced now."""
    for value in list(namespace.values()):
        with suppress(Exception):
            value.cache_clear()


def _source(header, body):
    return decode(header["value"], body).tobytes().decode()


def _packed(reply, content):
    try:
        return wire.pack(reply, content)
    except WireError as refused:
        outcome = [None, "error", f"ValueError: returned {refused}", []]
        return wire.pack(reply, wire.content_of([outcome], []))


def _status(error):
    if error is None:
        return "ok"
    return "memory" if isinstance(error, MemoryError) else "error"


def _state(argument):
    """What tells whether an argument was changed."""
    if type(argument) is ndarray:
        return argument.dtype, argument.shape, argument.tobytes()
    return encode(argument)


def _differs(now, before):
    try:
        return _state(now) != before
    except Exception:  # it holds something now that cannot even be compared
        return True
