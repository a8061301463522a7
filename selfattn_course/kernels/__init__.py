"""Reference kernels in plain NumPy, one module per concept.

Contracts that hold for all of them, and that tests check:

* shapes are `(..., n_q, d)`; leading axes broadcast;
* a mask is boolean, True where a query may attend to a key;
* a row with nothing to attend to gets weights of zero;
* finite input gives no NaN;
* float32 in, float32 out; integers count as float64;
* inputs are never written to.
"""

from .attention import attention, attention_scores, attention_weights
from .entropy import entropy
from .finite_difference import finite_difference_vjp
from .masks import causal_mask, padding_mask
from .softmax import log_softmax, logsumexp, softmax, softmax_jacobian, softmax_vjp

__all__ = [
    "attention",
    "attention_scores",
    "attention_weights",
    "causal_mask",
    "entropy",
    "finite_difference_vjp",
    "log_softmax",
    "logsumexp",
    "padding_mask",
    "softmax",
    "softmax_jacobian",
    "softmax_vjp",
]
