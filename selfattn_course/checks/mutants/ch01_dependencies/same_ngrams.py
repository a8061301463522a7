"""Wrong versions of same_ngrams(window)."""

import numpy as np


def the_same_twice(window):
    """Both sequences are the same. They have to differ, and so has the answer."""
    fill = [1, 0] * window
    first = [*fill, 1, *fill, 0, *fill]
    return first, list(first)


def unbalanced_one_first(window):
    """The order is reversed: the balanced sequence comes first."""
    fill = [1, 0] * window
    return [*fill, 0, *fill, 1, *fill], [*fill, 1, *fill, 0, *fill]


def zero_opens(window):
    """1 opens and 0 closes. Here it is the other way round."""
    fill = [0, 1] * window
    return [*fill, 0, *fill, 1, *fill], [*fill, 1, *fill, 0, *fill]


def half_the_symbols_alone(window):
    """The same symbols are not enough: n-grams of every length up to `window` have to agree."""
    half = window + 1
    return [1] * half + [0] * half, [0] * half + [1] * half


def filling_too_short(window):
    """The parts between are too short, so a long n-gram sees both signs. Use longer ones."""
    fill = [1, 0] * max(window // 4, 0)
    return [*fill, 1, *fill, 0, *fill], [*fill, 0, *fill, 1, *fill]


def ends_left_bare(window):
    """The ends differ. Put the same symbols before the first sign and after the last one."""
    fill = [1, 0] * window
    return [1, *fill, 0], [0, *fill, 1]


def start_left_bare(window):
    """The starts differ. Put the same symbols before the first sign as between the two."""
    fill = [1, 0] * window
    return [1, *fill, 0, *fill], [0, *fill, 1, *fill]


def middle_left_out(window):
    """The two signs stand side by side, and every 2-gram sees that. Put symbols between them."""
    fill = [1, 0] * window
    return [*fill, 1, 0, *fill], [*fill, 0, 1, *fill]


def both_balanced(window):
    """Both sequences are balanced. The answer has to differ."""
    fill = [1, 0] * window
    return [*fill, 1, 0, *fill, 1, 1, 0, 0, *fill], [*fill, 1, 1, 0, 0, *fill, 1, 0, *fill]


def neither_balanced(window):
    """Neither is balanced: some bracket stays open. Open as many as you close."""
    fill = [1, 0] * window
    return [*fill, 1, *fill, 1, 1, *fill], [*fill, 1, 1, *fill, 1, *fill]


def mirrored(window):
    """Reading backwards turns every n-gram round. Exchange two parts instead."""
    fill = [1, 0] * window
    first = [*fill, 1, 1, *fill, 0, 0]
    return first, first[::-1]


def inverted(window):
    """Other signs are other n-grams. Use the same parts in another order."""
    fill = [1, 0] * window
    first = [*fill, 1, *fill, 0, *fill]
    return first, [1 - sign for sign in first]


def random_order(window):
    """A shuffled sequence has other n-grams. Exchange two parts, and keep what is around them."""
    fill = [1, 0] * (window + 1)
    first = np.array([*fill, 1, *fill, 0, *fill])
    return first, np.random.default_rng(0).permutation(first)


def window_ignored(window):
    """This suits n-grams up to 2. Let the length grow with `window`."""
    return [1, 0, 1, 1, 0, 0, 1, 0], [1, 0, 0, 1, 0, 1, 1, 0]


def five_at_most(window):
    """This suits n-grams up to 5. Let the length grow with `window`."""
    fill = [1, 0] * 2
    return [*fill, 1, *fill, 0, *fill], [*fill, 0, *fill, 1, *fill]


def very_long(window):
    """At most 1000 symbols are allowed. Parts a little longer than the window will do."""
    fill = [1, 0] * 400 * window
    return [*fill, 1, *fill, 0, *fill], [*fill, 0, *fill, 1, *fill]


def one_symbol_more(window):
    """The sequences differ in length. The same n-grams need the same length."""
    fill = [1, 0] * window
    return [*fill, 1, *fill, 0, *fill], [*fill, 0, *fill, 1, *fill, 0]


def plus_and_minus(window):
    """Write 1 for an opening bracket and 0 for a closing one."""
    fill = [1, -1] * window
    return [*fill, 1, *fill, -1, *fill], [*fill, -1, *fill, 1, *fill]


def as_text(window):
    """Write 1 for an opening bracket and 0 for a closing one, as numbers in a list."""
    fill = "()" * window
    return f"{fill}({fill}){fill}", f"{fill}){fill}({fill}"


def as_digits(window):
    """Write the numbers 0 and 1 in a list, not as text."""
    fill = "10" * window
    return list(f"{fill}1{fill}0{fill}"), list(f"{fill}0{fill}1{fill}")


def one_sequence(window):
    """Return two sequences: `return first, second`."""
    fill = [1, 0] * window
    return [*fill, 1, *fill, 0, *fill]


def three_sequences(window):
    """Return two sequences: `return first, second`."""
    fill = [1, 0] * window
    first, second = [*fill, 1, *fill, 0, *fill], [*fill, 0, *fill, 1, *fill]
    return first, second, first


def depths(window):
    """These are the depths. Return the brackets themselves: 1 opens, 0 closes."""
    fill = [1, 0] * window
    signs = np.array([[*fill, 1, *fill, 0, *fill], [*fill, 0, *fill, 1, *fill]])
    return np.cumsum(2 * signs - 1, axis=1)


def all_open_first(window):
    """Deep nesting is fine, but the second sequence closes before it opens and differs at once."""
    size = 2 * window
    return [1] * size + [0] * size, [1, 0] * size


def empty_sequences(window):
    """Empty sequences have no n-grams, and nothing to tell them apart. Begin with one bracket."""
    return [], []
