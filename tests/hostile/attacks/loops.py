"""Code that does not end."""

# ruff: noqa: E501 (code that is shown as it is handed in)

from . import cell, function, hidden

DEAF = """
import signal
for number in range(1, 65):
    try: signal.signal(number, signal.SIG_IGN)
    except (OSError, ValueError): pass
signal.pthread_sigmask(signal.SIG_BLOCK, range(1, 65))
while True:
    try:
        while True: pass
    except BaseException: pass
"""

ATTACKS = {
    "in a cell": cell("while True: pass"),
    "in C": cell("9 ** 9 ** 9"),
    "in a regular expression": cell("import re\nre.match('(a+)+$', 'a' * 50 + 'b')"),
    "asleep": cell("import time\ntime.sleep(999)"),
    "waiting for input": cell("input('? ')", "import sys\nsys.stdin.read()"),
    "deaf to signals": cell(DEAF),
    "in an import": cell("%%writefile slow.py\nwhile True: pass", "import slow"),
    "when an object goes": cell(
        "class D:\n    def __del__(self):\n        while True: pass\nd = D()", "del d"
    ),
    "at the end": cell(
        "import atexit, weakref, time\natexit.register(time.sleep, 999)\n"
        "class D: pass\nd = D()\nweakref.finalize(d, time.sleep, 999)"
    ),
    "in repr": cell("class R:\n    def __repr__(self):\n        while True: pass\nR()"),
    "in finally": cell("def f():\n    try: 1 / 0\n    finally:\n        while True: pass\nf()"),
    "in await": cell("import asyncio\nawait asyncio.sleep(999)"),
    "recursion without bound": cell(
        "import sys\nsys.setrecursionlimit(10**9)\ndef f(): return f() + 1\nf()"
    ),
    "in a thread that goes on": cell(
        "import threading\ndef spin():\n    while True: pass\n"
        "threading.Thread(target=spin, daemon=True).start()",
        score=None,
    ),
    "in a trace function": cell(
        "import sys\ndef trace(*a):\n    while True: pass\nsys.settrace(trace)\nprint(1)",
        score=None,
    ),
    "in a collection": cell(
        "import gc\ndef spin(*a):\n    while True: pass\ngc.callbacks.append(spin)\ngc.collect()",
        score=None,
    ),
    "with a timer that interrupts everything": cell(
        "import signal\ndef ring(*a): raise KeyboardInterrupt\n"
        "signal.signal(signal.SIGALRM, ring)\nsignal.setitimer(signal.ITIMER_REAL, .01, .01)",
        score=None,
    ),
    "in a call": function("while True: pass"),
    "in a call, deaf": function(DEAF),
    "in a hidden call": hidden("import time\ntime.sleep(999)", score=1.5),
    "in __array__": function(
        "return A()", "class A:\n    def __array__(self, *a, **k):\n        while True: pass"
    ),
    "in __float__": function(
        "return F(1)", "class F(float):\n    def __float__(self):\n        while True: pass"
    ),
    "in __int__": function(
        "return I(1)", "class I(int):\n    def __int__(self):\n        while True: pass"
    ),
    "in __str__": function(
        "return S('a')", "class S(str):\n    def __str__(self):\n        while True: pass"
    ),
    "in __iter__": function(
        "return L([1])",
        "class L(list):\n    def __iter__(self):\n        while True: yield 1",
    ),
    "in items": function(
        "return D(a=1)",
        "class D(dict):\n    def items(self):\n        while True: pass",
    ),
    "in an array's own methods": function(
        "return x.view(N)",
        "import numpy as np\nclass N(np.ndarray):\n"
        "    def __array_finalize__(self, other):\n        while other is None: pass\n"
        "    def astype(self, *a, **k):\n        while True: pass\n    tobytes = astype",
    ),
    "in a generator": function("def g():\n    while True: yield 1\nreturn g()"),
    "when the answer is thrown away": function(
        "return D()", "class D:\n    def __del__(self):\n        while True: pass", score=None
    ),
}
