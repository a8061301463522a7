"""What the query, key and value chapter computes on sentences whose numbers were chosen by hand.

Nothing here is trained: every table and every projection is written down below, small enough to
follow with a pencil.
"""

import numpy as np

from ..kernels import attention, attention_scores, attention_weights

CAT_SENTENCE = ("the", "cat", "sat", "on", "the", "mat")
CAT_FEATURES = ("thing", "action", "small word")
CAT_TABLE = {
    "the": (0.0, 0.0, 1.0),
    "cat": (1.0, 0.5, 0.0),
    "sat": (0.0, 1.0, 0.0),
    "on": (0.0, 0.5, 1.0),
    "mat": (1.0, 0.0, 0.0),
    "who": (1.0, 0.0, 2.0),
    "where": (-2.0, 0.0, 2.0),
}
W_Q = np.array([[0.0, 2.0], [3.0, 2.0], [2.0, 0.0]])
W_K = np.array([[1.0, 0.0], [0.0, 1.0], [-1.0, 0.0]])
W_V = np.array([[2.0, 0.0], [0.0, 2.0], [-1.0, -1.0]])

DOG_FEATURES = ("noun", "alive", "sound", "action", "small word", "pronoun")
DOG_TABLE = {
    "The": (0, 0, 0, 0, 1, 0),
    "dog": (1, 1, 0, 0, 0, 0),
    "barked": (0, 0, 1, 1, 0, 0),
    "loudly": (0, 0, 1, 0, 0, 0),
    "and": (0, 0, 0, 0, 1, 0),
    "another": (0, 0, 0, 0, 1, 0),
    "loud": (0, 0, 1, 0, 0, 0),
    "noise": (1, 0, 1, 0, 0, 0),
    "startled": (0, 0, 0, 1, 0, 0),
    "it": (0, 0, 0, 0, 0, 1),
}
DOG_SENTENCE = tuple(DOG_TABLE)  # no word occurs twice
DOG_KEY = ("noun", "alive", "sound")  # the features that a key tells


def vectors(words, table):
    """One row for each word, looked up in a table.

    Parameters
    ----------
    words : sequence of str
        n words.
    table : dict of str to tuple of float
        `CAT_TABLE` or `DOG_TABLE`, with d_model numbers for each word.

    Returns
    -------
    ndarray, shape (n, d_model)
    """
    return np.array([table[word] for word in words], dtype=float)


def lookup():
    """A sentence as token numbers, as one-hot rows, and as rows of its table.

    Returns
    -------
    dict
        "vocabulary", a tuple of str in the order of the table; "ids", shape (6,); "one_hot",
        shape (6, 5); "table", shape (5, 3); "x", shape (6, 3), the product of the last two.
    """
    vocabulary = tuple(dict.fromkeys(CAT_SENTENCE))
    ids = np.array([vocabulary.index(word) for word in CAT_SENTENCE])
    one_hot, table = np.eye(len(vocabulary))[ids], vectors(vocabulary, CAT_TABLE)
    parts = {"vocabulary": vocabulary, "ids": ids, "one_hot": one_hot, "table": table}
    return parts | {"x": one_hot @ table}


def cat_sentence():
    """Self-attention over "the cat sat on the mat", with every step kept.

    Returns
    -------
    dict of str to ndarray
        "x", shape (6, 3); "q", "k" and "v", shape (6, 2); "dots", the plain dot products, and
        "scores" and "weights", shape (6, 6); "out", the context vectors, shape (6, 2).
    """
    x = vectors(CAT_SENTENCE, CAT_TABLE)
    return {"x": x} | _steps(x, x)


def questions(asked=("who", "where")):
    """Cross-attention: questions from outside look at "the cat sat on the mat".

    Parameters
    ----------
    asked : tuple of str
        Words of `CAT_TABLE`; m of them.

    Returns
    -------
    dict of str to ndarray
        As `cat_sentence`, with m rows of queries: "scores" and "weights" have shape (m, 6).
    """
    return _steps(vectors(asked, CAT_TABLE), vectors(CAT_SENTENCE, CAT_TABLE))


def value_hull(*, n_queries=300, spread=3.0, rng=0):
    """Context vectors of random queries over the values of the cat sentence.

    Parameters
    ----------
    n_queries : int
        How many queries.
    spread : float
        Standard deviation of their components.
    rng : int or Generator
        Source of the queries.

    Returns
    -------
    dict of str to ndarray
        "v", shape (6, 2); "corners", those of them around the hull, shape (m, 2); "out", shape
        (n_queries, 2); "outside", how far each of these is out of the hull (0 or less: inside),
        and "raw_outside", the same when the scores are used as weights without softmax.
    """
    data = cat_sentence()
    k, v = data["k"], data["v"]
    q = np.random.default_rng(rng).normal(0, spread, size=(n_queries, k.shape[1]))
    corners = v[hull_corners(v)]
    out, raw = attention(q, k, v), attention_scores(q, k) @ v
    return {
        "v": v,
        "corners": corners,
        "out": out,
        "outside": distance_outside(out, corners),
        "raw_outside": distance_outside(raw, corners),
    }


def query_paths(*, words=("sat", "mat", "the"), factors=None):
    """Context vectors of words of the cat sentence as their queries grow longer.

    Parameters
    ----------
    words : tuple of str
        Words of `CAT_SENTENCE`.
    factors : ndarray, shape (m,), optional
        The queries are multiplied by these; 81 from 0 to 8 if not given.

    Returns
    -------
    dict
        "factor", shape (m,), and for each word "out", shape (m, 2), and "slope", shape (m,): the
        norm of the derivative of the context vector in the query.
    """
    factors = np.linspace(0, 8, 81) if factors is None else np.asarray(factors, float)
    data, paths = cat_sentence(), {"factor": factors}
    k, v = data["k"], data["v"]
    for word in words:
        q = factors[:, None] * data["q"][CAT_SENTENCE.index(word)]
        slopes = [
            np.linalg.norm(context_slope(weights, k, v)) for weights in attention_weights(q, k)
        ]
        paths[word] = {"out": attention(q, k, v), "slope": np.array(slopes)}
    return paths


