"""Grade the same class with this project and with stock nbgrader, and compare the time.

    python benchmarks/grading.py [--submissions N] [--varied] [--json FILE]

Both get the same files: nbgrader's own release of chapter 3, with figures, of which two in five are
solved, two have mistakes, and one is untouched. What is the same in two notebooks is judged once;
with --varied each answer is picked by itself, the right ones from five ways to write it, so that
hardly any two notebooks are alike. This project runs `selfattn grade`: sandbox,
verdicts, gradebook, feedback, table and report. nbgrader runs autograde, generate_feedback and
export, with its own execution. Programs are timed from start to end, so imports and the start of
the sandbox count, divided by the number of submissions. The floor is a fork of a process that has
NumPy loaded, with resource limits: what any grader with a process for each submission pays.
"""

import argparse
import csv
import json
import os
import random
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from selfattn_course import layout
from selfattn_course.commands.build import build_nbgrader_tree
from selfattn_course.sample_class import SLUG, sample_class

BIN = Path(sys.executable).parent
ENVIRONMENT = os.environ | {
    "PATH": f"{BIN}{os.pathsep}{os.environ['PATH']}",  # nbgrader calls alembic by its bare name
    "SELFATTN_JUDGE": "off",
    "OPENBLAS_NUM_THREADS": "1",
    "OMP_NUM_THREADS": "1",
}
ACCOUNTS = (  # control groups that count processor time: version 2, version 1
    (Path("/sys/fs/cgroup/cpu.stat"), Path("/sys/fs/cgroup"), "cgroup.procs"),
    (Path("/sys/fs/cgroup/cpuacct/cpuacct.usage"), Path("/sys/fs/cgroup/cpuacct"), "tasks"),
)
FLOOR = """
import os, resource, sys, time, gc
import numpy
gc.freeze()
start = time.perf_counter(), time.process_time()
for _ in range(200):
    pid = os.fork()
    if pid == 0:
        resource.setrlimit(resource.RLIMIT_CPU, (60, 60))
        os._exit(0)
    os.waitpid(pid, 0)
children = resource.getrusage(resource.RUSAGE_CHILDREN)
cpu_s = time.process_time() - start[1] + children.ru_utime + children.ru_stime
print((time.perf_counter() - start[0]) / 200, cpu_s / 200)
"""


@dataclass(frozen=True)
class Cost:
    """Clock time and processor time of a program with all that it started, in seconds."""

    wall_s: float
    cpu_s: float

    def __add__(self, other):
        return Cost(self.wall_s + other.wall_s, self.cpu_s + other.cpu_s)

    def each(self, n):
        """The same for one of n, in milliseconds."""
        return {"wall_ms": 1e3 * self.wall_s / n, "cpu_ms": 1e3 * self.cpu_s / n}


def make_course(course):
    """An nbgrader course with the assignment released; the released notebook."""
    shutil.copytree(build_nbgrader_tree() / "source" / SLUG, course / "source" / SLUG)
    shutil.copy(layout.NBGRADER_CONFIG, course)
    cost([BIN / "nbgrader", "generate_assignment", SLUG], course)
    return json.loads((course / "release" / SLUG / f"{SLUG}.ipynb").read_text())


def write_class(folder, released, n, *, varied=False):
    """Write n submissions: of five, two are solved, two have mistakes, one is untouched."""
    solved, unusual, mistaken, untouched = (
        [_answers(one.content) for one in sample_class() if one.about.startswith(about)]
        for about in ("the solution", "right, but", "mistakes", "untouched")
    )
    for i in range(n):
        right, wrong = solved, [mistaken[i % len(mistaken)]]
        if varied:
            right, wrong = solved + unusual, solved + unusual + mistaken
        path = folder / f"s{i:04d}" / SLUG / f"{SLUG}.ipynb"
        path.parent.mkdir(parents=True)
        group = (right, right, wrong, wrong, untouched)[i % 5]
        path.write_text(_filled(released, group, random.Random(i)))


def _answers(content):
    """Cell id -> source."""
    return {cell["id"]: cell["source"] for cell in json.loads(content)["cells"]}


def _filled(released, group, chance):
    """nbgrader's release with each answer taken from one of a group of notebooks."""
    cells = []
    for cell in released["cells"]:
        marks = cell["metadata"].get("nbgrader", {})
        if marks.get("solution"):
            cell = cell | {"source": chance.choice(group)[marks["grade_id"]]}
        cells.append(cell)
    return json.dumps(released | {"cells": cells})


def cost(command, folder):
    """Run a program and say what it cost; its output is shown if it fails."""
    account = _account()
    start, before = time.perf_counter(), _children_s()
    done = subprocess.run(
        command,
        cwd=folder,
        env=ENVIRONMENT,
        capture_output=True,
        text=True,
        preexec_fn=account and account.enter,
    )
    wall_s = time.perf_counter() - start
    if done.returncode:
        raise SystemExit(f"{' '.join(map(str, command))} failed:\n{done.stdout}{done.stderr}")
    return Cost(wall_s, account.close() if account else _children_s() - before)


