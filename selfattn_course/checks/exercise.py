"""An exercise: what is asked, on which inputs, and how an answer is judged.

`Exercise.verdict` never runs student code. It gets what came of the calls, from `check` in the
notebook or from the sandbox, and treats it as data.
"""

import inspect
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from functools import cache, lru_cache, partial

import numpy as np

from selfattn_course import outcome

from .calling import call, copy
from .compare import as_array, difference, same
from .wording import ADVICE, OVERWRITTEN, argument_names, call_text, in_short, without_name

KINDS = (
    "numeric",  # arrays, compared with the reference's
    "property",  # something that has to hold of the answer
    "gradient",
    "count",  # whole numbers, exact
    "memory",  # bytes
    "construction",  # weights or sequences that do what was asked
    "bug hunt",  # inputs that tell wrong functions from the right one
    "prediction",
    "plot",  # the data of a figure
)


@dataclass(frozen=True, eq=False)
class Case:
    """One call that an answer has to get right.

    Attributes
    ----------
    name : str
        What is special about it, in a few words that follow "softmax(x), ".
    args : tuple
        Positional arguments: ndarrays, ints, floats, bools, None.
    kwargs : dict
        Keyword arguments, of the same kinds.
    """

    name: str
    args: tuple = ()
    kwargs: dict = field(default_factory=dict)


@dataclass(frozen=True, eq=False)
class Mutant:
    """A wrong implementation that the check must reject.

    Attributes
    ----------
    name : str
        The mistake, in a few words.
    function : callable
        Self-contained: its source runs with nothing but `import numpy as np` above it.
    hint : str
        What to tell a student whose function does the same.
    """

    name: str
    function: Callable
    hint: str


@dataclass(frozen=True)
class Verdict:
    """What became of an exercise.

    Attributes
    ----------
    passed : bool
        Whether every call was right.
    status : str
        ok, wrong, missing, error, timeout, memory or crash.
    message : str
        What was seen and what was expected, on the first call that failed; empty if none did.
    hint : str
        What to look at; empty if nothing failed.
    mistake : str
        Name of the mutant that behaves most like the answer; empty where none does.
    failed : Case or None
        The first call that was not right.
    """

    passed: bool
    status: str
    message: str = ""
    hint: str = ""
    mistake: str = ""
    failed: Case | None = None


@dataclass(frozen=True, eq=False)
class Exercise:
    """One function that students write.

    Attributes
    ----------
    name : str
        Name of the function.
    title : str
        What it is about, for reports.
    kind : str
        One of KINDS.
    points, minutes, difficulty : int
        Worth; expected time; 1 (easy) to 5 (hard).
    objectives : tuple of str
        What one can do after it.
    signature : str
        As in "softmax(x, axis=-1)".
    reference : callable
        The right answer to a case's arguments.
    cases, hidden_cases : callable
        Take a NumPy Generator, return a tuple of Case: those that students may see, and those
        that only grading uses.
    hint : str
        Advice where no mutant explains the mistake.
    mutants : tuple of Mutant
        Wrong implementations.
    variants : tuple of callable
        Right but unusual implementations.
    compare : callable
        Takes the reference's answer and a student's; returns one sentence on what is wrong,
        or "". Must hold against any data.
    """

    name: str
    title: str
    kind: str
    points: int
    minutes: int
    difficulty: int
    objectives: tuple[str, ...]
    signature: str
    reference: Callable
    cases: Callable
    hidden_cases: Callable
    hint: str
    mutants: tuple[Mutant, ...]
    variants: tuple[Callable, ...]
    compare: Callable = difference

    def visible_cases(self):
        """The cases that `check` tries in a notebook, the same for everyone and every time."""
        return _visible_cases(self)

    def bind(self, args, kwargs):
        """Arguments of a call by the names of the signature.

        Returns
        -------
        inspect.BoundArguments

        Raises
        ------
        TypeError
            If the signature does not take them.
        """
        return _parameters(self.signature).bind(*args, **kwargs)

    def verdict(self, cases, outcomes):
        """Judge what came of calling a student's function on `cases`.

        Parameters
        ----------
        cases : tuple of Case
            From `cases` or `hidden_cases`. Keep the tuple to judge many students: what the
            mutants do on it is remembered.
        outcomes : sequence of Outcome
            One for each case. Not trusted.

        Returns
        -------
        Verdict

        Raises
        ------
        ValueError
            If there is not one outcome for each case, or no case at all.
        """
        outcomes = _one_for_each(cases, outcomes)
        with np.errstate(all="ignore"):  # a student's np.seterr(all="raise") is not for us
            for i, (status, message) in enumerate(self._judged(cases, outcomes)):
                if status != "ok":
                    hint, mistake = self._hint(cases, outcomes, i, status)
                    return Verdict(False, status, message, hint, mistake, cases[i])
        return Verdict(True, "ok")

    def is_right(self, cases, outcomes):
        """Whether `verdict` passes, without looking for hints."""
        outcomes = _one_for_each(cases, outcomes)
        with np.errstate(all="ignore"):
            return all(status == "ok" for status, _ in self._judged(cases, outcomes))

    def _judged(self, cases, outcomes):
        """For each call its status, and a sentence unless it is ok."""
        right = cache(partial(_expected, self, cases))  # not needed where nothing was returned
        for i, seen in enumerate(outcomes):
            yield self._judged_call(cases[i], seen, lambda i=i: right()[i])

    def _judged_call(self, case, seen, right):
        if seen.status == outcome.MISSING:
            return "missing", f"{self.name} is not defined."
        if seen.is_unwritten:
            return "missing", f"{self.name} is not written yet."
        problem, status = "", "wrong"
        if seen.status != outcome.RETURNED:
            status, problem = seen.status, _without_value(seen)
        elif seen.changed:
            problem = f"changed its input {self._argument(case, seen.changed[0])}."
        else:
            problem = self.compare(right(), seen.value)
        return (status, f"{call_text(self, case)}: {problem}") if problem else ("ok", "")

    def _argument(self, case, position):
        names = [*argument_names(self.signature)[: len(case.args)], *case.kwargs]
        return names[position] if position in range(len(names)) else "array"

    def _hint(self, cases, outcomes, failed, status):
        """What to look at, and the name of the mutant that it is for, if any."""
        if status in ADVICE:
            return ADVICE[status], ""
        outcomes = tuple(map(_converted, outcomes))
        wrong = self._wrong(cases, outcomes)
        shares = {
            mutant: self._share(mutant, cases, outcomes, wrong)
            for mutant in self.mutants
            if _alike(outcomes[failed], _behaviour(mutant, cases[failed]))
        }
        likeliest = max(shares, key=shares.get, default=None)
        if likeliest is None or shares[likeliest] < 0.5:
            return self._hint_without_mutant(outcomes[failed]), ""
        return likeliest.hint, likeliest.name

    def _wrong(self, cases, outcomes):
        """Places of the calls that are not right."""
        judged = enumerate(self._judged(cases, outcomes))
        return {i for i, (status, _) in judged if status != "ok"}

    def _share(self, mutant, cases, outcomes, wrong):
        """How much of what the student or the mutant gets wrong is the same for both.

        Calls that both get right say nothing, since most mistakes show on few calls.
        """
        alike = sum(_alike(outcomes[i], _behaviour(mutant, cases[i])) for i in wrong)
        if 2 * alike < len(wrong):
            return 0.0  # too few already, and trying the mutant on the other calls takes time
        return alike / len(wrong | _mutant_wrong(self, mutant, cases))

    def _hint_without_mutant(self, seen):
        if seen.changed:
            return OVERWRITTEN
        nothing = seen.status == outcome.RETURNED and seen.value is None
        if nothing or seen.error.startswith("NameError"):
            return ""  # the message says it all
        return self.hint


