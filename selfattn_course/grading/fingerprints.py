"""Pieces of code that submissions share, by copydetect's hashes, for a class at a time.

Comparing two texts in full takes milliseconds, and a class has tens of thousands of pairs. So all
pairs are first counted at once, as a product of matrices, and only those that stand out compared.
"""

import functools
import io

import numpy as np

from selfattn_course.errors import CourseError

PIECE = 25  # characters: copydetect's own noise threshold
_COLUMNS = 8192  # of the matrix that is held at a time


def _copydetect():
    try:
        import copydetect  # imported here: it takes a second
        import copydetect.utils
    except ImportError as error:
        raise CourseError(
            f"{error.name} is not installed; expected copydetect, which compares code; "
            "install it: pip install 'selfattn_course[similar]'"
        ) from error
    return copydetect


def piece_hashes(text):
    """Hashes of all pieces of a text, sorted; empty if it is shorter than one piece."""
    hashes = _copydetect().utils.hashed_kgrams(text, PIECE)
    return np.unique(hashes.astype(np.int64))


class Fingerprints:
    """The pieces of every submission's code.

    Parameters
    ----------
    texts : list of str
        Code of each submission, in its loose form.
    given : str
        Pieces of this code count for nothing.
    common : str
        Pieces of this code are never unusual.
    rare : int
        Pieces that at most so many submissions have are unusual.
    """

    def __init__(self, texts, *, given, common, rare):
        self._texts = texts
        self._given = piece_hashes(given)
        own = [np.setdiff1d(piece_hashes(text), self._given) for text in texts]
        pieces, counts = np.unique(np.concatenate([*own, self._given[:0]]), return_counts=True)
        repeated = pieces[counts >= 2]
        usual = piece_hashes(common)
        self._unusual = np.setdiff1d(pieces[(counts >= 2) & (counts <= rare)], usual)
        self._sizes = np.array([max(len(one), 1) for one in own])
        self._shared = _products(own, repeated)
        self._own = _products(own, np.setdiff1d(repeated, usual))
        self._rare = _products(own, self._unusual)

    def alike(self, least):
        """Pairs i < j of which one has at least this share of the other's pieces."""
        share = self._shared / np.minimum.outer(self._sizes, self._sizes)
        first, second = np.nonzero(np.triu(share >= least, 1))
        return zip(first.tolist(), second.tolist(), strict=True)

    def rank(self, i, j):
        """A key that sorts pairs: most unusual code first, then most that is not common."""
        return -self._rare[i, j], -self._own[i, j], -self._shared[i, j]

    def unusual(self, i, j):
        """Number of unusual pieces that two submissions share: about as many characters."""
        return int(self._rare[i, j])

    def own(self, i, j):
        """Number of pieces that two submissions share and `common` does not have."""
        return int(self._own[i, j])

    def unusual_in(self, text, other):
        """Number of unusual pieces that two texts share."""
        both = np.intersect1d(piece_hashes(text), piece_hashes(other))
        return len(np.intersect1d(both, self._unusual))

    @functools.lru_cache(maxsize=256)  # noqa: B019  (lives as long as one comparison)
    def print_of(self, i):
        """copydetect's fingerprint of a submission."""
        text = io.StringIO(self._texts[i])
        return _copydetect().CodeFingerprint(
            f"{i}.py", PIECE, 1, self._given, filter=False, fp=text
        )


def overlap(prints, i, j):
    """Share of each of two submissions' code that the other has, by copydetect."""
    _, shares, _ = _copydetect().compare_files(prints.print_of(i), prints.print_of(j))
    return tuple(min(1.0, float(share)) for share in shares)


def _products(own, pieces):
    """For every pair of submissions, how many of `pieces` both have."""
    total = np.zeros((len(own), len(own)))
    for start in range(0, len(pieces), _COLUMNS):
        columns = pieces[start : start + _COLUMNS]
        has = np.array([np.isin(columns, one, assume_unique=True) for one in own], dtype=np.float32)
        total += has @ has.T
    return total
