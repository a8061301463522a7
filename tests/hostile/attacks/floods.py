"""Output without end."""

# ruff: noqa: E501 (code that is shown as it is handed in)

from . import Attack, cell, function

ESCAPES = "print('\\x1b]0;owned\\x07\\x1b[2J\\x1b[31mred\\x00\\x07\\x08 \\u202etxt')"

ATTACKS = {
    "print": cell("while True: print('x' * 1000)"),
    "stderr": cell("import sys\nwhile True: sys.stderr.write('x' * 1000)"),
    "os.write": cell("import os\nwhile True: os.write(1, b'x' * 10**6)"),
    "one line": cell("print('x' * 50_000_000)"),
    "display": cell("for i in range(5000): display(i)"),
    "a long repr": cell("'x' * 10**8"),
    "a long repr of one's own": cell(
        "class R:\n    def __repr__(self): return 'x' * 10**8\n"
        "    def _repr_html_(self): return '<b>' + 'y' * 10**8\n[R()] * 50"
    ),
    "HTML": cell(
        "from IPython.display import HTML\nfor i in range(50): display(HTML('x' * 59_000))"
    ),
    "many cells": Attack(
        (
            *[
                "from IPython.display import HTML\ndisplay(HTML('<td>' * 60_000))\nprint('x' * 30_000)"
            ]
            * 150,
            "def double(x): return 2 * x",
            "def negate(x): return -x",
        )
    ),
    "an exception": cell("raise type('X' * 10**6, (Exception,), {})('y' * 10**7)"),
    "a long traceback": cell("def f(n): f(n + 1) if n < 900 else g" + "x" * 5000 + "\nf(0)"),
    "warnings": cell("import warnings\nwhile True: warnings.warn('x' * 1000, stacklevel=1)"),
    "a program": cell("!yes", "%%bash\nyes"),
    "no text": cell("import os\nos.write(1, bytes(range(256)) * 1000)\n" + ESCAPES),
    "from a thread that goes on": cell(
        "import threading, os\ndef flood():\n    while True: os.write(1, b'x' * 1000)\n"
        "threading.Thread(target=flood, daemon=True).start()",
        score=None,
    ),
    "from a call": function("while True: print('x' * 1000)"),
    "a message of an error": function("raise ValueError('<b>' + 'y' * 10**7)"),
    "into a closed stdout": cell("import os, sys\nos.close(1)\nos.close(2)\nsys.stdout = None"),
    "pictures that are none": cell(
        "from IPython.display import Image, publish_display_data\n"
        "publish_display_data({'image/png': b'\\x89PNG\\r\\n\\x1a\\n' + b'x' * 2_000_000})\n"
        "publish_display_data({'image/png': 'not base64 at all \\u1234'})"
    ),
}