def _one_for_each(cases, outcomes):
    outcomes = tuple(outcomes)
    if not cases or len(cases) != len(outcomes):
        raise ValueError(
            f"{len(outcomes)} outcomes for {len(cases)} cases; expected one for each, and "
            "at least one. Call the function on every case."
        )
    return outcomes


def _without_value(seen):
    if seen.status == outcome.ERROR:
        return f"raised {in_short(seen.error)}"
    return {
        outcome.TIMEOUT: "no answer within the time limit.",
        outcome.MEMORY: "ran out of memory.",
    }.get(seen.status, "ended the Python process.")


def _converted(seen):
    """The same with a list of numbers as an array, so that this is done once for all mutants."""
    if not isinstance(seen.value, list | tuple):
        return seen
    array = as_array(seen.value)
    return seen if array is None else replace(seen, value=array)


def _alike(seen, other):
    """Whether two outcomes of one call cannot be told apart."""
    if seen.status != other.status or seen.changed != other.changed:
        return False
    if seen.status == outcome.ERROR:
        return without_name(in_short(seen.error, 100)) == without_name(in_short(other.error, 100))
    return same(seen.value, other.value)


@lru_cache(maxsize=256)
def _parameters(signature):
    namespace = {}
    exec(f"def {signature}: pass", namespace)  # the text is ours: it stands in EXERCISES
    return inspect.signature(namespace[signature.partition("(")[0]])


@lru_cache(maxsize=256)
def _visible_cases(exercise):
    return exercise.cases(np.random.default_rng(0))


@lru_cache(maxsize=1024)  # visible cases and some draws of hidden ones
def _expected(exercise, cases):
    """The right answers, computed in float64 whatever the dtype of the inputs."""
    return tuple(exercise.reference(*map(_in_float64, case.args), **case.kwargs) for case in cases)


def _in_float64(arg):
    if isinstance(arg, np.ndarray) and arg.dtype.kind == "f":
        return arg.astype(np.float64)
    return copy(arg)


@lru_cache(maxsize=2**10)  # a chapter has about 400 mutants, with visible and hidden cases
def _mutant_wrong(exercise, mutant, cases):
    return exercise._wrong(cases, [_behaviour(mutant, case) for case in cases])


@lru_cache(maxsize=2**15)  # about 21000 pairs
def _behaviour(mutant, case):
    return call(mutant.function, case)
