"""The hidden inputs of the course's own exercises reach nobody, through the command line."""

import json
import re

import numpy as np
import pytest

from selfattn_course.assignments import find_assignment
from selfattn_course.grading.course_key import hidden_seed
from selfattn_course.grading.judge import HIDDEN
from selfattn_course.sample_class import sample_class

SLUG = "ch03_softmax"
KEY = "a key of the course"
NAMES = [exercise.name for exercise in find_assignment(SLUG).exercises]
VISIBLE = {e.name: len(e.visible_cases()) for e in find_assignment(SLUG).exercises}
TELL = f"""
import builtins, functools, os, sys, warnings
import numpy as np
np.set_printoptions(threshold=10**6, precision=17)
SEEN = []
VISIBLE = {VISIBLE}
def tell(name, args, kwargs):
    SEEN.append((name, args, kwargs))
    text = repr([getattr(a, "tolist", lambda: a)() for a in (*args, *kwargs.values())])
    print(text); print(text, file=sys.stderr); display(text); warnings.warn(text, stacklevel=1)
    for fd in (1, 2): os.write(fd, text.encode())
    for place in (".", "/tmp", "/dev/shm"):
        try: open(place + "/stash", "a").write(text)
        except OSError: pass
    return text
def telling(name, function):
    def told(*args, **kwargs):
        text = tell(name, args, kwargs)
        if BREAKS and sum(seen is name for seen, *_ in SEEN) > VISIBLE[name]:
            raise type("Got", (Exception,), {{}})(text)
        return function(*args, **kwargs)
    return told
for name in {NAMES!r}:
    globals()[name] = telling(name, globals()[name])
print("wrapped")
"""
READ_BACK = (
    "import glob\nprint([open(f).read() for f in glob.glob('*stash') + glob.glob('/tmp/*stash')])"
)


def hidden_numbers(student):
    """Digits of the numbers in the hidden inputs, as any way to print them would show them."""
    found = set()
    for exercise in find_assignment(SLUG).exercises:
        rng = np.random.default_rng(hidden_seed(KEY.encode(), student, SLUG, exercise.name))
        shown = {s for case in exercise.visible_cases() for s in digits(case)}
        found |= {s for case in exercise.hidden_cases(rng) for s in digits(case)} - shown
    return found


def digits(case):
    for value in (*case.args, *case.kwargs.values()):
        for number in np.ravel(np.asarray(value, dtype=object)):
            text = re.sub(r"\D", "", repr(float(number))) if isinstance(number, float) else ""
            if len(text) >= 12:
                yield text.lstrip("0")[:10]


def code_cell(source):
    return {"cell_type": "code", "source": source, "metadata": {}, "outputs": []}


@pytest.fixture(scope="module")
def graded(tmp_path_factory, run_selfattn):
    folder = tmp_path_factory.mktemp("telling")
    honest = json.loads(next(s.content for s in sample_class() if s.student == "ada"))
    before = [code_cell(READ_BACK)]
    students = {"aaa": [], "zzz": []}
    students["tells"] = [code_cell(f"BREAKS = False\n{TELL}"), *before]
    students["tells_and_breaks"] = [code_cell(f"BREAKS = True\n{TELL}"), *before]
    for student, after in students.items():
        cells = [*(before if after else []), *honest["cells"], *after]
        path = folder / "submitted" / student / SLUG / f"{SLUG}.ipynb"
        path.parent.mkdir(parents=True)
        path.write_text(json.dumps(honest | {"cells": cells}))
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SELFATTN_COURSE_KEY", KEY)
        options = ("--out", folder / "out", "--trust-submissions")
        return folder / "out", run_selfattn("grade", folder / "submitted", *options)


def test_the_run_is_like_any_other(graded):
    out, finished = graded
    assert finished.returncode == 0, finished.stderr
    ledger = map(json.loads, (out / "ledger.jsonl").read_text().splitlines())
    scores = {r["student"]: r["score"] / r["max_score"] for r in ledger}
    assert scores["aaa"] == scores["zzz"] == scores["tells"] == 1
    assert scores["tells_and_breaks"] == 0


def test_one_that_breaks_on_hidden_inputs_is_told_so_in_the_same_words_always(graded):
    ledger = map(json.loads, (graded[0] / "ledger.jsonl").read_text().splitlines())
    (questions,) = (r["questions"] for r in ledger if r["student"] == "tells_and_breaks")
    said = {(q["status"], q["message"]) for q in questions if q["status"] == "wrong"}
    assert said == {("wrong", HIDDEN)}


@pytest.mark.parametrize("student", ["tells", "tells_and_breaks"])
def test_no_hidden_number_is_anywhere(graded, student):
    out, finished = graded
    numbers = hidden_numbers(student)
    assert len(numbers) > 200
    told = re.compile("|".join(sorted(numbers)))
    for path in out.rglob("*"):
        if path.is_file():
            text = path.read_bytes().decode("utf-8", "replace").replace(".", "")
            assert not told.search(text), path
    assert not told.search((finished.stdout + finished.stderr).replace(".", ""))
    page = (out / "feedback" / student / f"{SLUG}.html").read_text()
    assert "wrapped" in page
    assert "cpu" not in page.lower().replace("cpu_count", "")
