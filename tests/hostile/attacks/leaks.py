"""Getting hidden inputs out."""

# ruff: noqa: E501 (code that is shown as it is handed in)

from . import DOUBLE, NEGATE, Attack, hidden

STASH = "kept = {}"
FILES = """
import glob, os
for path in glob.glob("*stash*") + glob.glob("/tmp/*stash*") + glob.glob("/dev/shm/*stash*"):
    print("found", open(path).read())
print(os.environ.get("STASH"))
"""

ATTACKS = {
    "printed": hidden("print('hidden', x, repr(x.tolist()))"),
    "written to descriptors": hidden(
        "import os\nfor fd in (0, 1, 2, 3): os.write(fd, repr(x.tolist()).encode())", score=1.5
    ),
    "written to stderr": hidden("import os\nos.write(2, repr(x.tolist()).encode())"),
    "displayed": hidden("display(x.tolist())"),
    "an exception": hidden("raise ValueError(repr(x.tolist()))", score=1.5),
    "the name of an exception": hidden(
        "raise type('Got_' + str(x[0, -1]).replace('.', '_'), (Exception,), {})()", score=1.5
    ),
    "a missing function": hidden("raise NameError(repr(x.tolist()))", score=1.5),
    "not implemented": hidden("raise NotImplementedError(repr(x.tolist()))", score=1.5),
    "a warning": hidden("import warnings\nwarnings.warn(repr(x.tolist()), stacklevel=1)"),
    "logging": hidden("import logging\nlogging.error(repr(x.tolist()))"),
    "time": hidden("import time\ntime.sleep(float(x[0, -1]) / 2e6)"),
    "the exit code": hidden("import os\nos._exit(int(x[0, -1]) % 256)", score=1.5),
    "a signal": hidden("import os\nos.kill(os.getpid(), 1 + int(x[0, -1]) % 30)", score=None),
    "the size of the answer": hidden(
        "import numpy as np\nreturn np.ones(int(x[0, -1]) // 100)", score=1.5
    ),
    "a wrong answer": hidden("return 3 * x", score=1.5),
    "the kind of answer": hidden("return repr(x.tolist())", score=1.5),
    "a changed input": hidden("x[...] = 0", score=1.5),
    "files, and a cell that runs again": Attack(
        (
            FILES,
            "def double(x):\n    import os\n    if x.ndim == 2:\n"
            "        for place in ('.', '/tmp', '/dev/shm'):\n"
            "            try: open(place + '/stash', 'w').write(repr(x.tolist()))\n"
            "            except OSError: pass\n        os.environ['STASH'] = repr(x.tolist())\n"
            "        os._exit(1)\n    return 2 * x",
            NEGATE,
        ),
        1.5,
    ),
    "the outputs of cells": hidden(
        "import gc\nfor r in gc.get_objects():\n"
        "    if type(r).__name__ == 'Recorder':\n"
        "        r.outputs.append({'kind': 'error', 'name': repr(x.tolist()), 'message': '',\n"
        "                          'data': {}})"
    ),
    "the second opinion": Attack(
        (
            STASH,
            "def double(x):\n    if x.ndim == 2: kept['x'] = x.tolist()\n    return 0 * x",
            "def negate(x):\n    if kept or x.ndim == 2: print(kept, x.tolist())\n"
            "    double(x)\n    if x.ndim == 2 and 'again' not in kept:\n"
            "        kept['again'] = x.tolist()\n        raise ValueError(repr(kept))\n"
            "    return -x",
        ),
        None,
    ),
    "remembered for the next call": Attack(
        (
            STASH,
            "def double(x):\n    if x.ndim == 2: kept['x'] = x.tolist()\n    return 2 * x",
            "def negate(x):\n    if kept: raise ValueError(repr(kept))\n    return -x",
        ),
        2.0,
    ),
    "all that was said before": Attack(
        (
            "import sys, atexit\nsaid = []",
            DOUBLE + "\n",
            NEGATE,
            "old = double\ndef double(x):\n    said.append(repr(x.tolist()))\n"
            "    sys.exitfunc = atexit.register(print, said)\n    return old(x)",
        ),
        3.5,
    ),
}
