"""Tiled attention against PyTorch, JAX, naive NumPy, the ONNX reference, and a local floor;
then RNN, GRU and LSTM against PyTorch (recurrent.py).

    python benchmarks/kernels.py [--rounds N] [--longest N] [--json FILE]

Attention: float32, 8 heads, d = 64, forward, causal and backward (of q, k and v). Ratios are to
`floor`: the products (BLAS) and the exponentials (NumPy) that any such kernel on this machine
needs, tile by tile, and nothing else. The floor uses the faster of exp and exp2.
PyTorch, JAX and onnx are left out, with a line that says so, where they are not installed.
"""

import argparse
import importlib.util
import json
import os
import platform
import sys
import tracemalloc
from dataclasses import asdict
from pathlib import Path

import numpy as np
import recurrent
from paired import Worker, paired, serve, table

from selfattn_course.kernels.attention import attention
from selfattn_course.kernels.attention_vjp import attention_vjp
from selfattn_course.kernels.exponential import fast_exponential
from selfattn_course.kernels.masks import causal_mask
from selfattn_course.kernels.tiled import tiled_attention, tiled_attention_trace
from selfattn_course.kernels.tiled_vjp import tiled_attention_vjp
from selfattn_course.kernels.tiles import COLUMNS, block_rows

HEADS, D = 8, 64
SIZES = (128, 256, 512, 1024, 2048, 4096, 8192)
KINDS = ("forward", "causal", "backward", "causal backward")
NEEDS = {"torch": "torch", "jax": "jax", "onnx": "onnx"}
LONGEST = {"naive": 4096, "jax": 4096, "onnx": 2048}  # beyond, n x n scores take gigabytes


def arrays(n):
    rng = np.random.default_rng(n)
    return [rng.normal(size=(HEADS, n, D)).astype(np.float32) for _ in range(4)]


def floor(case):
    """Products and exponentials of the tiles, two products forward and five backward."""
    q, k, v, _ = arrays(case["n"])
    n, causal, backward = case["n"], "causal" in case["kind"], "backward" in case["kind"]
    exponential, _ = fast_exponential(np.dtype(np.float32))
    rows, columns = min(block_rows(n, causal), n), min(COLUMNS, n)
    k_t = np.ascontiguousarray(np.swapaxes(k, -1, -2)) / 8
    scores, products = np.empty((2, rows, columns), np.float32), np.empty((columns + rows, D), "f")

    def call():
        for h in range(HEADS):
            for i in range(0, n, rows):
                for j in range(0, i + rows if causal else n, columns):
                    width = min(columns, i + rows - j) if causal else columns
                    s, t = scores[:, :, :width]
                    np.matmul(q[h, i : i + rows], k_t[h, :, j : j + width], out=s)
                    exponential(s, out=s)
                    np.matmul(s, v[h, j : j + width], out=products[:rows])
                    if backward:
                        np.matmul(q[h, i : i + rows], k_t[h, :, j : j + width], out=t)
                        np.matmul(s.T, q[h, i : i + rows], out=products[:width])
                        np.matmul(t.T, q[h, i : i + rows], out=products[:width])

    return call


def tiled(case, threads=1):
    q, k, v, d_out = arrays(case["n"])
    options = {"causal": "causal" in case["kind"], "threads": threads}
    if "backward" not in case["kind"]:
        return lambda: tiled_attention(q, k, v, **options)
    trace = tiled_attention_trace(q, k, v, **options)
    return lambda: tiled_attention_vjp(q, k, v, d_out, trace, **options)


def tiled_2_threads(case):
    return tiled(case, threads=2)


def naive(case):
    q, k, v, d_out = arrays(case["n"])
    mask = causal_mask(case["n"]) if "causal" in case["kind"] else None
    if "backward" in case["kind"]:
        return lambda: attention_vjp(q, k, v, d_out, mask)
    return lambda: attention(q, k, v, mask)


def torch(case):
    import torch

    torch.set_num_threads(1)
    *qkv, d_out = (torch.from_numpy(x)[None] for x in arrays(case["n"]))
    causal = "causal" in case["kind"]
    attend = torch.nn.functional.scaled_dot_product_attention
    if "backward" not in case["kind"]:

        def call():
            with torch.no_grad():
                attend(*qkv, is_causal=causal)

        return call
    for x in qkv:
        x.requires_grad_()
    out = attend(*qkv, is_causal=causal)
    return lambda: torch.autograd.grad(out, qkv, d_out, retain_graph=True)


