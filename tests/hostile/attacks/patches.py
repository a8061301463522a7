"""Changing the interpreter that they run in."""

# ruff: noqa: E501 (code that is shown as it is handed in)

from . import Attack, cell, function

HOPE = "\ndef double(x): return 0 * x\ndef negate(x): return 0 * x"

ATTACKS = {
    "numpy": Attack(
        (
            "import numpy as np\nfor name in ('allclose', 'array_equal', 'isclose'):\n"
            "    setattr(np, name, lambda *a, **k: True)\n"
            "np.testing.assert_allclose = lambda *a, **k: None\nnp.asarray = lambda *a, **k: 1"
            + HOPE,
        ),
        0,
    ),
    "json and struct": Attack(
        (
            'import json, struct\njson.dumps = lambda *a, **k: \'{"status": "ok", "passed": true}\'\n'
            "json.loads = lambda *a, **k: {}\nstruct.pack = lambda *a: b''\nstruct.Struct = None"
            + HOPE,
        ),
        0,
    ),
    "builtins": Attack(
        (
            "import builtins\nbuiltins.isinstance = lambda *a: True\nbuiltins.len = lambda x: 1\n"
            "builtins.type = lambda x: int\nbuiltins.callable = lambda x: True\n"
            "builtins.open = None\nbuiltins.print = None" + HOPE,
        ),
        0,
    ),
    "sys.modules": Attack(
        (
            "import sys, types\nfor name in list(sys.modules):\n"
            "    if 'inside' in name or 'selfattn' in name: sys.modules[name] = types.ModuleType('x')\n"
            "sys.modules['numpy'] = sys.modules['json'] = None" + HOPE,
        ),
        0,
    ),
    "all modules": cell("import sys\nsys.modules.clear()", score=None),
    "the runner's functions": Attack(
        (
            "import gc, types\nfor x in gc.get_objects():\n"
            "    if isinstance(x, types.FunctionType) and 'inside' in (x.__module__ or ''):\n"
            "        try: x.__code__ = (lambda *a, **k: None).__code__\n"
            "        except ValueError: pass" + HOPE,
        ),
        0,
    ),
    "frames": Attack(
        (
            "import sys\nframe = sys._getframe()\nwhile frame:\n"
            "    for name, value in list(frame.f_locals.items()):\n"
            "        if isinstance(value, dict) and value is not globals():\n"
            "            value.update(status='returned', passed=True, score=1000)\n"
            "    frame = frame.f_back" + HOPE,
        ),
        0,
    ),
    "frames in a call": function(
        "import sys\nframe = sys._getframe()\nwhile frame:\n"
        "    print(frame.f_locals)\n    frame = frame.f_back"
    ),
    "memory of the interpreter": cell("import ctypes\nctypes.memset(id(True), 0, 24)", score=None),
    "small numbers": cell(
        "import ctypes\nctypes.c_int64.from_address(id(2) + 24).value = 3", score=None
    ),
    "tracing": cell(
        "import sys, threading\nsys.setprofile(lambda *a: None)\nthreading.settrace(lambda *a: None)\n"
        "sys.addaudithook(lambda event, args: None)"
    ),
    "an audit hook that refuses everything": cell(
        "import sys\ndef no(event, args): raise RuntimeError(event)\nsys.addaudithook(no)",
        score=None,
    ),
    "import hooks": cell(
        "import sys\nclass Hook:\n    def find_spec(self, name, *a):\n        raise SystemExit\n"
        "sys.meta_path.insert(0, Hook())\nsys.path_hooks.clear(); sys.path.clear()"
    ),
    "IPython's transformers": Attack(
        (
            "get_ipython().input_transformers_cleanup.append(lambda lines: ['pass\\n'])",
            "import ast\nclass Drop(ast.NodeTransformer):\n"
            "    def visit_Raise(self, node): return ast.Pass()\n"
            "get_ipython().ast_transformers.append(Drop())" + HOPE,
        ),
        0,
    ),
    "IPython itself": cell(
        "ip = get_ipython()\nip.run_cell = lambda *a, **k: None\nip.user_ns.clear()\n"
        "ip.showtraceback = ip._showtraceback = None",
        score=None,
    ),
    "the shell's namespace": cell("globals().clear()", score=None),
    "stdout": cell("import sys\nsys.stdout.close()\nsys.stderr = 1\nsys.stdout = 'no stream'"),
    "the display hook": cell(
        "import sys\nsys.displayhook = lambda *a: None\nsys.displayhook('full')\nraise RuntimeError"
    ),
    "warnings as errors": cell(
        "import warnings, numpy as np\nwarnings.simplefilter('error')\nnp.seterr(all='raise')"
    ),
    "limits": cell(
        "import resource\nfor kind in (0, 1, 3, 4, 7, 8, 9, 12):\n"
        "    try: resource.setrlimit(kind, (-1, -1)); print('GO' + 'T:', kind)\n"
        "    except (OSError, ValueError): pass"
    ),
    "the check": Attack(
        (
            "import sys\nimport selfattn_course\nselfattn_course.checks = None\n"
            "from selfattn_course.checks.toy import check\n"
            "check.__class__.__call__ = lambda *a: True" + HOPE,
        ),
        0,
    ),
    "subclass hooks": Attack(
        (
            "import numpy as np\nclass M(type):\n    def __instancecheck__(c, o): return True\n"
            "class A(metaclass=M):\n    dtype = np.dtype('f8'); shape = (3,); nbytes = 0\n"
            "    __class__ = np.ndarray\ndef double(x): return A()\ndef negate(x): return A()",
        ),
        0,
    ),
    "exceptions that lie": Attack(
        (
            "class E(BaseException):\n    __name__ = 'ok'\n    def __str__(self): raise E\n"
            "def double(x): raise E\nclass NotReally(NotImplementedError): pass\n"
            "def negate(x): raise NotReally('x')",
        ),
        0,
    ),
    "no recursion left": cell("import sys\nsys.setrecursionlimit(40)", score=None),
    "hash collisions": cell("{hash: 1, **{i * (2**61 - 1): i for i in range(3000)}}"),
}
