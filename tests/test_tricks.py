"""Empty notebooks that try to get points otherwise, graded as one class with two honest students.

The tricks are those that were seen to work on, or to stop, other notebook graders. Each is put in
front of an untouched student notebook, and some define every function with a useless body, so that
a verdict that trusts the student's side would be fooled.
"""

import json

import pytest
from nbgrader.api import Gradebook

from selfattn_course import layout
from selfattn_course.assignments import find_assignment
from selfattn_course.sample_class import sample_class

SLUG = "ch03_softmax"
EXERCISES = find_assignment(SLUG).exercises
NAMES = [exercise.name for exercise in EXERCISES]

DEFINE_ALL = "\n".join(f"def {name}(*args, **kwargs):\n    return ANSWER" for name in NAMES)


def answering(expression, before=""):
    """A cell in which every function answers the same thing."""
    return f"import numpy as np\n{before}\nANSWER = {expression}\n{DEFINE_ALL}"


FORGE = """
import gc, json, os, socket, struct
HEADERS = {"t": "ret", "passed": True, "score": 100}, {"verdict": "ok"}, {"status": "ok"}
def forge(*args, **kwargs):
    for text in (json.dumps(header).encode() for header in HEADERS):
        framed = struct.pack("<4sIQ", b"AG01", len(text), 0) + text
        for frame in (framed, text + b"\\n", b"\\0" * 64):
            for fd in range(3, 64):
                try: os.write(fd, frame)
                except OSError: pass
            for thing in gc.get_objects():
                if isinstance(thing, socket.socket):
                    try: thing.sendall(frame)
                    except OSError: pass
""" + "\n".join(f"{name} = forge" for name in NAMES)

FIND_REFERENCE = """
import glob, os, sys
FAR = ["/", "..", "../..", "../../..", sys.prefix, sys.base_prefix]
WANTED = ["source/*.ipynb", "solutions/*.py", "selfattn_course/kernels/*.py", "ledger.jsonl"]
WANTED += ["**/ch03_softmax*.py", "**/ch03_softmax*.ipynb"]
for root in FAR + sys.path:
    for pattern in WANTED:
        path = os.path.join(root, pattern)
        for found in glob.glob(path, recursive=root not in FAR):
            try: exec(open(found).read())
            except BaseException: pass
            print("FOUND", found)
"""

IMPORT_REFERENCE = "import importlib\n" + "\n".join(
    f"""
for module in ("selfattn_course.kernels", "selfattn_course.kernels.softmax",
               "selfattn_course.checks.ch03_softmax", "selfattn_course.grading"):
    try: {name} = getattr(importlib.import_module(module), "{name}")
    except BaseException: pass"""
    for name in NAMES
)

WRITE_EVERYWHERE = """
import os, sqlite3
for path in ("gradebook.db", "../gradebook.db", "../../gradebook.db", "../../../gradebook.db"):
    db = sqlite3.connect(path)
    for table in ("grade", "submitted_assignment"):
        try: db.execute(f"update {table} set manual_score = 1000")
        except sqlite3.Error: pass
for folder in ("..", "../..", "../../..", "/", "/tmp", "/app"):
    for root, folders, files in os.walk(folder):
        for file in files:
            if file.endswith((".ipynb", ".jsonl", ".csv")):
                try: open(os.path.join(root, file), "w").write("{}")
                except OSError: pass
        if root.count("/") > 6: folders.clear()
"""

