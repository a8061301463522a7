"""Wrong versions of mac_count(n, d, width)."""

import numpy as np


def projections_forgotten(n, d, width):
    """Attention here has four projections, each n * d * d."""
    return [2 * n * n * d, 2 * n * d * d, 8 * n * d * d, n * width * d * d]


def three_projections(n, d, width):
    """The output is projected too: four projections, not three."""
    return [3 * n * d * d + 2 * n * n * d, 2 * n * d * d, 8 * n * d * d, n * width * d * d]


def one_projection(n, d, width):
    """Queries, keys, values and output have a projection each: four, not one."""
    return [n * d * d + 2 * n * n * d, 2 * n * d * d, 8 * n * d * d, n * width * d * d]


def scores_only(n, d, width):
    """The weighted sum of the values is missing: it costs as much as the scores."""
    return [4 * n * d * d + n * n * d, 2 * n * d * d, 8 * n * d * d, n * width * d * d]


def attention_sizes_swapped(n, d, width):
    """In attention n and d have changed places: projections n d^2, scores n^2 d."""
    return [4 * n * n * d + 2 * n * d * d, 2 * n * d * d, 8 * n * d * d, n * width * d * d]


def projections_multiplied(n, d, width):
    """The parts of attention follow each other: their counts add up."""
    return [8 * n * n * n * d * d * d, 2 * n * d * d, 8 * n * d * d, n * width * d * d]


def linear_attention(n, d, width):
    """Each of n queries meets all n keys: n * n * d, twice."""
    return [6 * n * d * d, 2 * n * d * d, 8 * n * d * d, n * width * d * d]


def causal_attention(n, d, width):
    """Nothing is masked: every query meets all n keys."""
    return [4 * n * d * d + n * (n + 1) * d, 2 * n * d * d, 8 * n * d * d, n * width * d * d]


def attention_without_itself(n, d, width):
    """A token attends to itself too: n keys, not n - 1."""
    return [4 * n * d * d + 2 * n * (n - 1) * d, 2 * n * d * d, 8 * n * d * d, n * width * d * d]


def softmax_counted(n, d, width):
    """Only multiply-adds of matrix products count, no exponentials."""
    return [4 * n * d * d + 2 * n * n * d + n * n, 2 * n * d * d, 8 * n * d * d, n * width * d * d]


def projections_once(n, d, width):
    """Every token is projected: n * d * d for each projection, not d * d."""
    return [4 * d * d + 2 * n * n * d, 2 * n * d * d, 8 * n * d * d, n * width * d * d]


def rnn_without_input(n, d, width):
    """The RNN multiplies its input with a matrix too, not only its state."""
    return [4 * n * d * d + 2 * n * n * d, n * d * d, 8 * n * d * d, n * width * d * d]


def rnn_one_step_fewer(n, d, width):
    """The RNN has a state before its first step: the state's product counts n times."""
    rnn = n * d * d + (n - 1) * d * d
    return [4 * n * d * d + 2 * n * n * d, rnn, 8 * n * d * d, n * width * d * d]


def rnn_of_all_earlier_steps(n, d, width):
    """An RNN looks at the last state only, not at all earlier ones."""
    rnn = n * d * d + n * (n + 1) // 2 * d * d
    return [4 * n * d * d + 2 * n * n * d, rnn, 8 * n * d * d, n * width * d * d]


def rnn_quadratic(n, d, width):
    """The cost of an RNN is linear in n: two products of d * d in each step."""
    return [4 * n * d * d + 2 * n * n * d, 2 * n * n * d, 8 * n * d * d, n * width * d * d]


def rnn_exponential(n, d, width):
    """The cost of an RNN does not double with each step: two products of d * d in each."""
    rnn = 2 ** min(n, 30) * d * d
    return [4 * n * d * d + 2 * n * n * d, rnn, 8 * n * d * d, n * width * d * d]


def rnn_with_output(n, d, width):
    """The RNN here returns its states. There is no product more for an output."""
    return [4 * n * d * d + 2 * n * n * d, 3 * n * d * d, 8 * n * d * d, n * width * d * d]


