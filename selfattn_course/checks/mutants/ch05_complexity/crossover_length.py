"""Wrong versions of crossover_length(d, n_matrices)."""


def scores_only(d, n_matrices):
    """The four projections of attention are missing."""
    return n_matrices * d // 2


def three_projections(d, n_matrices):
    """The output is projected too: four projections, not three."""
    return max(0, (n_matrices - 3) * d // 2)


def always_lstm(d, n_matrices):
    """2 d is right for an LSTM, with its 8 matrices. Use n_matrices."""
    return 2 * d


def always_d(d, n_matrices):
    """n = d is where scores alone cost as much as a plain RNN. Count the projections too."""
    return d


def scores_counted_once(d, n_matrices):
    """The weighted sum costs as much as the scores: 2 n^2 d in all, so divide by 2."""
    return max(0, (n_matrices - 4) * d)


def divided_by_four(d, n_matrices):
    """Scores and weighted sum cost n^2 d each, which is 2 n^2 d and not 4."""
    return max(0, (n_matrices - 4) * d // 4)


def rounded_up(d, n_matrices):
    """At the length above the meeting point attention already costs more. Round down."""
    return max(0, -((4 - n_matrices) * d // 2))


def first_length_beyond(d, n_matrices):
    """This is the first length at which attention costs more. Give the last before."""
    return max(0, (n_matrices - 4) * d // 2) + 1


def strictly_cheaper(d, n_matrices):
    """At equal cost attention needs no more than the other, so that length counts."""
    return max(0, ((n_matrices - 4) * d - 1) // 2)


def below_zero(d, n_matrices):
    """No length is below 0. If attention always needs more, the answer is 0."""
    return (n_matrices - 4) * d // 2


def at_least_one(d, n_matrices):
    """If attention needs more even for one token, the answer is 0."""
    return max(1, (n_matrices - 4) * d // 2)


def size_of_the_difference(d, n_matrices):
    """With fewer matrices than projections attention never is cheaper: the answer is 0."""
    return abs(n_matrices - 4) * d // 2


def features_halved_first(d, n_matrices):
    """d // 2 loses a half if d is odd. Multiply first, then divide."""
    return max(0, (n_matrices - 4) * (d // 2))


def matrices_halved_first(d, n_matrices):
    """(n_matrices - 4) // 2 loses a half if it is odd. Multiply first, then divide."""
    return max(0, (n_matrices - 4) // 2 * d)


def half_a_token(d, n_matrices):
    """A length is a whole number: round down."""
    return max(0, (n_matrices - 4) * d / 2)


def rounded_by_floats(d, n_matrices):
    """/ makes a float, which keeps 53 bits. Use // instead."""
    return max(0, int((n_matrices - 4) * d / 2))


def rounded_by_floor(d, n_matrices):
    """/ makes a float, which keeps 53 bits. Use // instead."""
    return max(0, int((n_matrices - 4) / 2 * d // 1))


def overflow(d, n_matrices):
    """NumPy's integers end at 64 bits. Use Python's own."""
    return min(max(0, (n_matrices - 4) * d // 2), 2**63 - 1)


def none_for_never(d, n_matrices):
    """If attention always needs more, return 0."""
    return (n_matrices - 4) * d // 2 if n_matrices > 4 else None


def infinite_for_never(d, n_matrices):
    """If attention always needs more, the longest length at which it does not is 0."""
    return (n_matrices - 4) * d // 2 if n_matrices > 4 else float("inf")


def sum_of_both(d, n_matrices):
    """The four projections count for attention: they make its length shorter, not longer."""
    return (n_matrices + 4) * d // 2


def features_forgotten(d, n_matrices):
    """Both costs depend on d. What is left after dividing by 2 n d?"""
    return max(0, (n_matrices - 4) // 2)


def features_inverted(d, n_matrices):
    """n d^2 over n^2 d is d over n, so the length grows with d."""
    return max(0, (n_matrices - 4) // (2 * d))


def features_squared(d, n_matrices):
    """Divide by 2 n d, so that one d is left, not two."""
    return max(0, (n_matrices - 4) * d * d // 2)


def searched_up_to_a_thousand(d, n_matrices):
    """A search that ends somewhere misses longer lengths. Solve for n instead."""
    fits = [n for n in range(1, 1001) if 4 * d + 2 * n <= n_matrices * d]
    return max(fits, default=0)


def never_for_two_and_three_only(d, n_matrices):
    """Attention always needs more than a layer of one matrix, too: the answer is 0 there."""
    return 0 if n_matrices in (2, 3) else (n_matrices - 4) * d // 2
