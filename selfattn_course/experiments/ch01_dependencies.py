"""What the chapter on dependencies looks at by hand: a sentence, a story, pairs of letters.

Larger measurements are in `name_distances`, `real_text`, `markov_chains`, `windows`,
`learning_to_copy` and `direct_link`.
"""

from collections import Counter

import numpy as np

from ..kernels import lagged_joint, mutual_information, softmax
from .name_distances import name_distances
from .real_text import word_returns

SENTENCE = "The dog barked loudly, and another loud noise startled it."
WORDS = SENTENCE.replace(",", " ,").replace(".", " .").split()
HEADS = (1, 2, 2, 2, 9, 9, 8, 8, 9, 2, 9, 2)  # annotated by hand; the root has itself
IT, DOG, NOISE = WORDS.index("it"), WORDS.index("dog"), WORDS.index("noise")

STORY = """
Mara hid the brass key under the third flowerpot before she left the village. That summer the river
rose twice. Her brother painted the boat, sold it, and bought a smaller one with a patched sail.
Letters came from the city, first every week, then every month, then not at all. In October the wind
took two tiles from the roof, and a neighbour nailed a board over the hole. The cat moved in with
the baker. When the first snow fell, a lamp was seen on the road. Mara had come back. She put down
her bag, blew on her fingers, and tried the door. It was locked. She smiled, went to the flowerpots,
counted from the left, and lifted the
"""
CLUE = "third"

BY_HAND = "ababbabaa"
WHO_BIT = (
    "it was the dog that bit and the cat that ran",
    "it was the cat that bit and the dog that ran",
)


def link_distances():
    """How far each word of the sentence stands from the word it belongs to.

    Returns
    -------
    ndarray of int, shape (11,)
        In tokens, without the root, which belongs to none.
    """
    distances = np.abs(np.arange(len(HEADS)) - np.array(HEADS))
    return distances[distances > 0]


def story():
    """A short text with a gap at its end, and where the missing word stands in it.

    Returns
    -------
    dict
        "words", a list of str; "clue", the place of the missing word; "distance", from there to
        the gap, in words.
    """
    words = STORY.replace(",", "").replace(".", "").split()
    clue = words.index(CLUE)
    return {"words": words, "clue": clue, "distance": len(words) - clue}


def reach(*, windows=None):
    """Share of dependencies that a window can see, for windows of every size.

    Parameters
    ----------
    windows : ndarray, shape (m,), optional
        In tokens; powers of two from 1 to 65536 if not given.

    Returns
    -------
    dict of str to ndarray, shape (m,)
        "window", and for names in "programs" and words coming back in a "text", the share of
        distances up to the window.
    """
    windows = 2 ** np.arange(17) if windows is None else np.asarray(windows)
    distances = {"programs": name_distances().tokens, "text": word_returns()["text"]}
    shares = {
        name: np.searchsorted(np.sort(found), windows, side="right") / len(found)
        for name, found in distances.items()
    }
    return {"window": windows, **shares}


def information_by_hand(text=BY_HAND, *, lag=1):
    """Every step from a short text to the mutual information of its neighbouring letters.

    Parameters
    ----------
    text : str
        Of the letters a and b.
    lag : int
        Distance of the letters.

    Returns
    -------
    dict
        Arrays of shape (2, 2): "counts" of the pairs; "joint", their shares; "apart", the shares
        if the letters were independent; "terms", which add up to "information", a float in nats.
    """
    tokens = np.array([ord(letter) - ord("a") for letter in text])
    joint = lagged_joint(tokens, lag, 2)
    apart = joint.sum(axis=1, keepdims=True) * joint.sum(axis=0, keepdims=True)
    return {
        "counts": joint * (len(text) - lag),
        "joint": joint,
        "apart": apart,
        "terms": joint * np.log(np.where(joint > 0, joint, 1) / apart),
        "information": float(mutual_information(joint)),
    }


def ngrams(tokens, n):
    """How often each run of n tokens occurs.

    Parameters
    ----------
    tokens : sequence
    n : int

    Returns
    -------
    Counter
        By tuples of n tokens.
    """
    return Counter(zip(*(tokens[i:] for i in range(n)), strict=False))


def twins(window):
    """Two bit strings with the same n-grams up to a window, and different answers.

    The question: does the single 1 come before the pair of ones?

    Parameters
    ----------
    window : int
        1 or more.

    Returns
    -------
    list of str
        The first has the single 1 first.
    """
    gap = "0" * window
    return [gap.join(["", *ones, ""]) for ones in (("1", "11"), ("11", "1"))]


def first_attention(*, fillers=0):
    """A matrix of weights, made by hand, in which every word looks at the one it belongs to.

    Nothing is learned here: a link of the annotation scores 4, "it" scores 4 with the dog and 2
    with its rival, the noise, and everything else scores 0.

    Parameters
    ----------
    fillers : int
        Words to add in the middle that belong to nothing.

    Returns
    -------
    dict of str to ndarray
        "scores" and "weights", shape (n, n), with n = 12 + fillers; "values", shape (n, 2): one
        column for "is an animal", one for "is a sound"; "out", the mixture that each word gets.
    """
    scores = np.zeros((len(WORDS), len(WORDS)))
    scores[np.arange(len(WORDS)), HEADS] = 4
    scores[IT] = 0
    scores[IT, DOG], scores[IT, NOISE] = 4, 2
    values = np.zeros((len(WORDS), 2))
    values[DOG, 0] = values[NOISE, 1] = 1
    for axis in (0, 1):
        scores = np.insert(scores, [WORDS.index("and")] * fillers, 0, axis=axis)
    values = np.insert(values, [WORDS.index("and")] * fillers, 0, axis=0)
    weights = softmax(scores)
    return {"scores": scores, "weights": weights, "values": values, "out": weights @ values}
