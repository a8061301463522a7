"""One call of attention, made through each library in its own words."""

import warnings
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.metadata import version

import numpy as np

from selfattn_course.kernels import attention, causal_mask, grouped_query_attention
from selfattn_course.kernels.tiled import tiled_attention


class NotOffered(Exception):
    """The library has no argument for this."""


@dataclass(frozen=True)
class Call:
    """The arguments of one call of attention; one sentence, without an axis for a batch."""

    q: np.ndarray  # (h, n_q, d)
    k: np.ndarray  # (h_kv, n_k, d)
    v: np.ndarray  # (h_kv, n_k, d_v)
    mask: np.ndarray | None = None  # (n_q, n_k), True = may attend
    bias: np.ndarray | None = None  # (n_q, n_k)
    causal: bool = False
    offset: int | None = None  # position of query 0 among the keys; None leaves it to the library

    @property
    def grid(self):
        return self.q.shape[1], self.k.shape[1]

    @property
    def grouped(self):
        return len(self.q) != len(self.k)

    @property
    def ends_together(self):
        """Whether the offset puts the last query at the last key."""
        return self.offset == self.grid[1] - self.grid[0]


def plain(call):
    mask = call.mask
    if call.causal:
        causal = causal_mask(*call.grid, offset=call.offset or 0)
        mask = causal if mask is None else causal & mask
    function = grouped_query_attention if call.grouped else attention
    return function(call.q, call.k, call.v, mask, bias=call.bias)


def tiled(call):
    if call.grouped:  # query heads that share keys get an axis of their own
        shared = call.q.reshape(len(call.k), -1, *call.q.shape[1:])
        return tiled_attention(shared, call.k[:, None], call.v[:, None]).reshape(
            *call.q.shape[:-1], call.v.shape[-1]
        )
    options = {"bias": call.bias, "causal": call.causal, "offset": call.offset or 0}
    return tiled_attention(call.q, call.k, call.v, call.mask, **options)


def torch_math(call):
    return _torch(call, "MATH")


def torch_flash(call):
    return _torch(call, "FLASH_ATTENTION")


def _torch(call, path):
    import torch
    from torch.nn.attention import SDPBackend, sdpa_kernel
    from torch.nn.attention.bias import causal_lower_right

    q, k, v = (torch.tensor(x[None]) for x in (call.q, call.k, call.v))
    term = call.mask if call.bias is None else call.bias
    mask, is_causal = None if term is None else torch.tensor(term), call.causal
    if call.offset is not None:
        if not call.ends_together:
            raise NotOffered
        mask, is_causal = causal_lower_right(*call.grid), False
    with sdpa_kernel(getattr(SDPBackend, path)):
        out = torch.nn.functional.scaled_dot_product_attention(
            q, k, v, attn_mask=mask, is_causal=is_causal, enable_gqa=call.grouped
        )
    return out[0].numpy()


def jax_function(call):
    import jax

    if call.offset is not None:
        raise NotOffered
    with jax.enable_x64(True):
        q, k, v = (x.swapaxes(0, 1)[None] for x in (call.q, call.k, call.v))
        bias, mask = (None if x is None else x[None, None] for x in (call.bias, call.mask))
        out = jax.nn.dot_product_attention(q, k, v, bias, mask, is_causal=call.causal)
        return np.asarray(out)[0].swapaxes(0, 1)


def onnx_reference(call):
    from onnx import checker, helper
    from onnx.reference import ReferenceEvaluator

    term = call.mask if call.bias is None else call.bias
    feeds = {"q": call.q[None], "k": call.k[None], "v": call.v[None]}
    feeds |= {} if term is None else {"mask": term}
    names = ["q", "k", "v", "" if term is None else "mask"]
    if call.offset is not None:  # the standard derives it from the number of keys in the cache
        if not call.ends_together:
            raise NotOffered
        feeds["lengths"] = np.array([call.grid[1]])
        names += ["", "", "lengths"]
    node = helper.make_node("Attention", names, ["out"], is_causal=int(call.causal))
    inputs = [
        helper.make_tensor_value_info(name, helper.np_dtype_to_tensor_dtype(x.dtype), x.shape)
        for name, x in feeds.items()
    ]
    out_type = inputs[0].type.tensor_type.elem_type
    output = helper.make_tensor_value_info("out", out_type, [None] * 4)
    graph = helper.make_graph([node], "attention", inputs, [output])
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 24)])
    checker.check_model(model, full_check=True)
    return ReferenceEvaluator(model).run(None, feeds)[0][0]


LIBRARIES = {
    "our plain kernel": plain,
    "our tiled kernel": tiled,
    "PyTorch math": torch_math,
    "PyTorch flash": torch_flash,
    "JAX": jax_function,
    "ONNX": onnx_reference,
}
PACKAGES = {  # what to install for each
    "our plain kernel": "numpy",
    "our tiled kernel": "numpy",
    "PyTorch math": "torch",
    "PyTorch flash": "torch",
    "JAX": "jax",
    "ONNX": "onnx",
}


def package_version(package):
    """As 2.13.0, without the build that follows a plus."""
    return version(package).split("+")[0]


@contextmanager
def _silence():
    with warnings.catch_warnings(), np.errstate(all="ignore"):
        warnings.simplefilter("ignore")
        yield


def outcome(library, case):
    """What a library does with a case, in words."""
    call = case.call()
    try:
        with _silence():
            out = LIBRARIES[library](call)
    except NotOffered:
        return "no such argument"
    except ImportError:
        raise  # says nothing about the library
    except Exception as error:  # whatever it is, it is the outcome
        return f"refuses ({type(error).__name__})"
    return case.describe(call, out)
