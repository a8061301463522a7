"""Six wrong softmaxes over the last axis, as the notebook of chapter 3 prints them.

A test compares both texts. They stand alone, as mutants do.
"""

import numpy as np


def wrong_1(x):
    e = np.exp(x)
    return e / e.sum(axis=-1, keepdims=True)


def wrong_2(x):
    e = np.exp(x - x.max())
    return e / e.sum(axis=-1, keepdims=True)


def wrong_3(x):
    e = np.exp(x - x.max(axis=-1, keepdims=True))
    return e / e.sum(axis=0, keepdims=True)


def wrong_4(x):
    e = np.exp(x - np.abs(x).max(axis=-1, keepdims=True))
    return e / e.sum(axis=-1, keepdims=True)


def wrong_5(x):
    e = np.zeros_like(x)
    e[...] = np.exp(x - x.max(axis=-1, keepdims=True))
    return e / e.sum(axis=-1, keepdims=True)


def wrong_6(x):
    e = np.exp(x - x[..., :1])
    return e / e.sum(axis=-1, keepdims=True)


HUNTED = (wrong_1, wrong_2, wrong_3, wrong_4, wrong_5, wrong_6)