def context_slope(weights, k, v):
    """Derivative of a context vector in its query: a covariance of keys and values.

    Parameters
    ----------
    weights : ndarray, shape (n,)
        Of one query.
    k : ndarray, shape (n, d)
    v : ndarray, shape (n, d_v)

    Returns
    -------
    ndarray, shape (d, d_v)
        Entry (a, b) says how component b of the context moves with component a of the query.
    """
    around_k, around_v = k - weights @ k, v - weights @ v
    return (weights[:, None] * around_k).T @ around_v / np.sqrt(k.shape[1])


def it_readings(*, strength=5.0):
    """Whom the word "it" attends to, under two heads built by hand.

    The first head lets a pronoun ask for a noun that is alive, the second for a noun that sounds.

    Parameters
    ----------
    strength : float
        How strongly the pronoun asks.

    Returns
    -------
    dict of str to dict
        "alive" and "sound"; each has the "weights" of "it", shape (10,), and its context vector
        "out", shape (6,), for values that are the features themselves.
    """
    x = vectors(DOG_SENTENCE, DOG_TABLE)
    readings = {}
    for feature in ("alive", "sound"):
        w_q, w_k = pronoun_head(feature, strength=strength)
        weights = attention_weights(x[-1:] @ w_q, x @ w_k)[0]
        readings[feature] = {"weights": weights, "out": weights @ x}
    return readings


def pronoun_head(feature, *, strength=5.0):
    """Projections with which a pronoun asks for nouns that have a feature.

    The keys are the same whatever is asked; only the query differs.

    Parameters
    ----------
    feature : str
        "alive" or "sound".
    strength : float
        Size of the two components of a pronoun's query that are not 0: the one for nouns and the
        one for the feature. All other words have the query 0.

    Returns
    -------
    w_q, w_k : ndarray, shape (6, 3)
        The key of a word says which features of `DOG_KEY` it has.
    """
    w_q, w_k = np.zeros((2, len(DOG_FEATURES), len(DOG_KEY)))
    for column, name in enumerate(DOG_KEY):
        w_k[DOG_FEATURES.index(name), column] = 1
    asked = [DOG_KEY.index("noun"), DOG_KEY.index(feature)]
    w_q[DOG_FEATURES.index("pronoun"), asked] = strength
    return w_q, w_k


def random_readings(*, trials=40_000, d=3, spread=5.0, rng=0):
    """Whom "it" attends to when the projections are drawn at random.

    Parameters
    ----------
    trials : int
        Heads to draw.
    d : int
        Size of queries and keys.
    spread : float
        Standard deviation of the entries of the query projection; those of the key have 1.
    rng : int or Generator
        Source of the projections.

    Returns
    -------
    dict of str to float
        "dog" and "noise": mean weight of "it" on each; "dog_wins": share of heads in which the
        dog gets more than the noise.
    """
    rng = np.random.default_rng(rng)
    x = vectors(DOG_SENTENCE, DOG_TABLE)
    w_q = rng.normal(0, spread, size=(trials, x.shape[1], d))
    w_k = rng.normal(size=(trials, x.shape[1], d))
    weights = attention_weights(x[-1:] @ w_q, x @ w_k)[:, 0]
    dog, noise = (weights[:, DOG_SENTENCE.index(word)] for word in ("dog", "noise"))
    means = {"dog": float(dog.mean()), "noise": float(noise.mean())}
    return means | {"dog_wins": float((dog > noise).mean())}


def hull_corners(points):
    """Which of these points of the plane are corners of their convex hull.

    Parameters
    ----------
    points : ndarray, shape (n, 2)

    Returns
    -------
    list of int
        Indices, counterclockwise; of equal points only one.
    """
    order = sorted(range(len(points)), key=lambda i: tuple(points[i]))
    chains = [_left_turns(points, order), _left_turns(points, order[::-1])]
    return chains[0][:-1] + chains[1][:-1]


def distance_outside(points, corners):
    """How far each point lies beyond the edge of a convex polygon that it is farthest beyond.

    Parameters
    ----------
    points : ndarray, shape (m, 2)
    corners : ndarray, shape (c, 2)
        Counterclockwise.

    Returns
    -------
    ndarray, shape (m,)
        Positive outside, 0 on the edge, negative inside.
    """
    edges = np.roll(corners, -1, axis=0) - corners
    outward = np.column_stack([edges[:, 1], -edges[:, 0]])
    outward /= np.linalg.norm(outward, axis=1, keepdims=True)
    return ((points[:, None] - corners) * outward).sum(axis=-1).max(axis=1)


def _steps(x_q, x_kv):
    q, k, v = x_q @ W_Q, x_kv @ W_K, x_kv @ W_V
    return {
        "q": q,
        "k": k,
        "v": v,
        "dots": attention_scores(q, k, scale=1.0),
        "scores": attention_scores(q, k),
        "weights": attention_weights(q, k),
        "out": attention(q, k, v),
    }


def _left_turns(points, order):
    chain = []
    for i in order:
        while len(chain) > 1 and _turn(*points[[*chain[-2:], i]]) <= 0:
            chain.pop()
        chain.append(i)
    return chain


def _turn(a, b, c):
    (x1, y1), (x2, y2) = b - a, c - b
    return x1 * y2 - x2 * y1
