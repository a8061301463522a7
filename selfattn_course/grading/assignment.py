"""What the grader is told about one notebook of the course; it knows no chapter itself."""

from dataclasses import dataclass, field


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
        `verdict(cases, outcomes)` and `reference`; `name` is the function that students must
        define. In the order of the notebook: an answer may call those before it.
    provided : dict of str to str
        Modules below the course package that a notebook can import while it is graded: full
        names to source, which students may read.
    """

    slug: str
    title: str
    exercises: tuple
    provided: dict = field(default_factory=dict)

    @property
    def max_score(self):
        """Sum of the points of all exercises."""
        return float(sum(exercise.points for exercise in self.exercises))
