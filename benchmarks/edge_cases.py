"""What this course and other libraries do with edge cases, found out by calling them.

    python benchmarks/edge_cases.py            prints the page
    python benchmarks/edge_cases.py --write    writes book/edge_cases.md

Needs PyTorch, JAX and ONNX.
"""

import argparse

from edge_case_calls import LIBRARIES, PACKAGES, outcome, package_version
from edge_case_list import CASES

from selfattn_course import layout

PAGE = layout.BOOK / "edge_cases.md"

HEAD = """\
% Written by benchmarks/edge_cases.py: change that, then run it with --write.

# Edge cases

The formula of attention fits on one line, and says nothing about a row without keys, a NaN behind
a mask, or no queries at all.
Programs must do *something* there, and they do not agree.

Each table on this page was made by calling the libraries, and a test repeats the calls.
Read the setting, predict, and only then look at the table.

| name in the tables | what was called |
|---|---|
| our plain kernel | `attention` |
| our tiled kernel | `tiled_attention`, which never holds all scores |
| PyTorch math | `scaled_dot_product_attention`, plain path, {torch} |
| PyTorch flash | the same, tiled path |
| JAX | `jax.nn.dot_product_attention`, {jax} |
| ONNX | operator Attention-24, reference, {onnx} |

All of it ran on a processor, with NumPy {numpy}; graphics cards have paths of their own.
"Refuses" stands for an error, with its type.
"""

TAIL = """
## What to take away

- Say it with a mask. A bias of $-\\infty$ does not stop NaN, and a large negative number hides
  nothing in a row of its kind.
- Decide what a row without keys gives, and test it. Zeros are a good answer, for they add nothing.
- Causal needs a position: where does query 0 stand? If queries and keys differ in number, say so.
- Keep padding finite. A weight of 0 does not make NaN go away.
- The same name in two libraries need not be the same function. Call both, and compare.
"""


def section(case, outcomes):
    """Text of one case; libraries with the same outcome share a row of its table."""
    rows = {}
    for library, found in outcomes.items():
        rows.setdefault(found, []).append(library)
    table = ["| outcome | library |", "|---|---|"]
    table += [f"| {found} | {', '.join(names)} |" for found, names in rows.items()]
    parts = [f"## {case.title}", case.setting, "\n".join(table), case.lesson]
    return "".join(f"\n{part}\n" for part in parts)


def page():
    """The whole page, from fresh calls."""
    versions = {package: package_version(package) for package in set(PACKAGES.values())}
    sections = [section(case, {name: outcome(name, case) for name in LIBRARIES}) for case in CASES]
    return HEAD.format(**versions) + "".join(sections) + TAIL


def page_outcomes(text):
    """What a page says: {title: {library: outcome}}."""
    found = {}
    for part in text.split("\n## ")[1:]:
        title, *lines = part.splitlines()
        rows = [line.strip("| ").split(" | ") for line in lines if line.startswith("| ")]
        found[title] = {name: what for what, names in rows[1:] for name in names.split(", ")}
    return found


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--write", action="store_true", help=f"write {PAGE.name}")
    text = page()
    PAGE.write_text(text) if parser.parse_args().write else print(text)
