"""All claims of the course, and the articles that make them."""

import importlib
import pkgutil
from functools import cache

from selfattn_course.experiments import claims

ARTICLES = {
    "A": "Understanding Self-Attention and Its Role in Long-Range Dependencies (Logic Nest)",
    "B": "Self-Attention: A Powerful Mechanism in Deep Learning",
    "C": "Understanding Self-Attention in All Its Aspects: An Explanation for the Average Joe "
    "(AI FAQ)",
}


@cache
def ledger():
    """Every claim that a chapter has put on trial.

    Returns
    -------
    dict of str to Claim
        By id, in the order of the chapters.

    Raises
    ------
    ValueError
        If two claims have the same id.
    """
    found = {}
    for module in sorted(pkgutil.iter_modules(claims.__path__), key=lambda module: module.name):
        if not module.name.startswith("ch"):
            continue
        for claim in importlib.import_module(f"{claims.__name__}.{module.name}").CLAIMS:
            if claim.id in found:
                raise ValueError(f"two claims are called {claim.id}; expected one. Rename one.")
            found[claim.id] = claim
    return found


@cache
def measured(claim_id):
    """The numbers of a claim's experiment, run once in a process.

    Parameters
    ----------
    claim_id : str

    Returns
    -------
    dict of str to number
    """
    return dict(ledger()[claim_id].measure())
