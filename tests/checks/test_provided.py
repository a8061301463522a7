"""What a notebook may import while it is graded gives no exercise away."""

import itertools
import sys
import types
from importlib import import_module
from importlib.util import spec_from_loader

import numpy as np
import pytest

from selfattn_course import kernels
from selfattn_course.assignments import assignments
from selfattn_course.checks.kernel_source import PACKAGE, cut, reached
from selfattn_course.checks.provided import provided

SLUGS = list(assignments())
ATTENTION = f"{PACKAGE}.attention"
SOFTMAX = (f"{PACKAGE}.softmax", "softmax")
AFTERWARDS = {
    "as it is": lambda x: x,
    "the other way round": lambda x: np.swapaxes(x, -1, -2),
    "negative": np.negative,
    "its logarithm": np.log,
    "its exponential": np.exp,
    "its last entry": lambda x: x[-1],
    "its first entry": lambda x: x[0],
    "its sum": lambda x: np.sum(x, axis=-1),
    "its mean": np.mean,
    "as a list": lambda x: np.asarray(x).tolist(),
}
MOST_ARGUMENTS = 3
LARGEST = 1000


class Memory:
    """Imports modules from their source."""

    def __init__(self, modules):
        self.modules = modules

    def find_spec(self, name, path=None, target=None):
        if name in self.modules:
            return spec_from_loader(name, self, is_package=name == PACKAGE)
        return None

    def create_module(self, spec):
        return None

    def exec_module(self, module):
        exec(self.modules[module.__name__], module.__dict__)


def loaded(modules):
    """The modules as a notebook would import them, by name; the real ones are put back."""
    real = {name: sys.modules.pop(name) for name in list(sys.modules) if name.startswith(PACKAGE)}
    memory = Memory(modules)
    sys.meta_path.insert(0, memory)
    try:
        return {name: import_module(name) for name in modules}
    finally:
        sys.meta_path.remove(memory)
        for name in [name for name in sys.modules if name.startswith(PACKAGE)]:
            del sys.modules[name]
        sys.modules.update(real)


def present(slug):
    """Every function in any of the modules that a notebook of a chapter can import, by name."""
    modules = loaded(assignments()[slug].provided())
    return {
        name: value
        for module in modules.values()
        for name, value in vars(module).items()
        if isinstance(value, types.FunctionType) and not name.startswith("__")
    }


def public(slug):
    """Names in `selfattn_course.kernels`."""
    module = loaded(assignments()[slug].provided())[PACKAGE]
    functions = {n for n, value in vars(module).items() if isinstance(value, types.FunctionType)}
    return functions - {"__getattr__"}


def calls(case):
    """Arguments of a case in every order, some left out, and as they are with their keywords."""
    if any(isinstance(x, int) and x > LARGEST for x in (*case.args, *case.kwargs.values())):
        return  # a mask of that size would not fit this machine
    yield case.args, case.kwargs
    values = [*case.args, *case.kwargs.values()]
    for size in range(1, min(len(values), MOST_ARGUMENTS) + 1):
        for chosen in itertools.permutations(values, size):
            yield chosen, {}
            if case.kwargs:
                yield chosen, case.kwargs


def answers(function, exercise, case):
    """Ways to get the right answer to a case out of a function."""
    expected = exercise.reference(*case.args, **case.kwargs)
    for args, kwargs in calls(case):
        try:
            got = function(*args, **kwargs)
        except Exception:  # it takes something else
            continue
        for name, change in AFTERWARDS.items():
            try:
                if not exercise.compare(expected, change(got)):
                    yield args, kwargs, name
            except Exception:  # nothing to compare
                continue


@pytest.mark.parametrize("slug", SLUGS)
def test_no_exercise_is_answered_by_what_is_present(slug):
    functions = present(slug)
    with np.errstate(all="ignore"):
        for exercise in assignments()[slug].exercises:
            first = min(exercise.visible_cases(), key=size)
            for name, function in functions.items():
                for way in {change for *_, change in answers(function, exercise, first)}:
                    hint = f"{name} answers {exercise.name}, {way}"
                    assert not all_right(function, exercise, way), hint


def size(case):
    return sum(np.size(x) for x in (*case.args, *case.kwargs.values()))


def all_right(function, exercise, way):
    """Whether a function, with some order of arguments, is right on every visible case."""
    return all(
        any(way == change for *_, change in answers(function, exercise, case))
        for case in exercise.visible_cases()
    )


def test_the_adapters_would_find_an_answer():
    with np.errstate(all="ignore"):
        softmax = next(e for e in assignments()["ch03_softmax"].exercises if e.name == "softmax")
        assert all_right(kernels.softmax, softmax, "as it is")
        assert all_right(kernels.log_softmax, softmax, "its exponential")


@pytest.mark.parametrize("slug", SLUGS)
def test_nothing_that_is_asked_now_or_later_is_present(slug):
    later = SLUGS[SLUGS.index(slug) :]
    asked = {exercise.reference.__name__ for s in later for exercise in assignments()[s].exercises}
    assert not asked & present(slug).keys()


def test_later_chapters_have_what_earlier_ones_teach():
    assert public("ch01_dependencies") == set()
    assert {"lagged_joint", "mutual_information"} <= public("ch03_softmax")
    assert not {"softmax", "attention", "causal_mask"} & public("ch03_softmax")
    assert {"softmax", "attention", "causal_mask", "split_heads"} <= public("ch05_complexity")


def exercise(name, reference):
    return types.SimpleNamespace(name=name, reference=reference)


def test_what_is_made_of_a_later_answer_is_absent():
    chapters = {
        "ch01": [exercise("a", kernels.attention), exercise("b", kernels.attention_scores)],
        "ch02": [exercise("other", lambda: 0)],
        "ch03": [exercise("softmax", kernels.softmax)],
    }
    modules = provided(chapters, "ch02")
    assert "def softmax" not in "".join(modules.values())
    assert "import attention_scores\n" in modules[PACKAGE]
    assert "import attention\n" not in modules[PACKAGE]


def test_what_is_cut_works_like_the_whole():
    rng = np.random.default_rng(0)
    q, k, v = (rng.normal(size=(3, 5)) for _ in range(3))
    modules = loaded(provided({"a": [exercise("x", kernels.attention)], "b": []}, "b"))
    np.testing.assert_array_equal(modules[PACKAGE].attention(q, k, v), kernels.attention(q, k, v))


def test_a_cut_holds_what_it_calls_and_nothing_else():
    source = cut({(ATTENTION, "attention_scores")})[ATTENTION]
    assert "def attention_scores(" in source
    assert "def _saturated(" in source
    assert "softmax" not in source
    assert SOFTMAX in reached((ATTENTION, "attention"))
    assert SOFTMAX not in reached((ATTENTION, "attention_scores"))


def test_every_kernel_can_be_cut():
    for name in dir(kernels):
        function = getattr(kernels, name)
        if isinstance(function, types.FunctionType):
            loaded({PACKAGE: "", **cut({(function.__module__, name)})})
