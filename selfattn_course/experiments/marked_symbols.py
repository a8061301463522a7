"""Two tasks about marked symbols, and the races of small models on them.

A sequence holds random symbols, and some carry a mark. In `recall` one symbol is marked, and the
question comes at the end: which? In `hold` every fifth symbol or so is marked, and the question
comes at every step: which was the last?
"""

from dataclasses import dataclass
from functools import cache, partial

import numpy as np

from ..kernels import lstm_trace, mean_cross_entropy_vjp
from .small_models import (
    answers,
    last_weights,
    n_weights,
    new_model,
    train,
    train_side_by_side,
)

SYMBOLS = 8
FEATURES = SYMBOLS + 2  # one-hot symbol, mark, question
WIDTHS = {"RNN": 24, "LSTM": 11, "attention": 16}  # about a thousand weights each
RATES = (0.005, 0.01, 0.02, 0.05, 0.1)
LENGTHS = (5, 10, 20, 80)  # of sequences to recall from
STREAMS = (20, 40, 80, 160, 320)  # lengths to follow, after training on the first
SEEDS = (0, 1, 2)
BATCH = 32
N_STEPS, EVERY = 250, 25  # batches of training, and how often the accuracy is noted


@dataclass(frozen=True)
class Run:
    """One model, trained once."""

    accuracy: float  # on 1000 new sequences, after training
    seen: tuple  # sequences seen at each note
    curve: tuple  # accuracy at each note


def recall_batch(n, *, batch=BATCH, rng):
    """Sequences with one marked symbol, then a question mark.

    Parameters
    ----------
    n : int
        Symbols in a sequence.
    batch : int
        Sequences.
    rng : int or Generator
        Source of symbols and marks.

    Returns
    -------
    x : ndarray, shape (batch, n + 1, 10)
        Columns 0 to 7 say which symbol, column 8 whether it is marked; the last step is the
        question, column 9.
    targets : ndarray of int, shape (batch, 1)
        The marked symbol.
    """
    rng = np.random.default_rng(rng)
    symbols, where = rng.integers(SYMBOLS, size=(batch, n)), rng.integers(n, size=batch)
    rows = np.arange(batch)
    x = np.zeros((batch, n + 1, FEATURES), np.float32)
    x[rows[:, None], np.arange(n), symbols] = 1
    x[rows, where, SYMBOLS] = 1
    x[:, n, SYMBOLS + 1] = 1
    return x, symbols[rows, where][:, None]


def hold_batch(n, *, batch=BATCH, share=0.2, rng):
    """Sequences in which a share of the symbols is marked; the first always is.

    Parameters
    ----------
    n : int
        Symbols in a sequence.
    batch : int
        Sequences.
    share : float
        Of the symbols that are marked.
    rng : int or Generator
        Source of symbols and marks.

    Returns
    -------
    x : ndarray, shape (batch, n, 10)
        As in `recall_batch`, without the question.
    targets : ndarray of int, shape (batch, n)
        At every step, the last symbol that was marked.
    """
    rng = np.random.default_rng(rng)
    symbols, marked = rng.integers(SYMBOLS, size=(batch, n)), rng.random((batch, n)) < share
    marked[:, 0] = True
    x = np.zeros((batch, n, FEATURES), np.float32)
    x[np.arange(batch)[:, None], np.arange(n), symbols] = 1
    x[marked, SYMBOLS] = 1
    last = np.maximum.accumulate(np.where(marked, np.arange(n), 0), axis=1)
    return x, np.take_along_axis(symbols, last, axis=1)


def sizes():
    """How many numbers each model of the race may change.

    Returns
    -------
    dict of str to int
        By model; independent of the length of the sequences.
    """
    return {kind: n_weights(_new(kind, np.random.default_rng(0))) for kind in WIDTHS}


def accuracy(model, x, targets):
    """Share of right answers.

    Parameters
    ----------
    model : Model
    x : ndarray, shape (batch, n, 10)
    targets : ndarray of int, shape (batch, n_answers)
        For the last n_answers steps.

    Returns
    -------
    float
    """
    said = answers(model, x, n_answers=targets.shape[1]).argmax(axis=-1)
    return float((said == targets).mean())


