"""The node cases of the ONNX standard: inputs, attributes, and what must come out."""

import warnings
from dataclasses import dataclass
from functools import cache

import numpy as np

REQUIRED = {  # the operators that the course's kernels cover, and how many cases each has
    "Attention": 93,
    "LinearAttention": 14,
    "RotaryEmbedding": 8,
    "RNN": 6,
    "GRU": 6,
    "LSTM": 6,
    "Softmax": 7,
    "LogSoftmax": 7,
    "LayerNormalization": 19,
    "RMSNormalization": 19,
    "Gelu": 4,
    "Swish": 1,
}


@dataclass(frozen=True)
class NodeCase:
    """One call of one operator: `inputs` by position (None where left out), `outputs` by name."""

    name: str
    operator: str
    opset: int
    attributes: dict
    inputs: tuple
    outputs: tuple  # None where the case does not ask for that output
    rtol: float
    atol: float

    def check(self, *outputs):
        """Compare what came out with what the standard says; shapes and dtypes included."""
        for index, expected in enumerate(self.outputs):
            if expected is None:
                continue
            got = np.asarray(outputs[index])
            assert got.dtype == expected.dtype, (got.dtype, expected.dtype)
            assert got.shape == expected.shape, (got.shape, expected.shape)
            np.testing.assert_allclose(
                got.astype(np.float64),
                expected.astype(np.float64),
                rtol=self.rtol,
                atol=self.atol,
                err_msg=f"{self.name}, output {index}",
            )


def node_cases(operator):
    """All single-node cases of an operator, in the order of the standard."""
    return [case for case in _all_cases() if case.operator == operator]


@cache
def _all_cases():
    from onnx.backend.test.loader import load_model_tests

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # overflow that its generators provoke on purpose
        tests = load_model_tests(kind="node")
    single = [test for test in tests if len(test.model.graph.node) == 1]
    return [_node_case(test, *data) for test in single for data in test.data_sets]


def _node_case(test, inputs, outputs):
    from onnx.helper import get_attribute_value

    graph = test.model.graph
    node = graph.node[0]
    values = {a.name: get_attribute_value(a) for a in node.attribute}
    given = dict(zip((i.name for i in graph.input), inputs, strict=True))
    expected = dict(zip((o.name for o in graph.output), outputs, strict=True))
    return NodeCase(
        name=test.name,
        operator=node.op_type,
        opset=max(o.version for o in test.model.opset_import),
        attributes={k: v.decode() if isinstance(v, bytes) else v for k, v in values.items()},
        inputs=tuple(given.get(name) if name else None for name in node.input),
        outputs=tuple(expected.get(name) if name else None for name in node.output),
        rtol=test.rtol,
        atol=test.atol,
    )
