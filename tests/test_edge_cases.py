"""The page of edge cases says what the libraries do: every outcome is found out again."""

import importlib.util
import re
import sys

import pytest

from selfattn_course import layout

sys.path.insert(0, str(layout.ROOT / "benchmarks"))  # as `python benchmarks/edge_cases.py` has it

import edge_cases  # noqa: E402
from edge_case_calls import LIBRARIES, PACKAGES, outcome, package_version  # noqa: E402
from edge_case_list import CASES  # noqa: E402

TEXT = edge_cases.PAGE.read_text()
PAGE = edge_cases.page_outcomes(TEXT)
ALWAYS = ("numpy", "onnx")


def skip_unless_comparable(package):
    """PyTorch and JAX are compared in the version that the page was made with."""
    if package in ALWAYS:
        return
    if importlib.util.find_spec(package) is None:
        pytest.skip(f"{package} is not installed: its column is not repeated here")
    if package_version(package) not in TEXT:
        pytest.skip(f"the page was made with another {package} than {package_version(package)}")


@pytest.mark.parametrize("library", LIBRARIES)
@pytest.mark.parametrize("case", CASES, ids=lambda case: case.title)
def test_page_says_what_the_library_does(case, library):
    skip_unless_comparable(PACKAGES[library])
    assert outcome(library, case) == PAGE[case.title][library]


def test_page_has_every_case_and_every_library():
    assert [title for title in PAGE if PAGE[title]] == [case.title for case in CASES]
    assert all(set(PAGE[case.title]) == set(LIBRARIES) for case in CASES)


def test_text_of_the_page_is_the_one_of_the_generator():
    """Outcomes are compared above; here the words around them."""
    sections = [edge_cases.section(case, PAGE[case.title]) for case in CASES]
    versions = {package: r"[\w.]+" for package in PACKAGES.values()}
    head = re.escape(edge_cases.HEAD)
    for package, pattern in versions.items():
        head = head.replace(re.escape("{" + package + "}"), pattern)
    assert re.fullmatch(head + re.escape("".join(sections) + edge_cases.TAIL), TEXT)
