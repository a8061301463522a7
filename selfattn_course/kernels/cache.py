"""Keys and values of earlier tokens, kept so that a new token costs one row of attention."""

import operator

import numpy as np

from .attention import attention
from .grouped import grouped_query_attention
from .inputs import float_array
from .masks import window_mask


class KeyValueCache:
    """Keys and values seen so far, for decoding token by token.

    Append the keys and values of new tokens, one or many, then attend with their queries: the
    results equal the rows of causal attention over the whole sequence.

    Parameters
    ----------
    window : int, optional
        A token sees itself and the window - 1 tokens before it; all of them if not given. Memory
        then stays bounded.

    Raises
    ------
    ValueError
        If window is not positive.

    References
    ----------
    Shazeer (2019); window: Beltagy, Peters and Cohan (2020), section 3.1.
    """

    def __init__(self, *, window=None):
        self._window = None if window is None else operator.index(window)
        if window is not None and window < 1:
            raise ValueError(
                f"window is {window}; expected at least 1, for a token sees itself. "
                "Leave it out to keep all tokens."
            )
        self._k = self._v = None  # buffers with room for more tokens; allocated by the first append
        self._start = self._stop = 0  # where the kept tokens lie in the buffers
        self._newest = 0  # tokens of the last append

    @property
    def k(self):
        """The kept keys, shape (..., n, d), oldest first; a view that may not be written to."""
        return self._kept(self._k)

    @property
    def v(self):
        """The kept values, shape (..., n, d_v), oldest first; a view that may not be written to."""
        return self._kept(self._v)

    @property
    def n_kept(self):
        """Number of tokens that can still be attended to."""
        return self._stop - self._start

    def append(self, k, v):
        """Add the keys and values of the next tokens.

        Parameters
        ----------
        k : array_like, shape (..., n, d)
            Keys of n new tokens.
        v : array_like, shape (..., n, d_v)
            Their values.

        Raises
        ------
        ValueError
            If k and v differ in n or in leading axes, or from the tokens before them in anything
            but n.
        TypeError
            If their dtypes differ from those of the tokens before them.
        """
        k, v = float_array(k, "k"), float_array(v, "v")
        if k.ndim < 2 or v.ndim < 2 or k.shape[:-1] != v.shape[:-1]:
            raise ValueError(
                f"k has shape {k.shape} and v has shape {v.shape}; expected (..., n, d) and "
                "(..., n, d_v). Give one value row for each key."
            )
        if self._k is None:
            self._k, self._v = k[..., :0, :], v[..., :0, :]
        _check_like("k", k, self._k)
        _check_like("v", v, self._v)
        n = k.shape[-2]
        if self._window is not None:
            self._start = max(self._start, self._stop - (self._window - 1))
        if self._stop + n > self._k.shape[-2]:
            self._make_room(n)
        new = slice(self._stop, self._stop + n)
        self._k[..., new, :], self._v[..., new, :] = k, v
        self._stop += n
        self._newest = n

    def attend(self, q, *, bias=None, scale=None, softcap=None):
        """Attention of the newest tokens to themselves and those before them.

        Parameters
        ----------
        q : array_like, shape (..., n_q, d)
            Queries of the last n_q tokens. If queries and keys have an axis of heads before n,
            several query heads may share one head of keys.
        bias : array_like, broadcastable to (..., n_q, n_kept), optional
            Added to the scores.
        scale, softcap : float, optional
            As in `attention`.

        Returns
        -------
        ndarray, shape (..., n_q, d_v)

        Raises
        ------
        ValueError
            If nothing was appended yet, there are more queries than tokens, or, with a window,
            than in the last append; or if shapes disagree.
        """
        q = float_array(q, "q")
        n_q = q.shape[-2] if q.ndim > 1 else 1
        at_most = self.n_kept if self._window is None else self._newest
        if self._k is None or n_q > at_most:
            raise ValueError(
                f"there are {n_q} queries for {at_most} new tokens in the cache; expected at most "
                "as many. Append the keys and values of these tokens first."
            )
        left = None if self._window is None else self._window - 1
        mask = window_mask(n_q, self.n_kept, left=left, right=0, offset=self.n_kept - n_q)
        heads = q.ndim > 2 and self._k.ndim > 2
        attend = grouped_query_attention if heads else attention
        return attend(q, self.k, self.v, mask, bias=bias, scale=scale, softcap=softcap)

    def _make_room(self, n):
        """Move the kept tokens to the front of buffers that have room for n more.

        The size doubles at least, and with a window it is at least twice what is kept: so each
        token is moved once on average, however many come.
        """
        kept, capacity = self.n_kept, self._k.shape[-2]
        if self.n_kept + n > capacity // 2:
            capacity = max(2 * capacity, 2 * (kept + n))
        self._k, self._v = (_moved(x, capacity, kept) for x in (self.k, self.v))
        self._start, self._stop = 0, kept

    def _kept(self, buffer):
        if buffer is None:
            raise ValueError(
                "the cache is empty and has no shape yet; expected at least one append. "
                "Call append(k, v) first."
            )
        view = buffer[..., self._start : self._stop, :]
        view.flags.writeable = False
        return view


def _moved(x, capacity, kept):
    buffer = np.empty((*x.shape[:-2], capacity, x.shape[-1]), x.dtype)
    buffer[..., :kept, :] = x
    return buffer


def _check_like(name, new, old):
    if new.dtype != old.dtype:
        raise TypeError(
            f"{name} has dtype {new.dtype} and the cache holds {old.dtype}; expected the same. "
            f"Convert with {name}.astype(np.{old.dtype})."
        )
    if new.shape[:-2] != old.shape[:-2] or new.shape[-1] != old.shape[-1]:
        raise ValueError(
            f"{name} has shape {new.shape}; expected leading axes {old.shape[:-2]} and "
            f"{old.shape[-1]} features, as before. Use one cache for each layer and batch."
        )