def rnn_with_bias(n, d, width):
    """Adding a bias is no product. Only multiply-adds of matrix products count."""
    return [4 * n * d * d + 2 * n * n * d, 2 * n * d * d + n * d, 8 * n * d * d, n * width * d * d]


def lstm_as_rnn(n, d, width):
    """An LSTM has four gates, each with the products of an RNN."""
    return [4 * n * d * d + 2 * n * n * d, 2 * n * d * d, 2 * n * d * d, n * width * d * d]


def lstm_of_three_gates(n, d, width):
    """Input, forget and output gate, and the candidate: four pairs of products."""
    return [4 * n * d * d + 2 * n * n * d, 2 * n * d * d, 6 * n * d * d, n * width * d * d]


def lstm_one_product_each(n, d, width):
    """Each of the four gates multiplies the input and the state: eight products."""
    return [4 * n * d * d + 2 * n * n * d, 2 * n * d * d, 4 * n * d * d, n * width * d * d]


def lstm_elementwise_too(n, d, width):
    """Gates act entry by entry. Only multiply-adds of matrix products count."""
    lstm = 8 * n * d * d + 3 * n * d
    return [4 * n * d * d + 2 * n * n * d, 2 * n * d * d, lstm, n * width * d * d]


def lstm_gate_squared(n, d, width):
    """The four gates read the state of d features, not each other's 4 d."""
    lstm = n * (4 * d * d + 16 * d * d)
    return [4 * n * d * d + 2 * n * n * d, 2 * n * d * d, lstm, n * width * d * d]


def depthwise_convolution(n, d, width):
    """Every output feature of the convolution sees all d features of its neighbours."""
    return [4 * n * d * d + 2 * n * n * d, 2 * n * d * d, 8 * n * d * d, n * width * d]


def width_squared(n, d, width):
    """A sequence has one axis: width positions lie under the filter, not width * width."""
    return [4 * n * d * d + 2 * n * n * d, 2 * n * d * d, 8 * n * d * d, n * width**2 * d * d]


def width_ignored(n, d, width):
    """The filter reads `width` positions for each output."""
    return [4 * n * d * d + 2 * n * n * d, 2 * n * d * d, 8 * n * d * d, n * d * d]


def always_width_3(n, d, width):
    """The width is an argument; 3 is only one of many."""
    return [4 * n * d * d + 2 * n * n * d, 2 * n * d * d, 8 * n * d * d, 3 * n * d * d]


def width_on_both_sides(n, d, width):
    """The filter has `width` positions in all, not on each side."""
    conv = n * (2 * width + 1) * d * d
    return [4 * n * d * d + 2 * n * n * d, 2 * n * d * d, 8 * n * d * d, conv]


def valid_convolution(n, d, width):
    """The sequence keeps its length: n outputs, for the ends are padded with zeros."""
    conv = max(0, n - width + 1) * width * d * d
    return [4 * n * d * d + 2 * n * n * d, 2 * n * d * d, 8 * n * d * d, conv]


