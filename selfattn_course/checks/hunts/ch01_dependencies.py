"""Six wrong estimates of the information two tokens apart, as chapter 1 prints them.

A test compares both texts. They stand alone, as mutants do.
"""

import numpy as np


def wrong_1(tokens):
    joint = np.zeros((tokens.max() + 1, tokens.max() + 1))
    np.add.at(joint, (tokens, np.roll(tokens, -2)), 1)
    joint /= joint.sum()
    outer = joint.sum(axis=1, keepdims=True) * joint.sum(axis=0)
    seen = joint > 0
    return (joint[seen] * np.log(joint[seen] / outer[seen])).sum()


def wrong_2(tokens):
    joint = np.zeros((tokens.max() + 1, tokens.max() + 1))
    joint[tokens[:-2], tokens[2:]] += 1
    joint /= joint.sum()
    outer = joint.sum(axis=1, keepdims=True) * joint.sum(axis=0)
    seen = joint > 0
    return (joint[seen] * np.log(joint[seen] / outer[seen])).sum()


def wrong_3(tokens):
    joint = np.zeros((tokens.max() + 1, tokens.max() + 1))
    np.add.at(joint, (tokens[:-2], tokens[2:]), 1)
    joint /= joint.sum()
    outer = joint.sum(axis=1, keepdims=True) * joint.sum(axis=1)
    seen = (joint > 0) & (outer > 0)
    return (joint[seen] * np.log(joint[seen] / outer[seen])).sum()


def wrong_4(tokens):
    joint = np.zeros((tokens.max() + 1, tokens.max() + 1))
    np.add.at(joint, (tokens[:-2], tokens[2:]), 1)
    joint /= joint.sum()
    outer = joint.sum(axis=1, keepdims=True) * joint.sum(axis=0)
    seen = joint > 0.02
    return (joint[seen] * np.log(joint[seen] / outer[seen])).sum()


def wrong_5(tokens):
    first, second = tokens[:-2], tokens[2:]
    shares = []
    for x in (first, second, 10 * first + second):
        counts = np.unique(x, return_counts=True)[1]
        shares.append(counts / counts.sum())
    entropy = [-(p * np.log(p)).sum() for p in shares]
    return entropy[0] + entropy[1] - entropy[2]


def wrong_6(tokens):
    joint = np.zeros((tokens.max() + 1, tokens.max() + 1))
    np.add.at(joint, (tokens[:-2], tokens[2:]), 1)
    joint /= joint.sum()
    p = np.bincount(tokens) / len(tokens)
    seen = joint > 0
    return (joint[seen] * np.log(joint[seen] / np.outer(p, p)[seen])).sum()


HUNTED = (wrong_1, wrong_2, wrong_3, wrong_4, wrong_5, wrong_6)
