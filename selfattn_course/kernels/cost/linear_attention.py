"""Cost of linear attention: sums of products of keys and values instead of scores."""

from .record import Cost, checked_size
from .schedule import cost_of, elementwise, product

CHUNK = 64


def linear_attention_cost(n_q, n_k, d, d_v=None, *, causal=False, chunk=CHUNK, itemsize=8):
    """Cost of `linear_attention` with features elu(x) + 1.

    The sum of the weights counts as one more column of values, of ones. Without causal: features,
    the sum of products k^T v, and out = q (k^T v). Causal, for each chunk of positions: the
    scores within the chunk, times its values; the chunk's sum of products; and q times the sum
    of all chunks before.

    Parameters
    ----------
    n_q, n_k : int
        Numbers of queries and keys, equal if causal.
    d, d_v : int
        Features of a key and of a value; d_v = d if not given.
    causal : bool
        Whether query i attends to keys 0 to i only.
    chunk : int
        Positions in a chunk; the last is filled up with zeros.
    itemsize : int
        Bytes in a number.

    Returns
    -------
    Cost

    Raises
    ------
    ValueError
        If causal and n_q differs from n_k.
    """
    columns, chunk = (d if d_v is None else d_v) + 1, _chunk(n_q, n_k, causal, chunk)
    steps = [
        *_feature_steps(n_q, n_k, d),
        *_sum_steps("sums", "features q", "features k", "v", (n_q, n_k, d, columns), chunk),
        elementwise("out", n_q * (columns - 1), {"sums": n_q * columns}),
    ]
    return cost_of(steps, results={"out"}, itemsize=itemsize)


def linear_attention_vjp_cost(n_q, n_k, d, d_v=None, *, causal=False, chunk=CHUNK, itemsize=8):
    """Cost of `linear_attention_vjp`: the sums again, then three sums of the same form.

    Each of features of q, features of k, and values is the result of one of the three: a sum of
    products of the other two with the gradient in the forward sum.

    Parameters
    ----------
    n_q, n_k, d, d_v, causal, chunk, itemsize
        As in `linear_attention_cost`.

    Returns
    -------
    Cost
    """
    columns, chunk = (d if d_v is None else d_v) + 1, _chunk(n_q, n_k, causal, chunk)
    q, k, sums = n_q * d, n_k * d, n_q * columns
    steps = [
        *_feature_steps(n_q, n_k, d),
        *_sum_steps("sums", "features q", "features k", "v", (n_q, n_k, d, columns), chunk),
        elementwise("d_sums", sums, {"sums": sums, "d_out": n_q * (columns - 1)}),
        *_sum_steps("d_features q", "d_sums", "v", "features k", (n_q, n_k, columns, d), chunk),
        *_sum_steps("d_features k", "v", "d_sums", "features q", (n_k, n_q, columns, d), chunk),
        *_sum_steps("dv", "features k", "features q", "d_sums", (n_k, n_q, d, columns), chunk),
        elementwise("dq", q, {"q": q, "d_features q": q}, exponentials=q),
        elementwise("dk", k, {"k": k, "d_features k": k}, exponentials=k),
    ]
    return cost_of(steps, results={"dq", "dk", "dv"}, itemsize=itemsize)


def linear_attention_step_cost(d, d_v=None, *, itemsize=8):
    """Cost of one token more in causal linear attention, at any length of the sequence.

    The product of its features and value is added to the (d, d_v + 1) sum of products, which
    its query then reads.

    Parameters
    ----------
    d, d_v : int
        Features of a key and of a value; d_v = d if not given.
    itemsize : int
        Bytes in a number.

    Returns
    -------
    Cost
    """
    columns = (d if d_v is None else d_v) + 1
    update = Cost(
        d * columns,
        bytes_read=itemsize * (d + columns + d * columns),
        bytes_written=itemsize * d * columns,
    )
    features = cost_of(
        [elementwise("features", 2 * d, {"q and k": 2 * d}, exponentials=2 * d)],
        results=(),
        itemsize=itemsize,
    )
    read = cost_of(
        [
            product("sums", "features q", "products", 1, d, columns),
            elementwise("out", columns - 1, {"sums": columns}),
        ],
        results={"out"},
        itemsize=itemsize,
    )
    return (features + update + read).with_held(itemsize * max(2 * d, d + columns))


def _feature_steps(n_q, n_k, d):
    return [
        elementwise("features q", n_q * d, {"q": n_q * d}, exponentials=n_q * d),
        elementwise("features k", n_k * d, {"k": n_k * d}, exponentials=n_k * d),
    ]


def _sum_steps(result, a, b, c, sizes, chunk):
    """Steps that write sum_j (a_i b_j) c_j, over all j, or, given a chunk, over j <= i."""
    n_a, n_b, width, columns = sizes
    products = result + " products"
    if chunk is None:
        return [
            product(products, b, c, width, n_b, columns),
            product(result, a, products, n_a, width, columns),
        ]
    times = -(-n_a // chunk)
    pairs, within, across, before = (
        f"{result} {name}" for name in ("pairs", "within", "across", "before")
    )
    size, sums = times * width * columns, times * chunk * columns
    return [
        product(pairs, a, b, chunk, width, chunk, times=times),
        product(within, pairs, c, chunk, chunk, columns, times=times),
        product(products, b, c, width, chunk, columns, times=times),
        elementwise(before, size, {products: size}),
        product(across, a, before, chunk, width, columns, times=times),
        elementwise(result, sums, {within: sums, across: sums}),
    ]


def _chunk(n_q, n_k, causal, chunk):
    """Positions in a chunk; None if not causal."""
    n_q, n_k = checked_size("n_q", n_q), checked_size("n_k", n_k)
    if causal and n_q != n_k:
        raise ValueError(
            f"n_q is {n_q} and n_k is {n_k}; expected equal numbers for a causal sequence. "
            "Give every position one query and one key."
        )
    return max(1, min(chunk, n_q)) if causal else None
