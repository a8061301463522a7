"""RNN, GRU and LSTM against PyTorch: forward and backward pass, float32, one thread.

    python benchmarks/recurrent.py [--rounds N] [--json FILE]

Without PyTorch, a line says so and only our own times are printed.
"""

import argparse
import importlib.util
import json
from dataclasses import asdict
from importlib import import_module
from pathlib import Path

import numpy as np
from paired import Worker, paired, serve, table

LAYERS = {"RNN": 1, "GRU": 3, "LSTM": 4}  # and their gates
SIZES = [  # batch, n, d_in = d_h
    (1, 128, 64),
    (8, 128, 64),
    (32, 64, 64),
    (32, 256, 64),
    (32, 64, 128),
    (32, 256, 128),
]


def ours(case):
    layer, n_gates, d = case["layer"], LAYERS[case["layer"]], case["d"]
    module = import_module(f"selfattn_course.kernels.{layer.lower()}")
    trace, vjp = (getattr(module, f"{layer.lower()}_{name}") for name in ("trace", "vjp"))
    rng = np.random.default_rng(0)
    shapes = [(d, n_gates * d)] * 2 + [(n_gates * d,)] * (2 if layer == "GRU" else 1)
    weights = [rng.normal(scale=0.1, size=shape).astype(np.float32) for shape in shapes]
    weights = getattr(module, f"{layer}Weights")(*weights)
    x, d_out = rng.normal(size=(2, case["batch"], case["n"], d)).astype(np.float32)
    return lambda: vjp(trace(x, weights), d_out)


def torch(case):
    import torch

    torch.set_num_threads(1)
    module = getattr(torch.nn, case["layer"])(case["d"], case["d"], batch_first=True)
    x = torch.randn(case["batch"], case["n"], case["d"], requires_grad=True)
    d_out = torch.randn(case["batch"], case["n"], case["d"])
    inputs = [x, *module.parameters()]
    return lambda: torch.autograd.grad(module(x)[0], inputs, d_out)


IMPLEMENTATIONS = {"torch": torch, "ours": ours}


def measured(rounds):
    """Prints a table, and returns its figures."""
    names = [name for name in IMPLEMENTATIONS if name == "ours" or importlib.util.find_spec(name)]
    if "torch" not in names:
        print("torch is not installed: left out")
    workers = {name: Worker(__file__, name) for name in names}
    results = []
    print("\nRNN, GRU, LSTM, forward and backward: CPU ms, and the ratio of CPU times")
    rows = [["layer", "batch", "n", "d", *names, "ours / torch"]]
    for layer in LAYERS:
        for size in SIZES:
            case = {"layer": layer} | dict(zip(("batch", "n", "d"), size, strict=True))
            timings = paired(workers, case, rounds)
            ratio = f"{timings['ours'].cpu_ratio:.2f}" if "torch" in names else "-"
            rows.append([layer, *size, *(f"{t.cpu_s * 1e3:.2f}" for t in timings.values()), ratio])
            results.append(case | {name: asdict(t) for name, t in timings.items()})
    print(table(rows), flush=True)
    for worker in workers.values():
        worker.close()
    return results


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--json", type=Path, help="write all figures to this file")
    parser.add_argument("--worker", choices=IMPLEMENTATIONS, help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.worker:
        serve(IMPLEMENTATIONS[arguments.worker])
        return
    results = measured(arguments.rounds)
    if arguments.json:
        arguments.json.write_text(json.dumps(results, indent=1))


if __name__ == "__main__":
    main()