def jax(case):
    import jax

    *qkv, d_out = (jax.numpy.asarray(x.transpose(1, 0, 2)[None]) for x in arrays(case["n"]))

    def attend(q, k, v):
        return jax.nn.dot_product_attention(q, k, v, is_causal="causal" in case["kind"])

    if "backward" in case["kind"]:  # JAX has no separate backward pass: forward and backward

        def call(q, k, v):
            return jax.vjp(attend, q, k, v)[1](d_out)

    else:
        call = attend
    compiled = jax.jit(call)
    return lambda: jax.block_until_ready(compiled(*qkv))


def onnx(case):
    if "backward" in case["kind"]:
        return None
    from onnx import TensorProto, helper
    from onnx.reference import ReferenceEvaluator

    node = helper.make_node(
        "Attention", list("qkv"), ["y"], is_causal=int("causal" in case["kind"])
    )
    values = [helper.make_tensor_value_info(x, TensorProto.FLOAT, None) for x in "qkvy"]
    graph = helper.make_graph([node], "attention", values[:3], values[3:])
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 23)])
    session = ReferenceEvaluator(model)
    given = {name: x[None] for name, x in zip("qkv", arrays(case["n"]), strict=False)}
    return lambda: session.run(None, given)


def memory(case):
    """Peak of the tiled kernel's memory, results included, as a multiple of one input array."""
    call, input_bytes = tiled(case), HEADS * case["n"] * D * 4
    call()
    tracemalloc.start()
    before = tracemalloc.get_traced_memory()[0]
    call()
    peak = tracemalloc.get_traced_memory()[1] - before
    tracemalloc.stop()
    return peak / input_bytes


IMPLEMENTATIONS = {f.__name__: f for f in (floor, tiled, tiled_2_threads, torch, jax, naive, onnx)}


def limited(name):
    longest = LONGEST.get(name, max(SIZES))
    return lambda case: IMPLEMENTATIONS[name](case) if case["n"] <= longest else None


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n")[0])
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--longest", type=int, default=max(SIZES), help="largest n")
    parser.add_argument("--json", type=Path, help="write all figures to this file")
    parser.add_argument("--worker", choices=IMPLEMENTATIONS, help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.worker:
        serve(limited(arguments.worker))
        return
    missing = [name for name, module in NEEDS.items() if not importlib.util.find_spec(module)]
    for name in missing:
        print(f"{name} is not installed: left out")
    workers = {name: Worker(__file__, name) for name in IMPLEMENTATIONS if name not in missing}
    results = list(measured(workers, arguments))
    for worker in workers.values():
        worker.close()
    recurrent_results = recurrent.measured(arguments.rounds)
    if arguments.json:
        machine = {
            "processor": platform.processor(),
            "cpus": os.cpu_count(),
            "numpy": np.__version__,
        }
        arguments.json.write_text(
            json.dumps(
                {"machine": machine, "attention": results, "recurrent": recurrent_results}, indent=1
            )
        )


def measured(workers, arguments):
    for kind in KINDS:
        print(f"\n{kind}: CPU ms (and ratio to floor); wall ratio of 2 threads to 1; peak memory")
        rows = [["n", *workers, "tiled / torch", "2 threads wall", "memory / input"]]
        for n in (n for n in SIZES if n <= arguments.longest):
            case = {"kind": kind, "n": n}
            timings = paired(workers, case, arguments.rounds)
            peak = memory(case)
            rows.append([n, *(cell(timings.get(name)) for name in workers), *extra(timings, peak)])
            print(f"  n = {n} done", file=sys.stderr, flush=True)
            yield case | {"memory": peak} | {name: asdict(t) for name, t in timings.items()}
        print(table(rows), flush=True)


def cell(timing):
    return f"{timing.cpu_s * 1e3:.2f} ({timing.cpu_ratio:.2f})" if timing else "-"


def extra(timings, peak):
    ratio = timings["tiled"].cpu_ratio / timings["torch"].cpu_ratio if "torch" in timings else None
    wall = timings["tiled_2_threads"].wall_ratio / timings["tiled"].wall_ratio
    return f"{ratio:.2f}" if ratio else "-", f"{wall:.2f}", f"{peak:.1f}"


if __name__ == "__main__":
    main()
