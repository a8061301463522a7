"""Activation functions, element by element."""

from selfattn_course.kernels.activations import mish, relu, sigmoid, swish
from selfattn_course.kernels.erf import erf
from selfattn_course.kernels.gated import swiglu
from selfattn_course.kernels.gelu import gelu, gelu_tanh


def _gelu(case):
    function = gelu_tanh if case.attributes.get("approximate") == "tanh" else gelu
    return (function(*case.inputs),)


OPERATORS = {
    "Erf": lambda case: (erf(*case.inputs),),
    "Gelu": _gelu,
    "Mish": lambda case: (mish(*case.inputs),),
    "Relu": lambda case: (relu(*case.inputs),),
    "Sigmoid": lambda case: (sigmoid(*case.inputs),),
    "SwiGLU": lambda case: (swiglu(*case.inputs, **case.attributes),),
    "Swish": lambda case: (swish(*case.inputs, **case.attributes),),
}

_NUMPY = "NumPy's own function: nothing of ours to test"
_UNUSED = "an activation that no layer of the course uses"

LEFT_OUT = {
    "Tanh": _NUMPY,
    "Exp": _NUMPY,
    "Hardmax": "a one-hot row at the maximum: np.argmax, no kernel of ours",
    "Softplus": _UNUSED,
    "Softsign": _UNUSED,
    "Elu": _UNUSED,
    "Celu": _UNUSED,
    "Selu": _UNUSED,
    "LeakyRelu": _UNUSED,
    "PRelu": _UNUSED,
    "ThresholdedRelu": _UNUSED,
    "HardSigmoid": _UNUSED,
    "HardSwish": _UNUSED,
    "Einsum": _NUMPY,
    "MatMul": _NUMPY,
    "Gemm": "alpha a^T b^T + beta c: a product of NumPy's; our linear_map has no such options",
    "Dropout": "the course trains without dropout, and a random mask has no one right answer",
}