@cache
def chosen_rates(*, n=10, seed=100):
    """The learning rate at which each model learns a short recall best.

    Parameters
    ----------
    n : int
        Symbols in a sequence.
    seed : int
        Not one of the race's.

    Returns
    -------
    dict of str to float
        By model: the rate of `RATES` with the highest mean accuracy during training.
    """
    seeds = (seed,) * len(RATES)
    curves = {kind: _trained(kind, recall_batch, n, RATES, seeds)[1] for kind in WIDTHS}
    return {kind: RATES[int(np.argmax(np.mean(c, axis=1)))] for kind, c in curves.items()}


def recall_runs(kind, n, *, seeds=SEEDS, n_steps=N_STEPS):
    """Train a model on `recall`, several times.

    Parameters
    ----------
    kind : str
        "RNN", "LSTM" or "attention".
    n : int
        Symbols in a sequence.
    seeds : tuple of int
        Of weights and training sequences, for each run. Models with the same seed see the same
        sequences.
    n_steps : int
        Batches of training.

    Returns
    -------
    tuple of Run
        One for each seed.
    """
    models, curves = _raced(kind, recall_batch, n, seeds, n_steps)
    test = recall_batch(n, batch=1000, rng=20_000 + n)
    seen = tuple(range(BATCH * EVERY, BATCH * n_steps + 1, BATCH * EVERY))
    both = zip(models, curves, strict=True)
    return tuple(Run(accuracy(model, *test), seen, (*curve,)) for model, curve in both)


def symbols_said(kind, n, *, seeds=SEEDS):
    """With how many different symbols a trained model answers `recall`.

    Parameters
    ----------
    kind, n, seeds
        As for `recall_runs`.

    Returns
    -------
    ndarray of int, shape (len(seeds),)
        At most 8, over 1000 new sequences.
    """
    x, _ = recall_batch(n, batch=1000, rng=20_000 + n)
    models, _ = _raced(kind, recall_batch, n, seeds)
    return np.array([len(np.unique(answers(model, x).argmax(axis=-1))) for model in models])


def _raced(kind, task, n, seeds, n_steps=N_STEPS):
    """Models trained with the rate that was chosen for their kind."""
    return _trained(kind, task, n, (chosen_rates()[kind],) * len(seeds), seeds, n_steps)


@cache
def _trained(kind, task, n, rates, seeds, n_steps=N_STEPS):
    """New models, trained side by side, and their accuracies on the way."""
    watched = task(n, batch=200, rng=10_000 + n)
    return train_side_by_side(
        [_new(kind, np.random.default_rng(1000 + seed)) for seed in seeds],
        [partial(task, n, rng=np.random.default_rng(seed)) for seed in seeds],
        cross_entropy_gradient,
        n_steps=n_steps,
        learning_rates=rates,
        watch=lambda model: accuracy(model, *watched),
        every=EVERY,
    )


def forget_gates(*, n=20, seeds=SEEDS):
    """Forget gates of LSTMs between the mark and the question, before and after training.

    Parameters
    ----------
    n : int
        Symbols in a sequence.
    seeds : tuple of int

    Returns
    -------
    dict of str to ndarray, shape (len(seeds),)
        "before" and "after": medians over steps, units and 200 sequences.
    """
    x, _ = recall_batch(n, batch=200, rng=40_001)
    waiting = np.cumsum(x[:, :, SYMBOLS], axis=1) > 0  # from the mark on
    waiting &= x[:, :, SYMBOLS:].sum(axis=2) == 0  # neither mark nor question
    models = {
        "before": [_new("LSTM", np.random.default_rng(1000 + seed)) for seed in seeds],
        "after": _raced("LSTM", recall_batch, n, seeds)[0],
    }

    def median(model):
        gates = lstm_trace(x, model.layer).gates[1]  # (n + 1, batch, d_h)
        return np.median(gates.swapaxes(0, 1)[waiting])

    return {when: np.array([median(model) for model in some]) for when, some in models.items()}


