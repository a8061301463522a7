"""Wrong versions of decode_macs(n, d)."""


def last_step_only(n, d):
    """This is the last step. Add up all n of them."""
    return [4 * n * d**2 + 2 * n**2 * d, 4 * d**2 + 2 * n * d]


def last_step_every_time(n, d):
    """Step t has t tokens, not n. Sum over t."""
    return [n * (4 * n * d**2 + 2 * n**2 * d), n * (4 * d**2 + 2 * n * d)]


def whole_layer_once_without_cache(n, d):
    """Without a cache the layer runs again for every token: add up n runs."""
    return [4 * n * d**2 + 2 * n**2 * d, 4 * n * d**2 + d * n * (n + 1)]


def same_with_and_without(n, d):
    """With a cache only the new token is projected, and only its query is asked."""
    without = 2 * d**2 * n * (n + 1) + d * n * (n + 1) * (2 * n + 1) // 3
    return [without, without]


def cached_first(n, d):
    """The order is off: without a cache first, then with one."""
    without = 2 * d**2 * n * (n + 1) + d * n * (n + 1) * (2 * n + 1) // 3
    return [4 * n * d**2 + d * n * (n + 1), without]


def new_key_not_attended_to(n, d):
    """The new token attends to itself too: t keys in step t, not t - 1."""
    without = 2 * d**2 * n * (n + 1) + d * n * (n + 1) * (2 * n + 1) // 3
    return [without, 4 * n * d**2 + d * n * (n - 1)]


def steps_from_zero(n, d):
    """range(n) ends at n - 1. The steps have 1 to n tokens."""
    without = sum(4 * t * d**2 + 2 * t**2 * d for t in range(min(n, 10**4)))
    return [without, sum(4 * d**2 + 2 * t * d for t in range(min(n, 10**4)))]


def one_step_too_many(n, d):
    """There are n steps, the last with n tokens."""
    without = sum(4 * t * d**2 + 2 * t**2 * d for t in range(1, n + 2))
    return [without, sum(4 * d**2 + 2 * t * d for t in range(1, n + 2))]


def only_scores_cached(n, d):
    """A cache of keys and values also spares their projections of the old tokens."""
    without = 2 * d**2 * n * (n + 1) + d * n * (n + 1) * (2 * n + 1) // 3
    return [without, 2 * d**2 * n * (n + 1) + d * n * (n + 1)]


def only_projections_cached(n, d):
    """With a cache only the new query is asked: 2 t d in step t, not 2 t^2 d."""
    without = 2 * d**2 * n * (n + 1) + d * n * (n + 1) * (2 * n + 1) // 3
    return [without, 4 * n * d**2 + d * n * (n + 1) * (2 * n + 1) // 3]


def last_query_only_without_cache(n, d):
    """Without a cache the whole layer runs: all t queries, not only the last."""
    without = 2 * d**2 * n * (n + 1) + d * n * (n + 1)
    return [without, 4 * n * d**2 + d * n * (n + 1)]


def masked_without_cache(n, d):
    """The layer computes all t * t scores, and masks some afterwards."""
    without = sum(4 * t * d**2 + t * (t + 1) * d for t in range(1, n + 1))
    return [without, 4 * n * d**2 + d * n * (n + 1)]


def two_projections_with_cache(n, d):
    """The new token needs all four projections: its query, key, value and output."""
    without = 2 * d**2 * n * (n + 1) + d * n * (n + 1) * (2 * n + 1) // 3
    return [without, 2 * n * d**2 + d * n * (n + 1)]


def three_projections(n, d):
    """The output is projected too: four projections, not three."""
    without = sum(3 * t * d**2 + 2 * t**2 * d for t in range(1, n + 1))
    return [without, 3 * n * d**2 + d * n * (n + 1)]


def scores_only(n, d):
    """The weighted sum costs as much as the scores."""
    without = sum(4 * t * d**2 + t**2 * d for t in range(1, n + 1))
    return [without, sum(4 * d**2 + t * d for t in range(1, n + 1))]


def without_projections(n, d):
    """The four projections are missing."""
    return [d * n * (n + 1) * (2 * n + 1) // 3, d * n * (n + 1)]


def constant_with_cache(n, d):
    """A cache spares no scores of the new query: there are t of them in step t."""
    without = 2 * d**2 * n * (n + 1) + d * n * (n + 1) * (2 * n + 1) // 3
    return [without, n * (4 * d**2 + 2 * d)]


def integrals(n, d):
    """The sum over t is n (n + 1) / 2, and over t^2 n (n + 1) (2 n + 1) / 6."""
    return [2 * d**2 * n**2 + 2 * d * n**3 / 3, 4 * n * d**2 + d * n**2]


def saving(n, d):
    """Return both counts, not their ratio."""
    without = 2 * d**2 * n * (n + 1) + d * n * (n + 1) * (2 * n + 1) // 3
    return without / (4 * n * d**2 + d * n * (n + 1))


def floating_point_operations(n, d):
    """A multiply-add is counted as two. Count it as one."""
    without = 4 * d**2 * n * (n + 1) + 2 * d * n * (n + 1) * (2 * n + 1) // 3
    return [without, 8 * n * d**2 + 2 * d * n * (n + 1)]


def rounded_by_floats(n, d):
    """/ makes a float, which keeps 53 bits. The sums are whole: use //."""
    without = 2 * d**2 * n * (n + 1) + d * n * (n + 1) * (2 * n + 1) / 3
    return [int(without), 4 * n * d**2 + d * n * (n + 1)]


def cached_rounded_by_floats(n, d):
    """/ makes a float, which keeps 53 bits. The sums are whole: use //."""
    without = 2 * d**2 * n * (n + 1) + d * n * (n + 1) * (2 * n + 1) // 3
    return [without, int(4 * n * d**2 + 2 * d * (n * (n + 1) / 2))]


def divided_too_early(n, d):
    """(2 n + 1) // 3 loses a rest. Multiply first, then divide."""
    without = 2 * d**2 * n * (n + 1) + d * n * (n + 1) * ((2 * n + 1) // 3)
    return [without, 4 * n * d**2 + d * n * (n + 1)]


def each_step_listed(n, d):
    """Return two numbers: the sums over all steps."""
    steps = range(1, n + 1)
    return [
        [4 * t * d**2 + 2 * t**2 * d for t in steps],
        [4 * d**2 + 2 * t * d for t in steps],
    ]
