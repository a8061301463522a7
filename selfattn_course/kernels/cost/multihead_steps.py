"""The steps of multi-head attention, which blocks are made of too."""

from dataclasses import dataclass

from .attention import attention_steps, attention_vjp_steps, group_size
from .matrix import linear_map_vjp_steps
from .record import checked_size
from .schedule import elementwise, product


@dataclass(frozen=True)
class MultiHeadSizes:
    """Sizes of one call of multi-head attention."""

    n_q: int
    n_k: int
    d_model: int
    n_heads: int
    n_kv_heads: int
    d: int
    batch: int

    @property
    def rows_q(self):
        """Rows of x_q over all sequences."""
        return self.batch * self.n_q

    @property
    def rows_k(self):
        """Rows of x_kv over all sequences."""
        return self.batch * self.n_k

    @property
    def wide(self):
        """Features of all query heads together."""
        return self.n_heads * self.d

    @property
    def narrow(self):
        """Features of all key heads together."""
        return self.n_kv_heads * self.d

    @property
    def heads(self):
        """Sizes of the attention in all heads: a group of query heads acts like more queries."""
        return {
            "n_q": self.n_heads // self.n_kv_heads * self.n_q,
            "n_k": self.n_k,
            "d": self.d,
            "d_v": self.d,
            "times": self.batch * self.n_kv_heads,
        }


def multi_head_sizes(n_q, n_k, d_model, n_heads, n_kv_heads, d, batch):
    """The sizes, with what was not given filled in, or an error."""
    n_kv_heads = n_heads if n_kv_heads is None else n_kv_heads
    group_size(n_heads, n_kv_heads)
    if d is None and d_model % n_heads:
        raise ValueError(
            f"d_model is {d_model} and n_heads is {n_heads}; expected a number of heads that "
            f"divides {d_model}. Otherwise give the size of a head as d."
        )
    sizes = {
        "n_q": n_q,
        "n_k": n_k,
        "d_model": d_model,
        "n_heads": n_heads,
        "n_kv_heads": n_kv_heads,
        "d": d_model // n_heads if d is None else d,
        "batch": batch,
    }
    return MultiHeadSizes(**{name: checked_size(name, size) for name, size in sizes.items()})


def multi_head_steps(prefix, x_q, x_kv, sizes):
    """Steps that write <prefix>mixed."""
    mixed, attended = prefix + "mixed", prefix + "attended"
    return [
        *attended_steps(prefix, x_q, x_kv, sizes),
        product(mixed, attended, "w_o", sizes.rows_q, sizes.wide, sizes.d_model),
    ]


def attended_steps(prefix, x_q, x_kv, sizes):
    """Steps that write <prefix>q, <prefix>k, <prefix>v and <prefix>attended."""
    q, k, v = prefix + "q", prefix + "k", prefix + "v"
    return [
        product(q, x_q, "w_q", sizes.rows_q, sizes.d_model, sizes.wide),
        product(k, x_kv, "w_k", sizes.rows_k, sizes.d_model, sizes.narrow),
        product(v, x_kv, "w_v", sizes.rows_k, sizes.d_model, sizes.narrow),
        *attention_steps(prefix, q, k, v, **sizes.heads),
    ]


def multi_head_vjp_steps(prefix, x_q, x_kv, d_out, sizes):
    """Steps after those of `attended_steps`.

    They write <prefix>q d_x, <prefix>d_x_kv, and d_w with the names of the projections.
    """
    q, k, v = prefix + "q", prefix + "k", prefix + "v"
    rows_q, rows_k, d_model = sizes.rows_q, sizes.rows_k, sizes.d_model
    size = rows_k * d_model
    backwards = linear_map_vjp_steps
    return [
        *backwards(prefix + "o ", prefix + "attended", "w_o", d_out, rows_q, sizes.wide, d_model),
        *attention_vjp_steps(prefix, q, k, v, prefix + "o d_x", **sizes.heads),
        *backwards(prefix + "q ", x_q, "w_q", prefix + "dq", rows_q, d_model, sizes.wide),
        *backwards(prefix + "k ", x_kv, "w_k", prefix + "dk", rows_k, d_model, sizes.narrow),
        *backwards(prefix + "v ", x_kv, "w_v", prefix + "dv", rows_k, d_model, sizes.narrow),
        elementwise(prefix + "d_x_kv", size, {prefix + "k d_x": size, prefix + "v d_x": size}),
    ]