@cache
def trained_weights(*, n=10, n_sequences=5, seed=0, n_steps=100):
    """Where a trained head looks from the question mark.

    Parameters
    ----------
    n : int
        Symbols in a sequence.
    n_sequences : int
        New sequences to ask.
    seed : int
        Of weights and training sequences.
    n_steps : int
        Batches of training.

    Returns
    -------
    weights : ndarray, shape (n_sequences, n + 1)
        Of the question's query, for every symbol and the question itself.
    marked : ndarray of int, shape (n_sequences,)
        Where the mark is.
    """
    rng = np.random.default_rng(seed)
    model = train(
        _new("attention", np.random.default_rng(1000 + seed)),
        lambda: recall_batch(n, rng=rng),
        cross_entropy_gradient,
        n_steps=n_steps,
        learning_rate=0.02,
    )
    x, _ = recall_batch(n, batch=n_sequences, rng=40_000)
    return last_weights(model, x), x[:, :, SYMBOLS].argmax(axis=1)


def recall_race(*, lengths=LENGTHS, seeds=SEEDS):
    """Train every model on every length with every seed.

    Parameters
    ----------
    lengths, seeds : tuple of int

    Returns
    -------
    dict of str to ndarray, shape (len(lengths), len(seeds))
        Accuracy on new sequences after training, by model.
    """
    return {
        kind: np.array(
            [[run.accuracy for run in recall_runs(kind, n, seeds=seeds)] for n in lengths]
        )
        for kind in WIDTHS
    }


@cache
def hold_race(*, trained=STREAMS[0], lengths=STREAMS, seeds=SEEDS):
    """Train every model on short sequences of `hold`, and test it on longer ones.

    Parameters
    ----------
    trained : int
        Length of the training sequences.
    lengths : tuple of int
        Lengths to test, 100 sequences each.
    seeds : tuple of int

    Returns
    -------
    dict of str to ndarray, shape (len(lengths), len(seeds))
        Accuracy over the last `trained` steps of new sequences, by model.
    """
    tests = [hold_batch(n, batch=100, rng=30_000 + n) for n in lengths]
    tests = [(x, targets[:, -trained:]) for x, targets in tests]
    race = {}
    for kind in WIDTHS:
        models, _ = _raced(kind, hold_batch, trained, seeds)
        race[kind] = np.array([[accuracy(model, *test) for model in models] for test in tests])
    return race


def hold_with_window(*, trained=STREAMS[0], n=STREAMS[-1], seeds=SEEDS):
    """Accuracy of attention at the end of long sequences of `hold`, seen whole or in part.

    Parameters
    ----------
    trained : int
        Length of the training sequences, and of the part: the last steps alone, as if the
        sequence began with them.
    n : int
        Length of the sequences.
    seeds : tuple of int

    Returns
    -------
    dict of str to ndarray, shape (len(seeds),)
        "whole" and "part", over the last step of 1000 sequences.
    """
    x, targets = hold_batch(n, batch=1000, rng=31_000)
    models = _raced("attention", hold_batch, trained, seeds)[0]
    seen = {"whole": x, "part": x[:, -trained:]}
    return {
        name: np.array([accuracy(model, part, targets[:, -1:]) for model in models])
        for name, part in seen.items()
    }


def cross_entropy_gradient(said, targets):
    """Gradient of the mean cross-entropy in the answers.

    Parameters
    ----------
    said : ndarray, shape (batch, n_answers, n_classes)
        Scores of the classes.
    targets : ndarray of int, shape (batch, n_answers)

    Returns
    -------
    ndarray, shape of said
        softmax(said), minus 1 at the target, divided by the number of answers.
    """
    return mean_cross_entropy_vjp(said, targets, 1.0)


def _new(kind, rng):
    return new_model(kind, WIDTHS[kind], FEATURES, SYMBOLS, rng=rng)
