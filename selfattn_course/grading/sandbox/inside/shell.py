"""IPython in this process: cells run as in a kernel, without the cost of starting one."""

import base64
import gc
import io
import os
import re
import subprocess
import sys

import numpy as np
from IPython.core.async_helpers import get_asyncio_loop
from IPython.core.displayhook import DisplayHook
from IPython.core.displaypub import DisplayPublisher
from IPython.core.interactiveshell import InteractiveShell
from IPython.utils.text import LSString, SList
from traitlets.config import Config

from . import figures, tracebacks

TEXTS = ("text/html", "text/latex", "text/markdown", "text/plain")
_PNG_MAGIC = b"\x89PNG"
MOST_OUTPUTS = 50
MOST_BYTES = 3 << 20
_NAME_LENGTH, _MESSAGE_LENGTH, _TRACEBACK_LENGTH = 200, 2000, 20_000

_SPECIAL = re.compile(r"[%!?]|^\s*[,;/]")  # what all of IPython's own syntax has in it
_WARM_UP = (
    "%matplotlib inline",
    "import numpy as np; import matplotlib.pyplot as plt",
    # numbers at a logarithmic axis are formulas, slow to set and remembered once they are
    "plt.semilogx([1e-2, 1e2], [-1, 1], label='a'); plt.legend(); plt.title('$a_1$'); plt.show()",
    "def f(x):\n    return np.ones(x) / 3\nf(2)",
    "np.random.seed(0); np.random.default_rng(0).normal(size=2)",
    "%timeit -n1 -r1 1",
    "!true",
    "import asyncio; await asyncio.sleep(0)",
    "def g():\n    raise ValueError('a')\ng()",
    "def h(:",
)


class Recorder:
    """Rich outputs of the cell that is running, up to a number and a size."""

    def __init__(self):
        self.clear()

    def clear(self):
        """Forget all outputs, for the next cell or because the cell asked for it."""
        self.outputs = []
        self._bytes = 0

    def add(self, kind, data):
        """Keep an output: for each known MIME type in data its contents as bytes."""
        contents = {key: _as_bytes(data[key]) for key in TEXTS if key in data}
        if "image/png" in data:
            contents["image/png"] = _image_as_bytes(data["image/png"])
        self._keep({"kind": kind, "data": contents}, sum(c.size for c in contents.values()))

    def add_error(self, error_type, error, lines):
        """Keep an exception and its traceback."""
        traceback = _as_bytes("\n".join(map(str, lines))[-_TRACEBACK_LENGTH:])
        error = {"kind": "error", "name": _name(error_type), "message": _message(error)}
        self._keep(error | {"data": {"traceback": traceback}}, traceback.size)

    def _keep(self, output, size):
        if len(self.outputs) < MOST_OUTPUTS and self._bytes + size <= MOST_BYTES:
            self.outputs.append(output)
            self._bytes += size


def describe(error):
    """Type and message of an exception, as "ValueError: shapes differ", within bounds."""
    message = _message(error)
    return f"{_name(type(error))}: {message}" if message else _name(type(error))


def _name(error_type):
    return str(getattr(error_type, "__name__", "exception"))[:_NAME_LENGTH]


def _message(error):
    try:
        return str(error)[:_MESSAGE_LENGTH]
    except Exception:  # a message is the student's code
        return ""


def _as_bytes(content):
    raw = content if isinstance(content, bytes) else str(content).encode("utf-8", "replace")
    return np.frombuffer(raw, np.uint8)


def _image_as_bytes(content):
    """Figures come in base64, images made by hand as they are."""
    raw = _as_bytes(content).tobytes()
    return _as_bytes(raw if raw.startswith(_PNG_MAGIC) else base64.b64decode(raw))


def make_shell(recorder):
    """An InteractiveShell that reports to a Recorder and has run a bit of everything once."""

    class Publisher(DisplayPublisher):
        def publish(self, data, metadata=None, *, update=False, **rest):
            if not update:
                recorder.add("display_data", data)

        def clear_output(self, wait=False):
            recorder.clear()

    class Hook(DisplayHook):
        def __call__(self, result=None):
            self.check_for_underscore()
            if result is None or self.quiet():
                return
            data, _ = self.compute_format_data(result)
            self.update_user_ns(result)
            if data:  # nothing of what shows itself
                recorder.add("execute_result", data)

    class Shell(InteractiveShell):
        system = InteractiveShell.system_raw  # the other one wants a terminal

        def getoutput(self, cmd, split=True, depth=0):
            command = self.var_expand(cmd, depth=depth + 1)
            done = subprocess.run(command, shell=True, stdout=subprocess.PIPE, text=True)
            return SList(done.stdout.splitlines()) if split else LSString(done.stdout)

        def enable_gui(self, gui=None):
            pass

        def ask_exit(self):
            raise SystemExit

        def should_run_async(self, raw_cell, **rest):
            waits = "await" in raw_cell or "async" in raw_cell
            return waits and super().should_run_async(raw_cell, **rest)  # which compiles the cell

        def _showtraceback(self, etype, evalue, stb):
            recorder.add_error(etype, evalue, stb)

        def _format_exception_for_storage(self, *arguments, **options):
            return {}  # nobody reads it, and it takes as long as showing the traceback

    Shell.display_pub_class.default_value = Publisher
    Shell.displayhook_class.default_value = Hook
    config = Config()
    config.HistoryManager.enabled = False
    config.InteractiveShell.colors = "nocolor"
    shell = Shell.instance(config=config)
    shell.InteractiveTB.get_records = tracebacks.records
    _spare_plain_cells(shell.input_transformer_manager)
    _warm_up(shell)
    recorder.clear()
    return shell


def _spare_plain_cells(transformers):
    """Cut no cell into tokens that cannot hold anything but Python."""
    transform, known = transformers.do_token_transforms, list(transformers.token_transformers)

    def transformed(lines):
        plain = transformers.token_transformers == known and not any(map(_SPECIAL.search, lines))
        return lines if plain else transform(lines)

    transformers.do_token_transforms = transformed


def restore_streams():
    """Open sys.stdout and sys.stderr anew where a cell closed them or put something else there.

    IPython flushes both after each cell; one that cannot be flushed would fail all later cells.
    """
    for descriptor, name in ((1, "stdout"), (2, "stderr")):
        try:
            getattr(sys, name).flush()
        except Exception:  # None, closed, detached or no stream at all
            setattr(sys, name, open_stream(descriptor))


def open_stream(descriptor):
    """Unbuffered, so that a process that is killed has shown all that it printed."""
    try:
        raw = io.FileIO(descriptor, "w", closefd=False)
    except OSError:  # a cell closed it
        raw = io.FileIO(os.devnull, "w")
    return io.TextIOWrapper(raw, "utf-8", "backslashreplace", write_through=True)


def _warm_up(shell):
    figures.save_work()
    with shell.builtin_trap, shell.display_trap:
        for source in _WARM_UP:
            shell.run_cell(source, store_history=True)
    get_asyncio_loop().close()  # a loop must not be shared with the processes forked from here
    gc.freeze()  # a reset collects garbage, and would look for it in all that is loaded
    shell.reset(new_session=True)
    shell.execution_count = 1
