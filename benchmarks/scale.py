"""What a submission costs in a large class, and what the grader's memory does meanwhile.

    python benchmarks/scale.py [--submissions 3000] [--jobs 2] [--notebook FILE]

Grades copies of a small notebook, each under another name, with the command line as instructors
run it. Half-way it is killed, and started again; at the end it is run once more with nothing to
do. Prints for each third of the class the time and the processor time of a submission, and the
memory of the grader by itself, without the sandboxes.
"""

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

SLUG = "ch03_softmax"
ANSWER = "import numpy as np\n\ndef softmax(x):\n    e = np.exp(x - x.max(-1, keepdims=True))\n"
COMMAND = [sys.executable, "-c", "from selfattn_course.cli import main; main()"]
ENVIRONMENT = os.environ | {"OPENBLAS_NUM_THREADS": "1", "PYTHONUNBUFFERED": "1"}


class Grader:
    """One run of `selfattn grade`, watched: when each submission was done, and the memory then."""

    def __init__(self, submitted, out, jobs):
        arguments = ["grade", submitted, "--out", out, "--jobs", jobs, "--trust-submissions"]
        self.start = time.monotonic()
        self.process = subprocess.Popen(
            [*COMMAND, *map(str, arguments)],
            env=ENVIRONMENT,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            text=True,
        )
        self.done = []  # (seconds, bytes resident, seconds of processor) after each submission
        self._reader = threading.Thread(target=self._read)
        self._reader.start()

    def _read(self):
        for line in self.process.stderr:
            if line.startswith("["):
                self.done.append((time.monotonic() - self.start, *usage(self.process.pid)))
            else:
                print(line, end="", file=sys.stderr)

    def wait(self):
        """Let it end; returns the seconds that took, its most memory, and the exit code."""
        _, status, used = os.wait4(self.process.pid, 0)
        self.process.returncode = os.waitstatus_to_exitcode(status)
        self._reader.join()
        return time.monotonic() - self.start, used.ru_maxrss * 1024, self.process.returncode

    def kill_after(self, number):
        """Kill it once so many are done; returns how many that were in the end."""
        while len(self.done) < number and self.process.poll() is None:
            time.sleep(0.05)
        self.process.kill()
        self.process.wait()
        self._reader.join()
        return len(self.done)


def usage(pid):
    """Resident bytes and processor seconds of one process, without those below it."""
    try:
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return 0, 0.0
    ticks = os.sysconf("SC_CLK_TCK")
    return int(fields[21]) * os.sysconf("SC_PAGE_SIZE"), (int(fields[11]) + int(fields[12])) / ticks


def hand_in(folder, number, notebook):
    """Copies of a notebook that differ in one comment, so that each is another file."""
    data = json.loads(notebook.read_bytes())
    for i in range(number):
        path = folder / f"student{i:05d}" / SLUG / f"{SLUG}.ipynb"
        path.parent.mkdir(parents=True)
        data["metadata"]["copy"] = i
        path.write_text(json.dumps(data))


def small_notebook(path):
    """A notebook that answers one question."""
    cell = {"cell_type": "code", "id": "a", "metadata": {}, "outputs": [], "execution_count": None}
    source = ANSWER + "    return e / e.sum(-1, keepdims=True)"
    notebook = {"cells": [cell | {"source": source}], "metadata": {}}
    path.write_text(json.dumps(notebook | {"nbformat": 4, "nbformat_minor": 5}))
    return path


def thirds(done):
    """Rows of the table: what the first, second and last third cost each."""
    size = len(done) // 3
    for i, name in enumerate(("first third", "second third", "last third")):
        part = done[i * size : (i + 1) * size]
        wall = (part[-1][0] - part[0][0]) / (len(part) - 1)
        cpu = (part[-1][2] - part[0][2]) / (len(part) - 1)
        memory = statistics.median(row[1] for row in part)
        yield name, f"{wall * 1e3:.1f}", f"{cpu * 1e3:.1f}", f"{memory / 2**20:.0f}"


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--submissions", type=int, default=3000)
    parser.add_argument("--jobs", type=int, default=len(os.sched_getaffinity(0)))
    parser.add_argument("--notebook", type=Path, help="To copy; a small one if not given.")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        scratch = Path(scratch)
        notebook = options.notebook or small_notebook(scratch / "small.ipynb")
        hand_in(scratch / "submitted", options.submissions, notebook)
        run(scratch / "submitted", scratch / "out", options)


def run(submitted, out, options):
    number, jobs = options.submissions, options.jobs
    first = Grader(submitted, out, jobs)
    kept = first.kill_after(number // 2)
    print(f"killed after {kept} of {number}: {first.done[-1][0]:.0f} s")
    second = Grader(submitted, out, jobs)
    seconds, most, code = second.wait()
    skipped, end = second.done[kept - 1][0], second.done[-1][0]
    print(f"started again: {kept} passed over by {skipped:.1f} s, all graded by {end:.0f} s")
    print(f"gradebook, table and report: {seconds - end:.1f} s; exit code {code}")
    print(f"most memory of the grader: {most >> 20} MiB\n")
    print(f"{'':20}{'ms each':>12}{'CPU ms of the grader':>24}{'resident MiB':>16}")
    for run_name, done in (("1st run", first.done), ("2nd run", second.done[kept:])):
        for name, wall, cpu, memory in thirds(done):
            print(f"{run_name}, {name:11}{wall:>12}{cpu:>24}{memory:>16}")
    third = Grader(submitted, out, jobs)
    seconds, most, code = third.wait()
    print(f"\nnothing to do: {seconds:.1f} s, most memory {most >> 20} MiB, exit code {code}")
    lines = (out / "ledger.jsonl").read_bytes().splitlines()
    students = {json.loads(line)["student"] for line in lines}
    print(f"ledger: {len(lines)} lines, {len(students)} students")


if __name__ == "__main__":
    main()
