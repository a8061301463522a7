"""A computation as a list of steps; its cost follows from who reads what."""

from dataclasses import dataclass

from .record import Cost, checked_size


@dataclass(frozen=True)
class Step:
    """One step. Arrays are names with a size, counted in numbers."""

    reads: dict
    writes: dict
    multiply_adds: int = 0
    exponentials: int = 0
    in_place: bool = False  # whether the result may overwrite an operand


def product(result, left, right, m, k, n, *, times=1):
    """The matrix product (m, k) @ (k, n), for `times` pairs of matrices.

    Parameters
    ----------
    result, left, right : str
        Names of the arrays. A transpose is the same array.
    m, k, n, times : int
        Sizes.

    Returns
    -------
    Step
    """
    m, k, n, times = (checked_size(f"a size of {left} @ {right}", s) for s in (m, k, n, times))
    reads = {left: times * m * k, right: times * k * n}
    return Step(reads, {result: times * m * n}, multiply_adds=times * m * k * n)


def elementwise(result, size, reads, *, exponentials=0):
    """A function of corresponding numbers of its operands, or of their rows.

    Parameters
    ----------
    result : str
        Name of the array written.
    size : int
        Numbers in it.
    reads : dict
        Numbers in each operand.
    exponentials : int
        How many it takes in all.

    Returns
    -------
    Step
    """
    return Step(reads, {result: size}, exponentials=exponentials, in_place=True)


def cost_of(steps, *, results, itemsize):
    """Counts of all steps, and the most bytes their results take at a time.

    Parameters
    ----------
    steps : list of Step
        No two of them write the same name; names that none writes are inputs.
    results : collection of str
        Arrays that stay to the end.
    itemsize : int
        Bytes in a number.

    Returns
    -------
    Cost
    """
    itemsize = checked_size("itemsize", itemsize)
    return Cost(
        sum(step.multiply_adds for step in steps),
        sum(step.exponentials for step in steps),
        itemsize * sum(sum(step.reads.values()) for step in steps),
        itemsize * sum(sum(step.writes.values()) for step in steps),
        itemsize * _most_held(steps, results),
    )


def _most_held(steps, results):
    last_read = {name: index for index, step in enumerate(steps) for name in step.reads}
    held, most = {}, 0
    for index, step in enumerate(steps):
        before = sum(held.values())
        held |= step.writes
        together = sum(held.values())
        done = [n for n in held if n not in results and last_read.get(n, -1) <= index]
        for name in done:
            del held[name]
        most = max(most, max(before, sum(held.values())) if step.in_place else together)
    return most
