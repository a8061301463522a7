"""Wrong versions of sequential_steps(n, n_layers)."""


def layers_one_after_the_other(n, n_layers):
    """Layer 2 can begin with step 1 as soon as layer 1 is done with it. It need not wait."""
    return [[n * n_layers, n * n_layers], [n_layers, n * n_layers]]


def all_layers_at_once(n, n_layers):
    """A layer needs the result of the layer below, so the last one starts later."""
    return [[n, n * n_layers], [n_layers, n * n_layers]]


def one_more_than_needed(n, n_layers):
    """The first layer's last step and the second's are one apart: n + n_layers - 1 in all."""
    return [[n + n_layers, n * n_layers], [n_layers, n * n_layers]]


def longer_of_both(n, n_layers):
    """The layers start one after the other, so steps and layers add up."""
    return [[max(n, n_layers), n * n_layers], [n_layers, n * n_layers]]


def attention_in_one_step(n, n_layers):
    """Each attention layer needs the one below it. There are n_layers of them."""
    return [[n + n_layers - 1, n * n_layers], [1, n]]


def attention_reads_in_one_step(n, n_layers):
    """Reading needs one step per attention layer: each needs the one below it."""
    return [[n + n_layers - 1, n * n_layers], [1, n * n_layers]]


def attention_reads_token_by_token(n, n_layers):
    """Attention reads all tokens at the same time. Only its layers wait for each other."""
    return [[n + n_layers - 1, n * n_layers], [n * n_layers, n * n_layers]]


def attention_reads_in_a_wave(n, n_layers):
    """Attention reads all tokens at the same time. Only its layers wait for each other."""
    return [[n + n_layers - 1, n * n_layers], [n + n_layers - 1, n * n_layers]]


def attention_writes_at_once(n, n_layers):
    """A token that is written is the next one's input, for attention, too: one by one."""
    return [[n + n_layers - 1, n * n_layers], [n_layers, n_layers]]


def writing_in_a_wave(n, n_layers):
    """In writing, layer 1 needs the last layer's answer to the token before. No wave is left."""
    return [[n + n_layers - 1, n + n_layers - 1], [n_layers, n + n_layers - 1]]


def recurrent_writes_in_a_wave(n, n_layers):
    """In writing, layer 1 needs the last layer's answer to the token before, here, too."""
    return [[n + n_layers - 1, n + n_layers - 1], [n_layers, n * n_layers]]


def attention_counts_pairs(n, n_layers):
    """All pairs of tokens are computed at the same time. Count steps, not work."""
    return [[n + n_layers - 1, n * n_layers], [n * n * n_layers, n * n * n_layers]]


def layers_of_writing_forgotten(n, n_layers):
    """Each token that is written passes through all layers, one after the other."""
    return [[n + n_layers - 1, n], [n_layers, n]]


def first_token_given(n, n_layers):
    """All n tokens are written. Each passes through all layers."""
    return [[n + n_layers - 1, (n - 1) * n_layers], [n_layers, (n - 1) * n_layers]]


def rows_exchanged(n, n_layers):
    """The rows are exchanged. The recurrent network comes first."""
    return [[n_layers, n * n_layers], [n + n_layers - 1, n * n_layers]]


def columns_exchanged(n, n_layers):
    """The columns are exchanged. Reading comes first."""
    return [[n * n_layers, n + n_layers - 1], [n * n_layers, n_layers]]


def rows_are_columns(n, n_layers):
    """Rows and columns are exchanged. Each network has a row of its own."""
    return [[n + n_layers - 1, n_layers], [n * n_layers, n * n_layers]]


def recurrent_only(n, n_layers):
    """Two rows are asked for: the recurrent network, then attention."""
    return [n + n_layers - 1, n * n_layers]


def in_halves(n, n_layers):
    """A step with half of the work is still one step. Count whole ones."""
    return [[(n + n_layers - 1) / 2, n * n_layers / 2], [n_layers / 2, n * n_layers / 2]]
