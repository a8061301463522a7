"""Reference kernels in plain NumPy, one module per concept.

Contracts that hold for all of them, and that tests check:

* shapes are `(..., n_q, d)`; leading axes broadcast;
* a mask is boolean, True where a query may attend to a key;
* a row with nothing to attend to gets weights of zero;
* finite input gives no NaN;
* float32 in, float32 out; integers count as float64;
* inputs are never written to.
"""

from .attention import attention, attention_scores, attention_weights, masked_scores
from .attention_vjp import attention_bias_vjp, attention_scores_vjp, attention_vjp
from .complex_step import complex_step_vjp
from .entropy import entropy
from .finite_difference import finite_difference_vjp
from .grouped import grouped_query_attention, grouped_query_attention_vjp
from .masks import causal_mask, padding_mask, window_mask
from .softmax import log_softmax, logsumexp, softmax
from .softmax_vjp import log_softmax_vjp, logsumexp_vjp, softmax_jacobian, softmax_vjp
from .tiled import TiledTrace, tiled_attention, tiled_attention_trace
from .tiled_vjp import tiled_attention_vjp