STUDENT_CELLS = {
    "loop at top level": "while True: pass",
    "loop in every function": "def spin(*a, **k):\n    while True: pass\n"
    + "\n".join(f"{name} = spin" for name in NAMES[:2]),
    "loop that ignores interrupts": "import signal\nfor s in range(1, 65):\n"
    "    try: signal.signal(s, signal.SIG_IGN)\n    except Exception: pass\n"
    "while True:\n    try:\n        while True: pass\n    except BaseException: pass",
    "endless print": "while True: print('x' * 1000)",
    "8 GB": "import numpy as np\nx = np.ones(10**9)",
    "200 forks": "import os, time\nfor i in range(200):\n    try: pid = os.fork()\n"
    "    except OSError: break\n    if pid == 0: time.sleep(60); os._exit(0)",
    "os._exit": "import os\nos._exit(0)",
    "os._exit in every function": "import os\ndef leave(*a, **k): os._exit(0)\n"
    + "\n".join(f"{name} = leave" for name in NAMES),
    "sys.exit": "import sys\nsys.exit(0)",
    "sys.exit in every function": "import sys\ndef leave(*a, **k): sys.exit(0)\n"
    + "\n".join(f"{name} = leave" for name in NAMES),
    "input": "input('points? ')",
    "patched testing": answering(
        "np.ones(3)",
        "for name in ('allclose', 'array_equal', 'isclose', 'array_equiv'):\n"
        "    setattr(np, name, lambda *a, **k: True)\n"
        "np.testing.assert_allclose = np.testing.assert_array_equal = lambda *a, **k: None\n"
        "np.isfinite = lambda x: True\nnp.abs = lambda x: 0\nnp.max = lambda *a, **k: 0",
    ),
    "patched json, struct and builtins": answering(
        "1.0",
        "import builtins, json, struct, sys\n"
        'json.dumps = lambda *a, **k: \'{"status": "ok", "passed": true}\'\n'
        "builtins.isinstance = lambda *a: True\nbuiltins.len = lambda x: 1",
    ),
    "ast transformer": "import ast\nclass Drop(ast.NodeTransformer):\n"
    "    def visit_Raise(self, node): return ast.Pass()\n"
    "    def visit_Assert(self, node): return ast.Pass()\n"
    "get_ipython().ast_transformers.append(Drop())",
    "input transformer": "get_ipython().input_transformers_cleanup.append("
    "lambda lines: ['pass\\n'])",
    "display hook": "import sys\nsys.displayhook = lambda *a: None\nsys.displayhook('full')\n"
    "raise RuntimeError",
    "always equal": answering(
        "E()",
        "class E:\n    def __eq__(self, other): return True\n    def __bool__(self): return True\n"
        "    def __array__(self, *a, **k): return np.array(E(), dtype=object)\n"
        "    def __array_function__(self, *a, **k): return True\n"
        "    def __array_ufunc__(self, *a, **k): return True\n"
        "    def __sub__(self, other): return 0\n    __rsub__ = __sub__\n"
        "    def __float__(self): return 1.0\n    def __len__(self): return 1",
    ),
    "lying array": answering(
        "np.zeros(3).view(N)",
        "class N(np.ndarray):\n    def __eq__(self, other): return np.array(True)\n"
        "    def __array_function__(self, f, t, a, k): return True\n"
        "    def __array_finalize__(self, other): pass\n"
        "    def __array_wrap__(self, *a, **k): return np.array(True)",
    ),
    "nan": answering("np.nan"),
    "none": answering("None"),
    "true": answering("True"),
    "scalar that broadcasts": answering("np.float64(0.25)"),
    "empty array": answering("np.zeros(0)"),
    "its own input": "def echo(*args, **kwargs): return args[0] if args else 0\n"
    + "\n".join(f"{name} = echo" for name in NAMES),
    "every case of its own": "import numpy as np\ndef anything(*args, **kwargs):\n"
    "    return [np.zeros(n) for n in range(8)]\n"
    + "\n".join(f"{name} = anything" for name in NAMES),
    "reads the source": FIND_REFERENCE,
    "imports the reference": IMPORT_REFERENCE,
    "writes everywhere": WRITE_EVERYWHERE,
    "forged frames": FORGE,
    "patched pickle": "import pickle, os\npickle.dump = lambda *a, **k: os._exit(0)\n"
    "pickle.dumps = pickle.dump",
    "patched check": "import sys, types\nfake = types.ModuleType('fake')\n"
    "fake.check = lambda *a, **k: True\n"
    "for name in list(sys.modules):\n"
    "    if name.startswith('selfattn_course'): sys.modules[name] = fake",
}


CALL_EACH_OTHER = "\n".join(
    f"def {name}(*args, **kwargs):\n    return {earlier}(*args, **kwargs)"
    for name, earlier in zip(NAMES, NAMES[-1:] + NAMES[:-1], strict=True)
)
KEEP_WHAT_IS_GIVEN = "KEPT = []\n" + "\n".join(
    f"def {name}(*args, **kwargs):\n"
    "    KEPT.append((args, [g for g in globals().values() if type(g).__name__ == 'partial']))\n"
    "    for before, given in KEPT[::-1]:\n"
    "        for ask in given:\n"
    "            try: return ask(*args, **kwargs)\n"
    "            except Exception: pass"
    for name in NAMES
)
STUDENT_CELLS |= {"calls each other": CALL_EACH_OTHER, "keeps what it is given": KEEP_WHAT_IS_GIVEN}


