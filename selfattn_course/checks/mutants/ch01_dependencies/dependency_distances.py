"""Wrong versions of dependency_distances(heads)."""

import numpy as np


def root_kept(heads):
    """A word that is its own head has none, so it has no distance, not even 0. Leave it out."""
    return np.abs(np.arange(len(heads)) - heads)


def root_as_minus_one(heads):
    """A word without a head has no distance: leave it out instead of writing -1."""
    distances = np.abs(np.arange(len(heads)) - heads)
    return np.where(distances > 0, distances, -1)


def root_as_nan(heads):
    """A word without a head has no distance: leave it out instead of writing NaN."""
    distances = np.abs(np.arange(len(heads)) - heads)
    return np.where(distances > 0, distances, np.nan)


def root_as_none(heads):
    """A word without a head has no distance: leave it out instead of writing None."""
    return [abs(i - head) or None for i, head in enumerate(heads.tolist())]


def signed_to_the_left(heads):
    """Distances have no sign. Take the absolute value."""
    place = np.arange(len(heads))
    return (place - heads)[place != heads]


def signed_to_the_right(heads):
    """Distances have no sign. Take the absolute value."""
    place = np.arange(len(heads))
    return (heads - place)[place != heads]


def words_between(heads):
    """These are the words in between. Neighbours have distance 1, not 0."""
    distances = np.abs(np.arange(len(heads)) - heads)
    return distances[distances > 0] - 1


def words_spanned(heads):
    """Both ends are counted. Neighbours have distance 1, not 2."""
    distances = np.abs(np.arange(len(heads)) - heads)
    return distances[distances > 0] + 1


def neighbours_left_out(heads):
    """Neighbours are left out. Only words that are their own head have no distance."""
    distances = np.abs(np.arange(len(heads)) - heads)
    return distances[distances > 1]


def counted_from_one(heads):
    """The words are counted from 1 here. Word i is at position i, from 0 on."""
    distances = np.abs(np.arange(1, len(heads) + 1) - heads)
    return distances[distances > 0]


def first_word_is_no_head(heads):
    """Position 0 is a word and can be a head. Leave out only words that are their own head."""
    distances = np.abs(np.arange(len(heads)) - heads)
    return distances[(distances > 0) & (heads > 0)]


def positions_after_removal(heads):
    """The roots were removed before the positions were counted, so the rest moved up."""
    kept = heads[heads != np.arange(len(heads))]
    return np.abs(np.arange(len(kept)) - kept)


def one_root_always(heads):
    """There may be several words without a head, or none. Leave out all of them."""
    distances = np.abs(np.arange(len(heads)) - heads)
    return np.delete(distances, np.argmin(distances))


def first_root_only(heads):
    """There may be several words without a head, or none. Leave out all of them."""
    distances = np.abs(np.arange(len(heads)) - heads)
    return np.delete(distances, np.flatnonzero(distances == 0)[:1])


def in_rising_order(heads):
    """The distances are sorted. Keep the order of the words."""
    distances = np.abs(np.arange(len(heads)) - heads)
    return np.sort(distances[distances > 0])


def reversed_order(heads):
    """The order is reversed. Begin with the first word."""
    distances = np.abs(np.arange(len(heads)) - heads)
    return distances[distances > 0][::-1]


def each_distance_once(heads):
    """Equal distances were merged. Give one for each word that has a head."""
    distances = np.abs(np.arange(len(heads)) - heads)
    return np.unique(distances[distances > 0])


def heads_to_the_left_only(heads):
    """A head may come before or after its word. Those that come after are missing."""
    gap = np.arange(len(heads)) - heads
    return gap[gap > 0]


def heads_to_the_right_only(heads):
    """A head may come before or after its word. Those that come before are missing."""
    gap = heads - np.arange(len(heads))
    return gap[gap > 0]


def between_heads(heads):
    """This is the way from head to head. Measure from each word to its own head."""
    return np.abs(np.diff(heads))


def squared(heads):
    """The distances are squared. Take the absolute value."""
    gap = np.arange(len(heads)) - heads
    return gap[gap != 0] ** 2


def positions_of_heads(heads):
    """These are the positions of the heads. How far is each from its word?"""
    return heads[heads != np.arange(len(heads))]


def places_of_words(heads):
    """These are the positions of words that have a head. How far away is the head?"""
    return np.flatnonzero(heads != np.arange(len(heads)))


def total(heads):
    """This is the sum. Give one distance for each word that has a head."""
    return int(np.abs(np.arange(len(heads)) - heads).sum())


def on_average(heads):
    """This is the mean. Give one distance for each word that has a head."""
    distances = np.abs(np.arange(len(heads)) - heads)
    return distances.sum() / max((distances > 0).sum(), 1)


def counts(heads):
    """This is the histogram. Give one distance for each word that has a head."""
    distances = np.abs(np.arange(len(heads)) - heads)
    return np.bincount(distances[distances > 0])


def as_column(heads):
    """There is an axis too many. Return an array of one axis."""
    distances = np.abs(np.arange(len(heads)) - heads)
    return distances[distances > 0][:, None]


def pairs(heads):
    """Return the distances alone, without the words."""
    words = np.flatnonzero(heads != np.arange(len(heads)))
    return np.stack([words, np.abs(words - heads[words])], axis=1)


def last_word_forgotten(heads):
    """The last word is missing. Look at all of them."""
    return [abs(i - int(heads[i])) for i in range(len(heads) - 1) if heads[i] != i]


def first_word_forgotten(heads):
    """The first word is missing. Look at all of them, from position 0 on."""
    return [abs(i - int(heads[i])) for i in range(1, len(heads)) if heads[i] != i]


def in_one_byte(heads):
    """One byte holds numbers up to 127 only. Leave the dtype alone."""
    distances = np.abs(np.arange(len(heads)) - heads)
    return distances[distances > 0].astype(np.int8)


def capped(heads):
    """Distances above 99 are cut off. Give them as they are."""
    distances = np.abs(np.arange(len(heads)) - heads)
    return np.minimum(distances[distances > 0], 99)


def writes_into_heads(heads):
    """`heads -= ...` changes the caller's array. Write `distances = heads - ...`."""
    heads -= np.arange(len(heads), dtype=heads.dtype)
    return np.abs(heads[heads != 0])


def the_way_round_a_ring(heads):
    """Text does not close into a ring: the first and the last word are far apart."""
    distances = np.abs(np.arange(len(heads)) - heads)
    distances = distances[distances > 0]
    return np.minimum(distances, len(heads) - distances)


def searched_by_value(heads):
    """Looking up a value finds its first place. Words with the same head need their own."""
    words = list(heads)
    distances = [abs(words.index(head) - int(head)) for head in words]
    return [d for d in distances if d]
