"""What the grader is told about one notebook of the course; it knows no chapter itself."""

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class Assignment:
    """One notebook that students hand in.

    Attributes
    ----------
    slug : str
        Name of its folder and file, such as ch03_softmax.
    title : str
        Title in words.
    exercises : tuple
        Objects with `name`, `title`, `points`, `visible_cases()`, `hidden_cases(rng)`,
        `verdict(cases, outcomes)`, `is_right(cases, outcomes)`, `bind(args, kwargs)` and
        `reference`; `name` is the function that students must define. In the order of the
        notebook: an answer may call those before it.
    provided : callable
        Returns the modules below the course package that a notebook can import while it is
        graded: full names to source, which students may read. Called for notebooks that name them.
    """

    slug: str
    title: str
    exercises: tuple
    provided: Callable = dict

    @property
    def max_score(self):
        """Sum of the points of all exercises."""
        return float(sum(exercise.points for exercise in self.exercises))
