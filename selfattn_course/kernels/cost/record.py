"""What a computation costs: exact integer counts that add up."""

import operator
from dataclasses import dataclass, fields, replace


@dataclass(frozen=True)
class Cost:
    """Counts of one computation, under one convention for all functions of this package.

    A computation is a list of steps, named in the docstring of its function. Each step reads its
    operands from memory once and writes its result once; within a step, rows stay in a fast
    memory that costs nothing. Scaling, masking, adding a bias and sums along rows belong to the
    step that they follow or precede. Biases of linear maps, masks, and vectors with one number
    for each row of a matrix (maxima and sums of a softmax) count nowhere: they are small.

    Adding two costs is doing one after the other: counts add up, and the memory of the first is
    free again for the second.

    Parameters
    ----------
    multiply_adds : int
        Products added to a sum within matrix products: m * k * n for (m, k) @ (k, n). Twice as
        many floating-point operations. Elementwise arithmetic is not counted: it goes with the
        bytes.
    exponentials : int
        Evaluations of exp, tanh, sigmoid or erf, one for each number, however a kernel gets
        them: its sigmoid may take two, of x and of -x.
    bytes_read, bytes_written : int
        Traffic of all steps.
    bytes_held : int
        Most bytes that results of steps, final ones included, take at any one time. Inputs do
        not count; an elementwise step may overwrite an operand that nobody reads again.
    """

    multiply_adds: int = 0
    exponentials: int = 0
    bytes_read: int = 0
    bytes_written: int = 0
    bytes_held: int = 0

    def __post_init__(self):
        for field in fields(self):  # NumPy's integers would overflow
            object.__setattr__(
                self, field.name, checked_size(field.name, getattr(self, field.name))
            )

    def __add__(self, other):
        """This, then the other: counts add up; what is held is the larger of the two."""
        if not isinstance(other, Cost):
            return NotImplemented
        return Cost(
            self.multiply_adds + other.multiply_adds,
            self.exponentials + other.exponentials,
            self.bytes_read + other.bytes_read,
            self.bytes_written + other.bytes_written,
            max(self.bytes_held, other.bytes_held),
        )

    def __mul__(self, times):
        """This, several times in a row: `n_layers * cost`."""
        times = checked_size("times", times)
        return Cost(
            times * self.multiply_adds,
            times * self.exponentials,
            times * self.bytes_read,
            times * self.bytes_written,
            self.bytes_held if times else 0,
        )

    __rmul__ = __mul__

    def at_once(self, times):
        """This for several independent inputs together, such as sequences or heads."""
        one_by_one = self * times
        return one_by_one.with_held(self.bytes_held * operator.index(times))

    def with_held(self, bytes_held):
        """The same counts with another number of bytes held."""
        return replace(self, bytes_held=bytes_held)


def checked_size(name, size):
    """The size as an int of 0 or more, or an error."""
    size = operator.index(size)
    if size < 0:
        raise ValueError(f"{name} is {size}; expected 0 or more. Pass a length or a count.")
    return size
