"""The last process of the sandbox: runs a notebook's cells, then calls its functions.

It answers one request at a time. Nothing it says is trusted: it is the process that a student's
code can change at will.
"""

import os
import signal

from . import definitions, wire
from .shell import describe

_CHUNK = 1 << 20


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
        self._failed = []
        self._working = False

    def serve(self):
        """Answer requests until the grader closes the connection."""
        answers = {"cell": self._run_cell, "define": self._define_cell, "call": self._call}
        while (request := self._receive()) is not None:
            header, body = request
            signal.signal(signal.SIGINT, self._interrupt)
            reply, buffers = answers[header["op"]](header, body)
            if os.getpid() != self._pid:  # a copy that the student's code forked and forgot
                os._exit(0)
            self._connection.sendall(_packed(reply, buffers, header["seq"]))

    def _receive(self):
        reader = wire.FrameReader()
        while True:
            piece = self._connection.recv(min(reader.missing, _CHUNK))
            if not piece:
                return None
            request = reader.feed(piece)
            if request is not None:
                return request

    def _interrupt(self, number, frame):
        if self._working:  # otherwise it came too late for the request that it was meant for
            raise KeyboardInterrupt

    def _run_cell(self, header, body):
        self._recorder.clear()
        self._working = True
        try:
            with self._shell.display_trap:
                result = self._shell.run_cell(header["source"], store_history=True)
            error = result.error_before_exec or result.error_in_exec
        except BaseException as raised:  # IPython itself, changed or not, gave up
            error = raised
            self._recorder.add_error(type(raised), raised, [])
        self._working = False
        if error is not None:
            self._failed.append(header["source"])
        value, buffers = wire.encode(self._recorder.outputs)
        return {"status": _status(error), "value": value}, buffers

    def _define_cell(self, header, body):
        self._working = True
        try:
            self._define(header["source"])
        except BaseException:  # the definitions that did not raise are there
            pass
        self._working = False
        return {"status": "ok", "value": None}, []

    def _define(self, source, only_for=None):
        """Run the definitions of a cell, or nothing when `only_for` is not among them."""
        source = self._shell.transform_cell(source)
        statements = definitions.definitions(source)
        if only_for is not None and only_for not in definitions.defined_names(statements):
            return
        filename = self._shell.compile.cache(source)  # so that inspect finds the source
        definitions.run(statements, filename, self._shell.user_ns)

    def _call(self, header, body):
        args, kwargs = wire.decode(header["value"], body)
        arguments = (*args, *kwargs.values())
        given = [wire.encode(argument) for argument in arguments]
        self._working = True
        reply, buffers = self._outcome(header["function"], args, kwargs)
        self._working = False
        reply["changed"] = [i for i, now in enumerate(arguments) if _differs(now, given[i])]
        return reply, buffers

    def _outcome(self, name, args, kwargs):
        """Call a function; its value is encoded at once, before anything can change it."""
        try:
            if not self._look_for(name):
                return {"status": "missing", "error": "", "value": None}, []
            value, buffers = wire.encode(self._shell.user_ns[name](*args, **kwargs))
            return {"status": "returned", "error": "", "value": value}, buffers
        except wire.WireError as refused:
            return {"status": "error", "error": f"TypeError: returned {refused}", "value": None}, []
        except BaseException as raised:
            return {"status": _status(raised), "error": describe(raised), "value": None}, []

    def _look_for(self, name):
        """Is the name defined, at the latest by a cell that raised before it came to it?"""
        for source in reversed(self._failed):
            if name in self._shell.user_ns:
                break
            self._define(source, only_for=name)
        return name in self._shell.user_ns


def _packed(reply, buffers, seq):
    try:
        return wire.pack(reply | {"seq": seq}, buffers)
    except wire.WireError as refused:
        error = f"ValueError: returned {refused}"
        return wire.pack({"status": "error", "error": error, "value": None, "seq": seq})


def _status(error):
    if error is None:
        return "ok"
    return "memory" if isinstance(error, MemoryError) else "error"


def _differs(now, given):
    try:
        return wire.encode(now) != given
    except Exception:  # it holds something now that cannot even be compared
        return True
