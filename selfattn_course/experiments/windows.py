"""Which window solves which task: three tasks whose answer stands somewhere before the question.

Each task has three functions. `draw(rng)` returns the tokens before the question and the answer;
`read(window)` finds the answer in the last tokens, or returns None if it is not there; and
`beyond(size)` is the probability that it stands farther back than `size` tokens.
"""

from collections import namedtuple
from functools import cache
from math import comb

import numpy as np

COPY_LAG = 8
LONGEST = 512  # tokens before a question, if it needs so many
WINDOWS = (1, 2, 3, 4, 6, 8, 12, 16, 24, 32, 48, 64, 96, 128, 192, 256)

Task = namedtuple("Task", "draw read beyond")


def draw_copy(rng):
    """Random bits; the question: which one stands COPY_LAG tokens back?"""
    bits = rng.integers(2, size=2 * COPY_LAG).tolist()
    return bits, bits[-COPY_LAG]


def read_copy(window):
    """The bit that many tokens back."""
    return window[-COPY_LAG] if len(window) >= COPY_LAG else None


def draw_agreement(rng):
    """A subject, then phrases that could distract; the question: is the verb singular or plural?

    The number of phrases is geometric: each next one comes with probability one half.
    """
    subject = ("key", "keys")[rng.integers(2)]
    tokens = ["the", subject]
    while rng.random() < 0.5:
        tokens += ["near", "the", ("door", "doors")[rng.integers(2)]]
    return tokens, "are" if subject == "keys" else "is"


def read_agreement(window):
    """The verb that fits the subject; the doors do not matter."""
    if "key" in window or "keys" in window:
        return "are" if "keys" in window else "is"
    return None


def draw_brackets(rng):
    """Brackets of two kinds, properly nested; the question: which one must be closed now?

    Drawn backwards from the question, opening and closing with probability one half each.
    """
    tokens, waiting = [], []
    while len(tokens) < LONGEST:
        kind = int(rng.integers(2))
        if rng.random() < 0.5:
            tokens.append(")]"[kind])
            waiting.append(kind)
        elif waiting:
            tokens.append("(["[waiting.pop()])
        else:
            tokens.append("(["[kind])
            return tokens[::-1], ")]"[kind]
    return tokens[::-1], ")]"[kind]  # it was opened even farther back


def read_brackets(window):
    """Walk back, and skip what is closed already."""
    depth = 0
    for token in reversed(window):
        if token in ")]":
            depth += 1
        elif depth:
            depth -= 1
        else:
            return ")]"["([".index(token)]
    return None


TASKS = {
    "copy": Task(draw_copy, read_copy, lambda size: float(size < COPY_LAG)),
    "agreement": Task(draw_agreement, read_agreement, lambda size: 0.5 ** ((size + 2) // 3)),
    "brackets": Task(
        draw_brackets,
        read_brackets,
        lambda size: comb(2 * ((size + 1) // 2), (size + 1) // 2) / 4 ** ((size + 1) // 2),
    ),
}
CHOICES = {"copy": (0, 1), "agreement": ("is", "are"), "brackets": (")", "]")}


@cache
def window_accuracy(*, sizes=WINDOWS, trials=2000, rng=0):
    """How often the best answer is right that sees the last tokens only.

    What stands outside the window is independent of what is inside, so beyond it one can but guess
    between two answers: the accuracy is 1 minus half the share of dependencies that are longer.

    Parameters
    ----------
    sizes : tuple of int
        Windows to try, in tokens.
    trials : int
        Questions for each task.
    rng : int
        Seed of questions and guesses.

    Returns
    -------
    dict of str to dict
        By the names in `TASKS`: "size"; "measured", the share of right answers; "expected", the
        same in closed form; each of shape (len(sizes),).
    """
    rng = np.random.default_rng(rng)
    return {name: _accuracy(name, sizes, trials, rng) for name in TASKS}


def nearest_noun_accuracy(*, trials=2000, rng=0):
    """How often the verb is right if it follows the noun just before it.

    Parameters
    ----------
    trials : int
    rng : int
        Seed of the sentences.

    Returns
    -------
    dict of str to float
        "all" sentences, and those that are "distracted" by at least one phrase.
    """
    rng = np.random.default_rng(rng)
    drawn = [draw_agreement(rng) for _ in range(trials)]
    right = np.array([tokens[-1].endswith("s") == (verb == "are") for tokens, verb in drawn])
    distracted = np.array([len(tokens) > 2 for tokens, _ in drawn])
    return {"all": float(right.mean()), "distracted": float(right[distracted].mean())}


def smallest_window(name, accuracy, *, largest=1_000_000):
    """The smallest window with which a task can be solved so often.

    Parameters
    ----------
    name : str
        One of `TASKS`.
    accuracy : float
        Wanted share of right answers, below 1.
    largest : int
        Where to give up.

    Returns
    -------
    int or None
        From the closed form; None if it is above `largest`.
    """
    beyond, size = TASKS[name].beyond, 1
    while 1 - beyond(size) / 2 < accuracy:
        size += 1
        if size > largest:
            return None
    return size


def _accuracy(name, sizes, trials, rng):
    task, choices = TASKS[name], CHOICES[name]
    drawn = [task.draw(rng) for _ in range(trials)]
    measured = []
    for size in sizes:
        guesses = rng.integers(2, size=trials)
        given = [task.read(tokens[-size:]) for tokens, _ in drawn]
        told = [choices[g] if a is None else a for a, g in zip(given, guesses, strict=True)]
        measured.append(np.mean([t == answer for t, (_, answer) in zip(told, drawn, strict=True)]))
    expected = [1 - task.beyond(size) / 2 for size in sizes]
    return {
        "size": np.array(sizes),
        "measured": np.array(measured),
        "expected": np.array(expected),
    }
