"""Wrong versions of predict_growth(exponent, factor)."""


def exponential(exponent, factor):
    """This grows exponentially. In a power law the length is the base: factor ** exponent."""
    return exponent**factor


def product(exponent, factor):
    """The exponent says how often the factor is multiplied with itself, not by what."""
    return exponent * factor


def as_the_length(exponent, factor):
    """That would be linear cost. Use the exponent."""
    return factor


def always_quadratic(exponent, factor):
    """That would be quadratic cost. Use the exponent."""
    return factor**2


def always_doubled(exponent, factor):
    """That is for twice the length. Use the factor."""
    return 2**exponent


def increase_only(exponent, factor):
    """This is what is added. Give new cost divided by old cost."""
    return factor**exponent - 1


def old_over_new(exponent, factor):
    """This is old over new. Give new cost divided by old cost."""
    return factor**-exponent


def one_more(exponent, factor):
    """The exponent is one too large."""
    return factor ** (exponent + 1)


def one_fewer(exponent, factor):
    """The exponent is one too small."""
    return factor ** (exponent - 1)


def percent(exponent, factor):
    """Give the factor itself, not percent."""
    return 100 * factor**exponent


def sum_of_both(exponent, factor):
    """A power is asked for, not a sum."""
    return exponent + factor


def root(exponent, factor):
    """This undoes the power. How does the cost grow with the length?"""
    return factor ** (1 / exponent) if exponent else 1.0


def whole_exponents_only(exponent, factor):
    """An exponent need not be whole."""
    return factor ** int(exponent)


def whole_factors_only(exponent, factor):
    """A factor need not be whole: 0.5 halves the length."""
    return int(factor) ** exponent


def growth_only(exponent, factor):
    """A shorter text costs less: the result may be below 1."""
    return max(1, factor**exponent)


def as_list(exponent, factor):
    """Return one number, new cost divided by old cost."""
    return [1, factor**exponent]


def bounded(exponent, factor):
    """The cost of a long text is not bounded by any number."""
    return min(factor**exponent, 1000)


def constant_cost_grows(exponent, factor):
    """With exponent 0 the cost stays as it is: a factor of 1."""
    return factor**exponent if exponent else factor


def shorter_texts_in_proportion(exponent, factor):
    """A shorter text follows the same power law: the exponent counts below factor 1 too."""
    return factor**exponent if factor >= 1 or exponent in (2, 3) else factor


def only_the_example_below_one(exponent, factor):
    """This knows half the length only. Any factor below 1 follows the same power law."""
    return factor**exponent if factor >= 1 else {2: 0.25}.get(exponent, 1 / factor)


def at_least_linear(exponent, factor):
    """An exponent may lie between 0 and 1: then the cost grows more slowly than the text."""
    return factor ** (max(exponent, 1) if exponent else 0)
