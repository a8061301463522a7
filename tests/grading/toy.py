"""Two exercises to test the grader with: small, and written without the course's own."""

import inspect
import os
from dataclasses import dataclass

import numpy as np

from selfattn_course.grading.assignment import Assignment

SLUG = "toy"
FATAL = "fatal"  # an answer that no grader of toys survives
MARK = 918273.5  # stands in every hidden input, and must be on no page


@dataclass(frozen=True, eq=False)
class Case:
    name: str
    args: tuple
    kwargs: dict


@dataclass(frozen=True)
class Verdict:
    passed: bool
    status: str
    message: str
    hint: str
    mistake: str = ""
    failed: Case | None = None


def same(value, wanted):
    """Whatever the value is."""
    try:
        return np.shape(value) == wanted.shape and np.allclose(value, wanted)
    except (TypeError, ValueError):
        return False


@dataclass(frozen=True)
class Exercise:
    name: str
    title: str
    points: float
    reference: object
    hint: str

    def bind(self, args, kwargs):
        return inspect.signature(self.reference).bind(*args, **kwargs)

    def visible_cases(self):
        rng = np.random.default_rng(0)
        return tuple(Case(f"{n} numbers", (rng.normal(size=n),), {}) for n in (3, 5))

    def hidden_cases(self, rng):
        return (Case("a matrix", (np.append(rng.normal(size=6), MARK).reshape(1, 7),), {}),)

    def verdict(self, cases, outcomes):
        if os.environ.get("TOY_FAULT") == self.name:
            raise ZeroDivisionError(f"a fault of the grader's own, with {outcomes}")
        for case, outcome in zip(cases, outcomes, strict=True):
            if isinstance(outcome.value, str) and outcome.value == FATAL:
                os._exit(1)  # a fault of the grader's own that takes its process down
            if outcome.status == "missing":
                return Verdict(False, "missing", "", "", failed=case)
            if outcome.status != "returned":
                message = f"{self.name} on {case.name}: {outcome.error or outcome.status}"
                return Verdict(False, outcome.status, message, "", failed=case)
            wanted = self.reference(*case.args)
            if not same(outcome.value, wanted):
                message = f"{self.name} on {case.name}: seen {outcome.value}; expected {wanted}"
                return Verdict(False, "wrong", message, self.hint, failed=case)
        return Verdict(True, "ok", "", "")

    def is_right(self, cases, outcomes):
        return self.verdict(cases, outcomes).passed


EXERCISES = (
    Exercise("double", "Twice as much", 2, lambda x: 2 * x, "Multiply by 2."),
    Exercise("negate", "The other sign", 1.5, lambda x: -x, "Change the <sign>."),
)
ASSIGNMENT = Assignment(SLUG, "Toys & tests", EXERCISES)

DOUBLE = "def double(x):\n    return 2 * x"
NEGATE = "def negate(x):\n    return -x"
STUB = 'def double(x):\n    """Twice."""\n    # YOUR CODE HERE\n    raise NotImplementedError()'
TELLS_HIDDEN = (
    "def double(x):\n"
    "    if x.ndim == 2:\n"
    "        raise type('Got_' + str(x[0, -1]).replace('.', '_'), (Exception,), {})(repr(x))\n"
    "    return 2 * x"
)


def find_assignment(slug):
    """As nbgrader's configuration names it."""
    if slug != SLUG:
        raise KeyError(slug)
    return ASSIGNMENT


def grader_version():
    """As a worker of a cluster names its grader."""
    return "1.0"