def padding_not_counted(n, d, width):
    """Products with the padding count too: every output takes width * d * d."""
    reach = sum(max(0, n - abs(j - width // 2)) for j in range(width))
    return [4 * n * d * d + 2 * n * n * d, 2 * n * d * d, 8 * n * d * d, reach * d * d]


def filter_cut_to_the_sequence(n, d, width):
    """Products with the padding count too, even if the filter is wider than the sequence."""
    conv = n * min(width, n) * d * d
    return [4 * n * d * d + 2 * n * n * d, 2 * n * d * d, 8 * n * d * d, conv]


def odd_filters_only(n, d, width):
    """A filter may have an even width too."""
    conv = n * (2 * (width // 2) + 1) * d * d
    return [4 * n * d * d + 2 * n * n * d, 2 * n * d * d, 8 * n * d * d, conv]


def floating_point_operations(n, d, width):
    """A multiply-add is counted as two. Count it as one."""
    return [8 * n * d * d + 4 * n * n * d, 4 * n * d * d, 16 * n * d * d, 2 * n * width * d * d]


def numbers_of_weights(n, d, width):
    """These are the numbers in the weight matrices. Each is used for every token."""
    return [4 * d * d, 2 * d * d, 8 * d * d, width * d * d]


def order_changed(n, d, width):
    """The order is attention, RNN, LSTM, convolution."""
    return [2 * n * d * d, 8 * n * d * d, n * width * d * d, 4 * n * d * d + 2 * n * n * d]


def rnn_and_lstm_swapped(n, d, width):
    """The RNN comes second, the LSTM third."""
    return [4 * n * d * d + 2 * n * n * d, 8 * n * d * d, 2 * n * d * d, n * width * d * d]


def totalled(n, d, width):
    """Return four counts, not their sum."""
    return 4 * n * d * d + 2 * n * n * d + 10 * n * d * d + n * width * d * d


def as_dictionary(n, d, width):
    """Return a list of four counts: attention, RNN, LSTM, convolution."""
    return {
        "attention": 4 * n * d * d + 2 * n * n * d,
        "rnn": 2 * n * d * d,
        "lstm": 8 * n * d * d,
        "convolution": n * width * d * d,
    }


def as_column(n, d, width):
    """Return four counts in a row: [a, b, c, d] and not [[a], [b], [c], [d]]."""
    counts = [4 * n * d * d + 2 * n * n * d, 2 * n * d * d, 8 * n * d * d, n * width * d * d]
    return [[count] for count in counts]


def rounded_by_floats(n, d, width):
    """A float keeps 53 bits, a float32 only 24. Use integers throughout: no 2.0 and no /."""
    n = float(n)
    return [4 * n * d * d + 2 * n * n * d, 2 * n * d * d, 8 * n * d * d, n * width * d * d]


def only_attention_rounded(n, d, width):
    """A float keeps 53 bits, a float32 only 24. Use integers throughout: no 2.0 and no /."""
    attention = int(2 * n * d * (2 * d + n) * 1.0)
    return [attention, 2 * n * d * d, 8 * n * d * d, n * width * d * d]


def only_convolution_rounded(n, d, width):
    """A float keeps 53 bits, a float32 only 24. Use integers throughout: no 2.0 and no /."""
    return [
        4 * n * d * d + 2 * n * n * d,
        2 * n * d * d,
        8 * n * d * d,
        int(n * d * d / (1 / width)),
    ]


def in_int32(n, d, width):
    """An int32 wraps around at 2**31. Use Python's own integers, or int64."""
    counts = [4 * n * d * d + 2 * n * n * d, 2 * n * d * d, 8 * n * d * d, n * width * d * d]
    return [(count + 2**31) % 2**32 - 2**31 for count in counts]


def in_float32(n, d, width):
    """A float keeps 53 bits, a float32 only 24. Use integers throughout: no 2.0 and no /."""
    counts = [4 * n * d * d + 2 * n * n * d, 2 * n * d * d, 8 * n * d * d, n * width * d * d]
    return np.array(counts, dtype=np.float32)


def in_millions(n, d, width):
    """Give the counts themselves, not millions of them."""
    counts = [4 * n * d * d + 2 * n * n * d, 2 * n * d * d, 8 * n * d * d, n * width * d * d]
    return [count / 10**6 for count in counts]


def attention_at_least_as_an_rnn(n, d, width):
    """n may be smaller than d, or larger: the formula for attention is the same."""
    attention = 4 * n * d * d + 2 * n * max(n, d) * d
    return [attention, 2 * n * d * d, 8 * n * d * d, n * width * d * d]


def logarithmic_attention(n, d, width):
    """Each query meets all n keys, not log n of them."""
    attention = 4 * n * d * d + 2 * n * n.bit_length() * d
    return [attention, 2 * n * d * d, 8 * n * d * d, n * width * d * d]


def windowed_attention(n, d, width):
    """`width` is the width of the convolution. In attention each query meets all n keys."""
    attention = 4 * n * d * d + 2 * n * min(n, width) * d
    return [attention, 2 * n * d * d, 8 * n * d * d, n * width * d * d]


def state_kept_between_calls(n, d, width, _counts=[]):  # noqa: B006  the shared list is the point
    """Counts of an earlier call come first. Make a new list in every call."""
    _counts += [4 * n * d * d + 2 * n * n * d, 2 * n * d * d, 8 * n * d * d, n * width * d * d]
    return _counts[:4]
