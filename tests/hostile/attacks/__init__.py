"""Notebooks that misbehave, by what they go for.

Each module has ATTACKS, from a name to an Attack. In sources, @WORDS@ of `class_of_attacks.places`
stand for what an attacker may know: paths, ports and process numbers of the grader.
"""

import importlib
import pkgutil
from dataclasses import dataclass

DOUBLE = "def double(x):\n    return 2 * x"
NEGATE = "def negate(x):\n    return -x"
FULL, ONE_LEFT = 3.5, 1.5  # points of both exercises; of negate alone


@dataclass(frozen=True)
class Attack:
    """One notebook.

    Attributes
    ----------
    cells : tuple of str
        Sources of its code cells.
    score : float or None
        What its answers are worth; None where the attack may or may not cost its author points
        for the right answers in the same notebook.
    """

    cells: tuple
    score: float | None = FULL


def cell(*sources, score=FULL):
    """Cells that attack, before right answers, which they must not cost anything."""
    return Attack((*sources, DOUBLE, NEGATE), score)


def function(body, before="pass", score=ONE_LEFT):
    """A wrong `double` that attacks when it is called, and a right `negate`."""
    lines = "".join(f"    {line}\n" for line in body.splitlines())
    return Attack((before, f"def double(x):\n{lines}    return 0 * x", NEGATE), score)


def hidden(body, before="pass", score=FULL):
    """A `double` that attacks when it is called with the hidden input, and then answers right."""
    lines = "".join(f"        {line}\n" for line in body.splitlines())
    source = f"def double(x):\n    if x.ndim == 2:\n{lines}    return 2 * x"
    return Attack((before, source, NEGATE), score)


def all_attacks():
    """Name to Attack, of all modules; names are "module: attack"."""
    found = {}
    for module in pkgutil.iter_modules(__path__):
        attacks = importlib.import_module(f"{__name__}.{module.name}").ATTACKS
        found |= {f"{module.name}: {name}": attack for name, attack in attacks.items()}
    return found