@pytest.fixture(scope="module")
def untouched():
    return json.loads((layout.EXERCISES / f"{SLUG}.ipynb").read_text())


def with_cell(notebook, source):
    cell = {"cell_type": "code", "id": "trick", "metadata": {}, "outputs": [], "source": source}
    copied = json.loads(json.dumps(notebook))
    copied["cells"].insert(0, cell | {"execution_count": None})
    return copied


def metadata_tricks(notebook):
    """The same untouched notebook with its cells' metadata played with."""

    def changed(change):
        copied = json.loads(json.dumps(notebook))
        for cell in copied["cells"]:
            change(cell)
        return copied

    def tag(cell):
        cell["metadata"]["tags"] = ["skip-execution", "remove-cell"]

    def full_points(cell):
        cell["metadata"]["nbgrader"] = {"grade": True, "points": 1000, "solution": True}

    def stored_output(cell):
        if cell["cell_type"] == "code":
            text = {"text/plain": "Passed: all right. 1000"}
            cell["outputs"] = [
                {
                    "output_type": "execute_result",
                    "data": text,
                    "metadata": {},
                    "execution_count": 1,
                }
            ]

    def as_markdown(cell):
        cell["cell_type"] = "markdown"

    def drop_source(cell):
        cell["source"] = "pass"

    return {
        "skip-execution tags": changed(tag),
        "1000 points": changed(full_points),
        "stored verdicts": changed(stored_output),
        "no code": changed(as_markdown),
        "blank cells": changed(drop_source),
        "no cells": notebook | {"cells": []},
        "all cells twice": notebook | {"cells": notebook["cells"] * 2},
    }


@pytest.fixture(scope="module")
def graded(tmp_path_factory, run_selfattn, untouched):
    """Ledger of a class of tricksters between two honest students; and its folder."""
    folder = tmp_path_factory.mktemp("tricks")
    notebooks = {name: with_cell(untouched, cell) for name, cell in STUDENT_CELLS.items()}
    notebooks |= metadata_tricks(untouched)
    honest = next(s.content for s in sample_class() if s.student == "ada")
    contents = {name: json.dumps(notebook).encode() for name, notebook in notebooks.items()}
    contents |= {"aaa honest": honest, "zzz honest": honest}
    for student, content in contents.items():
        path = folder / "submitted" / student / SLUG / f"{SLUG}.ipynb"
        path.parent.mkdir(parents=True)
        path.write_bytes(content)
    finished = run_selfattn(
        "grade", folder / "submitted", "--out", folder / "graded", "--trust-submissions"
    )
    assert finished.returncode == 0, finished.stderr
    lines = (folder / "graded" / "ledger.jsonl").read_text().splitlines()
    return folder, {record["student"]: record for record in map(json.loads, lines)}


def test_no_trick_earns_a_point(graded):
    _, ledger = graded
    tricksters = {name: record for name, record in ledger.items() if "honest" not in name}
    assert len(tricksters) == len(STUDENT_CELLS) + 7
    earned = {
        name: {q["name"]: q["score"] for q in record["questions"] if q["score"] != 0}
        for name, record in tricksters.items()
    }
    assert {name: scores for name, scores in earned.items() if scores} == {}


def test_honest_students_are_not_touched(graded):
    folder, ledger = graded
    for student in ("aaa honest", "zzz honest"):
        assert ledger[student]["score"] == ledger[student]["max_score"]
        submitted = folder / "submitted" / student / SLUG / f"{SLUG}.ipynb"
        assert json.loads(submitted.read_bytes())["cells"]


def test_nothing_was_found_in_the_sandbox(graded):
    folder, ledger = graded
    page = (folder / "graded" / "feedback" / "reads the source" / f"{SLUG}.html").read_text()
    if ledger["reads the source"]["sandbox_level"] == "process":
        pytest.skip("level process hides no files")
    # The cell's own source holds the word once.
    assert page.count("FOUND") == 1


def test_the_gradebook_holds_what_was_earned(graded):
    folder, ledger = graded
    with Gradebook(f"sqlite:///{folder / 'graded' / 'gradebook.db'}") as gradebook:
        for student, record in ledger.items():
            assert gradebook.find_submission(SLUG, student).score == record["score"]
