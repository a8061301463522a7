"""Prints how many cases of the standard passed."""

from collections import defaultdict

from tests.conformance.cases import REQUIRED

TEST = "tests/conformance/test_onnx.py::test_case_of_the_standard["


def pytest_terminal_summary(terminalreporter):
    outcomes = defaultdict(list)
    for kind in ("passed", "failed"):
        for report in terminalreporter.stats.get(kind, []):
            if report.nodeid.startswith(TEST):
                operator = report.nodeid.removeprefix(TEST).split("-", 1)[0]
                outcomes[operator].append(kind == "passed")
    if not outcomes:
        return
    required = [passed for name in REQUIRED for passed in outcomes.get(name, [])]
    further = [p for name, all_of in outcomes.items() if name not in REQUIRED for p in all_of]
    terminalreporter.write_line(
        f"ONNX node cases: {sum(required)} of {sum(REQUIRED.values())} required passed, "
        f"and {sum(further)} of {len(further)} further ones"
    )
