"""Every kernel against the node cases of the ONNX standard, through the adapters beside it.

Each module in `adapters/` has OPERATORS (operator name -> function that takes a case and returns
its outputs) and may have LEFT_OUT (operator or case name -> why our kernels do not cover it).
"""

import importlib
from pathlib import Path

import pytest

from tests.conformance.cases import REQUIRED, node_cases

ADAPTERS = [
    importlib.import_module(f"tests.conformance.adapters.{path.stem}")
    for path in sorted(Path(__file__).with_name("adapters").glob("*.py"))
]
OPERATORS = {name: run for adapter in ADAPTERS for name, run in adapter.OPERATORS.items()}
LEFT_OUT = {k: why for a in ADAPTERS for k, why in getattr(a, "LEFT_OUT", {}).items()}
CASES = [
    case
    for operator in sorted(OPERATORS)
    for case in node_cases(operator)
    if case.name not in LEFT_OUT
]


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.operator}-{case.name}")
def test_case_of_the_standard(case):
    before = [None if x is None else x.copy() for x in case.inputs]
    case.check(*OPERATORS[case.operator](case))
    for given, old in zip(case.inputs, before, strict=True):
        assert given is old or given.tobytes() == old.tobytes(), "an input was written to"


@pytest.mark.parametrize(("operator", "count"), REQUIRED.items())
def test_no_required_case_is_missing(operator, count):
    assert sum(case.operator == operator for case in CASES) == count


def test_what_is_left_out_exists_and_has_a_reason():
    for name, why in LEFT_OUT.items():
        assert len(why) > 20
        assert name not in OPERATORS, f"{name} is covered and left out at once"
