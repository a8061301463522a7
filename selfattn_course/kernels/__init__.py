"""Reference kernels in plain NumPy, one module per concept.

Contracts that hold for all of them, and that tests check:

* shapes are `(..., n_q, d)`; leading axes broadcast; linear maps act from the right;
* a mask is boolean, True where a query may attend to a key; numbers added to scores are a bias;
* a row with nothing to attend to gets weights of zero;
* finite input gives no NaN, unless a result itself is too large for its dtype;
* float32 in, float32 out; float16 is computed in float32; integers count as float64;
* complex numbers pass through, for derivatives by the complex step;
* `<name>_vjp` takes the inputs of `<name>` and the gradient in its output, and returns gradients
  in the order and shape of the inputs; the gradient of a record is a record of the same type;
* `<name>_trace` also keeps what the backward pass would otherwise compute again;
* inputs are never written to.

What a kernel costs is in `selfattn_course.kernels.cost`.
"""

# ruff: noqa: I001 (grouped by subject)

# Softmax and its gradient
from .softmax import log_softmax, logsumexp, softmax
from .softmax_vjp import log_softmax_vjp, logsumexp_vjp, softmax_jacobian, softmax_vjp
from .entropy import entropy

# Dependencies in sequences of symbols
from .mutual_information import lagged_joint, mutual_information
from .markov import markov_mutual_information, stationary_distribution

# Attention
from .masks import causal_mask, padding_mask, window_mask
from .attention import attention, attention_scores, attention_weights, masked_scores
from .attention_vjp import attention_bias_vjp, attention_scores_vjp, attention_vjp
from .grouped import grouped_query_attention, grouped_query_attention_vjp
from .null_key import null_key_attention, null_key_attention_vjp
from .sink import sink_attention, sink_attention_vjp, sink_attention_weights

# Attention without n x n memory
from .tiled import TiledTrace, tiled_attention, tiled_attention_trace
from .tiled_vjp import tiled_attention_vjp
from .window import window_attention, window_attention_vjp
from .block_sparse import block_sparse_attention, block_sparse_attention_vjp
from .layouts import (
    fixed_layout,
    global_layout,
    layout_mask,
    local_layout,
    random_layout,
    strided_layout,
)
from .feature_maps import elu_plus_one, elu_plus_one_vjp
from .linear_attention import linear_attention, linear_attention_vjp, linear_attention_weights
from .linear_recurrence import linear_recurrence

# Decoding with a cache
from .cache import KeyValueCache
from .cache_update import updated_cache

# Positions
from .sinusoidal import sinusoidal_positions
from .learned_positions import learned_positions, learned_positions_vjp
from .rotary import rotary_embedding, rotary_embedding_vjp
from .alibi import alibi_bias, alibi_slopes
from .relative import bucket_bias, bucket_bias_vjp, distance_buckets, relative_positions
from .relative_keys import relative_key_bias, relative_key_bias_vjp

# Layers
from .heads import merge_heads, split_heads
from .linear_map import linear_map, linear_map_vjp
from .multihead import (
    MultiHeadTrace,
    MultiHeadWeights,
    multi_head_attention,
    multi_head_attention_trace,
    multi_head_attention_vjp,
    multi_head_attention_weights,
)
from .normalization import layer_norm, layer_norm_vjp, mean_and_inverse_std, rms_norm, rms_norm_vjp
from .erf import erf
from .activations import mish, mish_vjp, relu, relu_vjp, sigmoid, sigmoid_vjp, swish, swish_vjp
from .gelu import gelu, gelu_tanh, gelu_tanh_vjp, gelu_vjp
from .gated import swiglu, swiglu_vjp
from .feed_forward import (
    FeedForwardWeights,
    GatedFeedForwardWeights,
    feed_forward,
    feed_forward_vjp,
    gated_feed_forward,
    gated_feed_forward_vjp,
)
from .residual import LayerNormWeights
from .encoder import EncoderBlockWeights, encoder_block, encoder_block_trace, encoder_block_vjp
from .decoder import DecoderBlockWeights, decoder_block, decoder_block_trace, decoder_block_vjp

# Recurrent networks and convolution
from .rnn import RNNTrace, RNNWeights, rnn, rnn_trace, rnn_vjp
from .gru import GRUTrace, GRUWeights, gru, gru_trace, gru_vjp
from .gru_reset_before import (
    GRUResetBeforeTrace,
    gru_reset_before,
    gru_reset_before_trace,
    gru_reset_before_vjp,
)
from .lstm import LSTMTrace, LSTMWeights, lstm, lstm_trace, lstm_vjp
from .peephole_lstm import (
    PeepholeLSTMTrace,
    PeepholeLSTMWeights,
    peephole_lstm,
    peephole_lstm_trace,
    peephole_lstm_vjp,
)
from .causal_convolution import causal_convolution, causal_convolution_vjp, convolution_past

# Training
from .losses import (
    cross_entropy,
    cross_entropy_vjp,
    negative_log_likelihood,
    negative_log_likelihood_vjp,
)
from .mean_losses import (
    mean_cross_entropy,
    mean_cross_entropy_vjp,
    mean_loss,
    mean_loss_vjp,
    mean_squared_error,
    mean_squared_error_vjp,
)
from .nested import list_arrays, map_arrays
from .adam import AdamState, adam_start, adam_step

# Derivatives from function values
from .complex_step import complex_step_vjp
from .finite_difference import finite_difference_vjp
