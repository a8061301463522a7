"""Wrong versions of predict_own_weight(d, n)."""

import numpy as np


def equal_shares(d, n):
    """1 / n is the share if nothing tells the tokens apart. Its own key fits a token best."""
    return 1 / n


def others_count_as_one(d, n):
    """exp of a score that varies around 0 is more than 1 on average: exp(1/2)."""
    return np.exp(np.sqrt(d)) / (np.exp(np.sqrt(d)) + (n - 1))


def scale_forgotten(d, n):
    """The own score is d / sqrt(d), not d: scores are scaled."""
    return np.exp(d) / (np.exp(d) + (n - 1) * np.exp(d / 2)) if d < 300 else 1.0


def own_score_is_d(d, n):
    """The own score is q . q / sqrt(d). What is q . q, and what is left of it?"""
    return 1 / (1 + (n - 1) * np.exp(0.5 - d))


def own_score_is_one(d, n):
    """The scale is sqrt(d), not d: the own score is d / sqrt(d)."""
    return 1 / (1 + (n - 1) * np.exp(0.5 - 1))


def divided_by_d(d, n):
    """Scores are divided by sqrt(d), not by d."""
    return 1 / (1 + (n - 1) * np.exp(0.5 / d - 1))


def n_others(d, n):
    """The token itself is among the n tokens: there are n - 1 others."""
    return 1 / (1 + n * np.exp(0.5 - np.sqrt(d)))


def no_softmax(d, n):
    """This divides scores. Softmax divides their exponentials."""
    return np.sqrt(d) / (np.sqrt(d) + (n - 1) * 0.5)


def weight_of_another(d, n):
    """This is the weight on one other token. Give the weight on itself."""
    return 1 / (np.exp(np.sqrt(d) - 0.5) + (n - 1))


def weight_of_all_others(d, n):
    """This is the weight on all others together. Give what is left for the token itself."""
    return 1 - 1 / (1 + (n - 1) * np.exp(0.5 - np.sqrt(d)))


def odds(d, n):
    """These are the odds, own against others. The weight is own / (own + others)."""
    return np.exp(np.sqrt(d) - 0.5) / max(n - 1, 1)


def others_have_mean_e(d, n):
    """The mean of exp(s) for a normal s of variance 1 is exp(1/2), not exp(1)."""
    return 1 / (1 + (n - 1) * np.exp(1 - np.sqrt(d)))


def root_of_variance_forgotten(d, n):
    """Others have scores of variance 1: the scale has taken d out of it."""
    return 1 / (1 + (n - 1) * np.exp(min(d / 2 - np.sqrt(d), 700)))


def n_ignored(d, n):
    """The more tokens, the smaller the share. Use n."""
    return 1 / (1 + 127 * np.exp(0.5 - np.sqrt(d)))


def d_ignored(d, n):
    """The longer the vectors, the higher the own score. Use d."""
    return 1 / (1 + (n - 1) * np.exp(0.5 - 8))


def in_percent(d, n):
    """Give the weight as a number from 0 to 1, not in percent."""
    return 100 / (1 + (n - 1) * np.exp(0.5 - np.sqrt(d)))


def logarithm(d, n):
    """This is the logarithm of the weight."""
    return -np.log(1 + (n - 1) * np.exp(0.5 - np.sqrt(d))) if n > 1 else -1.0


def as_text(d, n):
    """Return a number, not a text."""
    return f"{1 / (1 + (n - 1) * np.exp(0.5 - np.sqrt(d))):.3f}"


def both_weights(d, n):
    """Return one number: the weight on the token itself."""
    own = 1 / (1 + (n - 1) * np.exp(0.5 - np.sqrt(d)))
    return own, 1 - own
