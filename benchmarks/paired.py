"""Paired timing: implementations take turns, each in a process of its own.

A benchmark file has functions `name(case) -> callable`, its implementations. `serve` runs one of
them in a worker process that answers requests on its standard input; `Worker` is the other end.
Turns are short and interleaved, so that a machine that slows down slows all of them down, and
the ratio within a round is what counts. CPU time counts the threads of a process together.
"""

import json
import os
import statistics
import subprocess
import sys
import time
from dataclasses import dataclass

import numpy as np

TURN_SECONDS = 0.2  # repeat a call until a turn takes about so long
ONE_THREAD = {
    name: "1" for name in ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS")
} | {"XLA_FLAGS": "--xla_cpu_multi_thread_eigen=false", "JAX_PLATFORMS": "cpu"}


@dataclass(frozen=True)
class Timing:
    """Medians over the rounds, in seconds per call, and the ratio to the first implementation."""

    cpu_s: float
    wall_s: float
    cpu_ratio: float
    wall_ratio: float


class Worker:
    """One implementation in its own process; it lives as long as the benchmark."""

    def __init__(self, script, implementation):
        self.process = subprocess.Popen(
            [sys.executable, script, "--worker", implementation],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            env=os.environ | ONE_THREAD,
        )

    def ask(self, **request):
        """Send a request and wait for its answer, a dict; None where the case is not for it."""
        self.process.stdin.write(json.dumps(request) + "\n")
        self.process.stdin.flush()
        line = self.process.stdout.readline()
        if not line:
            raise SystemExit("A worker process ended early; its message is above.")
        return json.loads(line)

    def close(self):
        self.process.stdin.close()
        self.process.wait()


def serve(implementation):
    """Worker side: for each request time one turn of `implementation(case)`.

    A large array is made and dropped first, as happens in most programs: from then on the C
    library keeps freed memory, instead of fetching it from the system anew, page by page, at
    every call. Without this, the smallest cases would measure the system.
    """
    np.ones(2**20)
    case, call, repeats = None, None, 1
    for line in sys.stdin:
        request = json.loads(line)
        if request["case"] != case:
            case, call = request["case"], None  # frees the arrays of the case before
            call = implementation(case)
            repeats = _repeats(call) if call else 0
        print(json.dumps(_turn(call, repeats) if call else None), flush=True)


def paired(workers, case, rounds):
    """Timings of all workers on one case, by name; the first is what ratios refer to."""
    turns = {name: [] for name in workers}
    for _ in range(rounds + 1):
        for name, worker in workers.items():
            turns[name].append(worker.ask(case=case))
    turns = {name: all_of[1:] for name, all_of in turns.items() if all_of[0]}  # without warm-up
    base = next(iter(turns.values()))
    return {name: _timing(all_of, base) for name, all_of in turns.items()}


def table(rows):
    """Rows of text, the first one a heading, in columns."""
    widths = [max(len(str(row[column])) for row in rows) for column in range(len(rows[0]))]
    lines = ["  ".join(str(c).rjust(w) for c, w in zip(row, widths, strict=True)) for row in rows]
    return "\n".join(lines)


def _repeats(call):
    call()  # warm-up: compilation, first touch of memory
    start = time.perf_counter()
    call()
    return max(1, round(TURN_SECONDS / max(time.perf_counter() - start, 1e-6)))


def _turn(call, repeats):
    cpu, wall = time.process_time(), time.perf_counter()
    for _ in range(repeats):
        call()
    return {
        "cpu_s": (time.process_time() - cpu) / repeats,
        "wall_s": (time.perf_counter() - wall) / repeats,
    }


def _timing(turns, base):
    def median(key):
        return statistics.median(turn[key] for turn in turns)

    def ratio(key):
        return statistics.median(a[key] / b[key] for a, b in zip(turns, base, strict=True))

    return Timing(median("cpu_s"), median("wall_s"), ratio("cpu_s"), ratio("wall_s"))
