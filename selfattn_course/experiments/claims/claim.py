"""A claim on trial: what is said, what was measured, and what follows."""

import string
from collections.abc import Callable, Mapping
from dataclasses import dataclass

HOLDS = "holds"
CONDITIONS = "holds with conditions"
FAILS = "does not hold"
VERDICTS = (HOLDS, CONDITIONS, FAILS)


@dataclass(frozen=True, eq=False)
class Claim:
    """One claim, with the experiment that settles it.

    Attributes
    ----------
    id : str
        Short name, such as "rnn-exponential".
    said_by : tuple of str
        Letters of the articles that say it: keys of `ARTICLES`.
    claim : str
        What they say, in our words.
    chapter : str
        Slug of the chapter that puts it on trial.
    verdict : str
        What the course states: one of VERDICTS. A test runs the experiment again and fails if
        `decide` comes to another one.
    measure : callable
        Takes nothing; returns a dict of numbers, the same every time but for clock times.
    decide : callable
        Takes that dict; returns the verdict that the numbers support.
    finding : str
        What was measured, with a field for each number told: "a slope of {slope:.2f}".
    caveat : str
        What is true in it, or what it leaves out.
    """

    id: str
    said_by: tuple[str, ...]
    claim: str
    chapter: str
    verdict: str
    measure: Callable[[], Mapping[str, float]]
    decide: Callable[[Mapping[str, float]], str]
    finding: str
    caveat: str

    def fields(self):
        """Names of the numbers that the finding tells.

        Returns
        -------
        set of str
        """
        return {name for _, name, _, _ in string.Formatter().parse(self.finding) if name}
