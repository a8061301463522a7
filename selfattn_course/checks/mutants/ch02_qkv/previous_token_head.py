"""Wrong versions of previous_token_head(n)."""

import numpy as np


def next_token(n):
    """This head looks at the next token. Shift the other way."""
    w_q = 10 * np.eye(n)
    w_k = 10 * np.eye(n, k=-1)
    return w_q, w_k


def the_token_itself(n):
    """This head looks at the token itself. Shift the keys by one."""
    w_q = 10 * np.eye(n)
    w_k = 10 * np.eye(n)
    return w_q, w_k


def two_tokens_back(n):
    """This head looks two tokens back."""
    w_q = 10 * np.eye(n)
    w_k = 10 * np.eye(n, k=2)
    return w_q, w_k


def too_soft(n):
    """The weight is spread over all tokens. Larger entries make it sharper."""
    w_q = np.eye(n)
    w_k = np.eye(n, k=1)
    return w_q, w_k


def scale_forgotten(n):
    """Scores are divided by sqrt(d): a gap that is enough without the scale is not with it."""
    w_q = 2.2 * np.eye(n)
    w_k = 2.2 * np.eye(n, k=1)
    return w_q, w_k


def over_budget(n):
    """Entries of up to 100 are enough, and no larger ones count."""
    w_q = 1000 * np.eye(n)
    w_k = 10 * np.eye(n, k=1)
    return w_q, w_k


def infinite(n):
    """Entries have to be finite: infinity times 0 is not a number."""
    w_q = np.where(np.eye(n) > 0, np.inf, 0.0)
    w_k = 10 * np.eye(n, k=1)
    return w_q, w_k


def everything_before(n):
    """This head looks at all earlier tokens. Only one of them comes right before."""
    w_q = 10 * np.eye(n)
    w_k = 10 * np.triu(np.ones((n, n)), 1)
    return w_q, w_k


def wrong_sign(n):
    """The sign is wrong: the token before gets the smallest weight."""
    w_q = 10 * np.eye(n)
    w_k = -10 * np.eye(n, k=1)
    return w_q, w_k


def swapped(n):
    """Queries and keys are swapped, so each token is looked at by the one before it."""
    return 10 * np.eye(n, k=1), 10 * np.eye(n)


def first_token_always(n):
    """All look at token 0. Each has to look at the one before it."""
    return 10 * np.ones((n, n)), 10 * (np.arange(n) == 0)[:, None] * np.ones((n, n))


def second_to_last_lost(n):
    """The last token looks elsewhere: its row of w_q, or the row of w_k before it, is missing."""
    w_q, w_k = 10 * np.eye(n), 10 * np.eye(n, k=1)
    w_k[n - 2] = 0
    return w_q, w_k


def always_four_tokens(n):
    """The 4 in the code is right for one case only. Use n."""
    return 10 * np.eye(4), 10 * np.eye(4, k=1)


def one_matrix(n):
    """Return two matrices, w_q and w_k, not their product."""
    return 100 * np.eye(n, k=-1)


def weights_instead(n):
    """These are weights. Return the matrices w_q and w_k that lead to them."""
    return np.eye(n, k=-1), np.eye(n, k=-1)


def transposed_for_a_narrow_head(n):
    """Each matrix has one row for each position: shape (n, d)."""
    angle = 2 * np.pi * np.arange(n) / n
    turned = angle + 2 * np.pi / n
    return 60 * np.array([np.cos(angle), np.sin(angle)]), 60 * np.array(
        [np.cos(turned), np.sin(turned)]
    )


def on_a_circle_without_turning(n):
    """Queries and keys of one place coincide. Turn the keys by one place."""
    angle = 2 * np.pi * np.arange(n) / n
    w = 80 * np.stack([np.cos(angle), np.sin(angle)], axis=1)
    return w, w


def circle_too_small(n):
    """Neighbours on the circle score almost the same. A larger circle parts them."""
    angle = 2 * np.pi * np.arange(n) / n
    turned = angle + 2 * np.pi / n
    w_q, w_k = (np.stack([np.cos(a), np.sin(a)], axis=1) for a in (angle, turned))
    return 2 * w_q, 2 * w_k


def as_text(n):
    """Return numbers: two matrices."""
    return "w_q", "w_k"


def as_dictionary(n):
    """Return a tuple, w_q first."""
    return {"w_q": 10 * np.eye(n), "w_k": 10 * np.eye(n, k=1)}
