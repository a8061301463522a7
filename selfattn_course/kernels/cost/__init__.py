"""What kernels cost: exact counts of multiply-adds, exponentials, and bytes.

The convention is that of `Cost`. Each `<kernel>_cost` takes sizes and returns the Cost of the
kernel of that name.
"""

# ruff: noqa: F401 - what it imports is what it offers
from .attention import (
    attention_cost,
    attention_vjp_cost,
    grouped_query_attention_cost,
    grouped_query_attention_vjp_cost,
)
from .block_vjps import decoder_block_vjp_cost, encoder_block_vjp_cost
from .blocks import decoder_block_cost, encoder_block_cost
from .convolution import convolution_cost
from .feed_forward import (
    feed_forward_cost,
    feed_forward_vjp_cost,
    gated_feed_forward_cost,
    gated_feed_forward_vjp_cost,
)
from .linear_attention import (
    linear_attention_cost,
    linear_attention_step_cost,
    linear_attention_vjp_cost,
)
from .matrix import (
    layer_norm_cost,
    layer_norm_vjp_cost,
    linear_map_cost,
    linear_map_vjp_cost,
    rms_norm_cost,
    rms_norm_vjp_cost,
)
from .multihead import (
    cache_bytes,
    decoding_step_cost,
    multi_head_attention_cost,
    multi_head_attention_vjp_cost,
)
from .pieces import (
    block_sparse_attention_cost,
    block_sparse_attention_vjp_cost,
    tiled_attention_cost,
    tiled_attention_vjp_cost,
    window_attention_cost,
    window_attention_vjp_cost,
)
from .record import Cost
from .recurrent import (
    gru_cost,
    gru_vjp_cost,
    lstm_cost,
    lstm_vjp_cost,
    rnn_cost,
    rnn_vjp_cost,
)