class _Account:
    """A control group of its own, which counts also what no parent waits for."""

    def __init__(self, root, tasks):
        self.folder, self.tasks = root / f"selfattn-{os.getpid()}", tasks
        self.folder.mkdir()

    def enter(self):
        (self.folder / self.tasks).write_text("0" if self.tasks == "tasks" else str(os.getpid()))

    def close(self):
        cpu_s = self._cpu_s()
        for _ in range(50):
            try:
                self.folder.rmdir()
                break
            except OSError:  # something is still ending
                time.sleep(0.1)
        return cpu_s

    def _cpu_s(self):
        if self.tasks == "tasks":
            return int((self.folder / "cpuacct.usage").read_text()) / 1e9
        return int((self.folder / "cpu.stat").read_text().split()[1]) / 1e6


def _account():
    for sign, root, tasks in ACCOUNTS:
        if sign.exists() and os.access(root, os.W_OK):
            try:
                return _Account(root, tasks)
            except OSError:
                continue
    return None


def _children_s():
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    return usage.ru_utime + usage.ru_stime


def ours(submitted, folder):
    """Cost of this project's grading, and the scores."""
    command = [BIN / "selfattn", "grade", submitted, "--out", folder / "graded", "--json"]
    spent = cost(command, folder)
    lines = (folder / "graded" / "ledger.jsonl").read_text().splitlines()
    records = [json.loads(line) for line in lines]
    levels = sorted({record["sandbox_level"] for record in records})
    return spent, {r["student"]: r["score"] for r in records}, ", ".join(levels)


def stock_nbgrader(course):
    """Cost of nbgrader's grading, and the scores."""
    steps = (["autograde", SLUG, "--create"], ["generate_feedback", SLUG], ["export"])
    spent = sum((cost([BIN / "nbgrader", *step], course) for step in steps), Cost(0.0, 0.0))
    return spent, _exported(course / "grades.csv")


def _exported(path):
    with open(path, newline="") as file:
        return {row["student_id"]: float(row["score"]) for row in csv.DictReader(file)}


def floor():
    """Cost of a fork with limits."""
    command = [sys.executable, "-c", FLOOR]
    done = subprocess.run(command, env=ENVIRONMENT, capture_output=True, text=True, check=True)
    return Cost(*map(float, done.stdout.split()))


def measure(n, *, varied=False):
    """Everything that is printed, as one dict."""
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        course = folder / "course"
        write_class(course / "submitted", make_course(course), n, varied=varied)
        our_cost, our_scores, level = ours(course / "submitted", folder)
        nbgrader_cost, nbgrader_scores = stock_nbgrader(course)
    return {
        "submissions": n,
        "varied": varied,
        "level": level,
        "cores": len(os.sched_getaffinity(0)),
        "cpu_counted_by": "control group" if _counted() else "rusage: our sandbox is missing",
        "other_scores": sum(nbgrader_scores[name] != our_scores[name] for name in our_scores),
        "selfattn": our_cost.each(n),
        "nbgrader": nbgrader_cost.each(n),
        "fork": floor().each(1),
        "times_faster": {
            "wall": nbgrader_cost.wall_s / our_cost.wall_s,
            "cpu": nbgrader_cost.cpu_s / our_cost.cpu_s,
        },
    }


def _counted():
    account = _account()
    return account is not None and account.close() >= 0


def show(result):
    """Print the table."""
    print(
        f"{result['submissions']} submissions of {SLUG}, sandbox level {result['level']}, "
        f"{result['cores']} cores; CPU counted by {result['cpu_counted_by']}"
    )
    print(f"{'per submission':24}{'wall ms':>10}{'CPU ms':>10}")
    for name, label in (
        ("selfattn", "selfattn grade"),
        ("nbgrader", "stock nbgrader"),
        ("fork", "a fork with limits"),
    ):
        print(f"{label:24}{result[name]['wall_ms']:10.1f}{result[name]['cpu_ms']:10.1f}")
    faster = result["times_faster"]
    print(f"{'times faster':24}{faster['wall']:10.1f}{faster['cpu']:10.1f}")
    print(f"Scores that differ: {result['other_scores']} (nbgrader has no hidden inputs here)")


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--submissions", type=int, default=60, metavar="N")
    parser.add_argument("--varied", action="store_true", help="hardly any two notebooks alike")
    parser.add_argument("--json", type=Path, metavar="FILE")
    options = parser.parse_args()
    result = measure(options.submissions, varied=options.varied)
    show(result)
    if options.json:
        options.json.write_text(json.dumps(result, indent=1) + "\n")


if __name__ == "__main__":
    main()
