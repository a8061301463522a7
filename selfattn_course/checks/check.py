"""`check(f)` for notebooks: call a student's function here, judge what comes, say so."""

import contextlib
import html
import io
import re
import warnings
from dataclasses import dataclass

from .calling import call
from .exercise import Verdict
from .given import given

_BADGES = {True: ("Passed", "#00694a"), False: ("Not yet", "#a33b00")}
_BOX = (
    '<div role="status" style="border-left:4px solid {colour};padding:.4em .8em;margin:.4em 0">'
    '<strong style="background:{colour};color:#fff;padding:.1em .5em;border-radius:.3em">'
    "{badge}</strong> {lines}</div>"
)


@dataclass(frozen=True)
class Result:
    """What `check` answers: true if passed, shown as a sentence.

    Attributes
    ----------
    name : str
        Name of the exercise; empty if there is none of that name.
    verdict : Verdict
    """

    name: str
    verdict: Verdict

    def __bool__(self):
        return self.verdict.passed

    def __repr__(self):
        badge = _BADGES[self.verdict.passed][0]
        return "\n".join(
            f"{start}{line}"
            for start, line in zip((f"{badge}: ", "Hint: "), self._lines(), strict=False)
        )

    def _repr_html_(self):
        badge, colour = _BADGES[self.verdict.passed]
        message, *hint = map(_marked_up, self._lines())
        lines = message + "".join(f"<br><em>Hint:</em> {line}" for line in hint)
        return _BOX.format(colour=colour, badge=badge, lines=lines)

    def _lines(self):
        return [line for line in (self.verdict.message, self.verdict.hint) if line]


def _marked_up(line):
    return re.sub("`([^`]+)`", r"<code>\1</code>", html.escape(line))


def checker(exercises):
    """A `check` function for a chapter.

    Parameters
    ----------
    exercises : tuple of Exercise

    Returns
    -------
    callable
        `check(f)` judges the function f as the exercise of its name; `check(f, name)` as the
        exercise called `name`. Returns a Result. Prints nothing, and nothing that f prints or
        warns about gets out. Bad input becomes a Result that says what to write.
    """
    by_name = {exercise.name: exercise for exercise in exercises}

    def check(f, name=None):
        """Try your function and say what is right or wrong with it.

        Parameters
        ----------
        f : function
            Yours.
        name : str, optional
            Which exercise it answers, if the function has another name.
        """
        exercise, problem = _find(by_name, f, name)
        if problem:
            return Result("", Verdict(False, "wrong", problem))
        verdict = tried(f, exercise, ())
        if not verdict.passed:  # its own fault, or that of a function that it calls?
            earlier = exercises[: exercises.index(exercise)]
            alone = tried(f, exercise, earlier)
            verdict = alone if alone.passed else verdict
        return Result(exercise.name, verdict)

    def tried(f, exercise, right_ones):
        cases = exercise.visible_cases()
        with _silence(), given(f, right_ones):
            outcomes = [call(f, case) for case in cases]
        verdict = exercise.verdict(cases, outcomes)
        if not verdict.passed:
            return verdict
        calls = f"all {len(cases)} calls are" if len(cases) > 1 else "the answer is"
        condition = " once the functions that it calls are; check those" if right_ones else ""
        return Verdict(True, "ok", f"{exercise.name}: {calls} right{condition}.")

    return check


def _find(by_name, f, name):
    """The exercise that `f` answers, and a sentence if there is none."""
    if not callable(f):
        given = type(f).__name__
        return None, (
            f"check was given a value of type {given}; expected a function. "
            f"Write its name without brackets, as in check({next(iter(by_name))})."
        )
    name = getattr(f, "__name__", None) if name is None else name
    exercise = by_name.get(name) if isinstance(name, str) else None
    if exercise is None:
        return None, (
            f"No exercise is called {name!r}; expected one of {', '.join(by_name)}. "
            "Rename the function, or give the name second, as in "
            f'check(f, "{next(iter(by_name))}").'
        )
    return exercise, ""


@contextlib.contextmanager
def _silence():
    """A notebook cell that prints on stderr counts as failed in nbgrader, so nothing gets out."""
    with (
        contextlib.redirect_stdout(_Nowhere()),
        contextlib.redirect_stderr(_Nowhere()),
        warnings.catch_warnings(),
    ):
        warnings.simplefilter("ignore")
        yield


class _Nowhere(io.TextIOBase):
    def write(self, text):
        return len(text)
