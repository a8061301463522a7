# %% [markdown]
# # How far apart are the things that belong together?
#
# Here you write the tools of chapter 1 yourself, in plain NumPy: you count distances and n-grams,
# find out which windows will do, and measure how much one token tells about another far away.
# Plan about 150 minutes; a part needs at most those before it.
#
# **How to work.** Each part asks a question, lets you predict and try, and then asks for one
# function. Replace the line `raise NotImplementedError(...)` by your code and run the cell. Do not
# rename the function: answers are found by name.
#
# **How `check` answers.** The cell below each exercise runs `check(previous_use)` and the like. It
# calls your function on many inputs and says what it saw, what it expected, and what may be the
# cause. Check as often as you like. Grading uses the same kinds of inputs with other numbers.
#
# **How to hand in.** Save this file under its own name and hand it in. To grade it first as your
# instructor will, run `selfattn check ch01_dependencies.ipynb` in a terminal.

# %%
import numpy as np

from selfattn_course.checks.ch01_dependencies import check

# %% [markdown]
# **Words.** A **token** is one piece of a sequence: a word, a letter, a name. Positions count from
# 0. Token **ids** are whole numbers from 0 on, and `n_symbols` says how many ids there are. The
# **distance** of two tokens is the difference of their positions, so neighbours have distance 1.
# Arrays of any number of leading axes have shape `(..., n)`. No function may change its arguments.

# %% [markdown]
# ## 1. From each word to its head
#
# *2 points · about 5 minutes · difficulty 1 of 5*
#
# In a sentence each word belongs to another one, its **head**: *The* to *dog*, *loudly* to
# *barked*. `heads[i]` is the position of the head of word `i`. A word that belongs to no other is
# written as its own head. **Why:** these distances say how far a reader has to look.
#
# **Predict:** here is the sentence of chapter 1. Which word stands farthest from its head?

# %%
sentence = "The dog barked loudly , and another loud noise startled it ."
words = sentence.split()
heads = [1, 2, 2, 2, 9, 9, 8, 8, 9, 2, 9, 2]
for i, head in enumerate(heads):
    print(i, words[i], "->", head, words[head])

# %% [markdown]
# The full stop: its head is *barked*, 9 positions before. Next comes *startled*, 7 from *barked*.
# Most others are neighbours.
#
# **By hand:** in *Dogs bark loudly*, the heads are 1, 1, 1. *Dogs* has distance 1, *bark* is its
# own head and has none, *loudly* has distance 1: the answer is 1, 1.
#
# **Write** `dependency_distances(heads)`: the distances in the order of the words, without those
# words that are their own head.
#
# <details><summary>Hint 1</summary>
#
# A head may stand before or after its word. What makes both distances positive?
#
# </details>
# <details><summary>Hint 2</summary>
#
# `np.arange(len(heads))` holds the positions. A boolean array in square brackets keeps the entries
# where it is True.
#
# </details>


# %%
def dependency_distances(heads):
    """Distance from each word to its head, for all words that have one.

    heads : ndarray of ints, shape (n,): positions, from 0; heads[i] == i says that i has no head.
    Returns whole numbers, shape (m,), one for each word that has a head; none if no word has.
    """
    ### BEGIN SOLUTION
    distances = np.abs(np.arange(len(heads)) - heads)
    return distances[distances > 0]
    ### END SOLUTION


# %%
check(dependency_distances)

# %% [markdown]
# ## 2. What fits into a window
#
# *1 point · about 5 minutes · difficulty 1 of 5*
#
# A **window** of `w` tokens reaches `w` positions back: whatever is at most `w` away is in sight.
# **Why:** the share of dependencies in sight is the most that a model with this window can get
# right without guessing.
#
# **Predict:** the distances are 1, 2, 3 and 6. Which share of them fits into a window of 3?

# %%
distances = np.array([1, 2, 3, 6])
print(distances <= 3, "->", np.mean([True, True, True, False]))

# %% [markdown]
# True counts as 1 and False as 0, so the mean of booleans is a share.
#
# **By hand:** a window of 2 holds the distances 1 and 2, but not 3 and 6: the share is $2/4 = 0.5$.
#
# **Write** `share_within(distances, window)`: one share for each row, along the last axis.
#
# <details><summary>Hint 1</summary>
#
# A distance equal to the window is within it.
#
# </details>
# <details><summary>Hint 2</summary>
#
# `.mean(axis=-1)` averages along the last axis, whatever axes come before it.
#
# </details>


# %%
def share_within(distances, window):
    """Share of the distances that are at most `window`, along the last axis.

    distances : ndarray of ints, 0 or more, shape (..., m), m at least 1. window : int, 0 or more.
    Returns an ndarray of shape (...); a number if distances has one axis.
    """
    ### BEGIN SOLUTION
    return (distances <= window).mean(axis=-1)
    ### END SOLUTION


# %%
check(share_within)

# %% [markdown]
# ## 3. When was this name used before?
#
# *2 points · about 10 minutes · difficulty 2 of 5*
#
# In a program, a name means what it meant when it was used before. **Question:** how far back is
# that? **Why:** here distances come for free, without anybody who annotates them.
#
# **Predict:** the names are x y x z y x. What is the distance of the last x from the x before?

# %%
names = list("xyxzyx")
for i, name in enumerate(names):
    print(i, name, "seen before at", [j for j in range(i) if names[j] == name])

# %% [markdown]
# The last x stands at 5, the one before at 2: distance 3. Only the *last* use before counts.
#
# **By hand:** with ids 0 for x, 1 for y and 2 for z, the tokens are 0 1 0 2 1 0. The answer is
# 0, 0, 2, 0, 3, 3: tokens that were never used before get 0.
#
# **Write** `previous_use(ids)`.
#
# <details><summary>Hint 1</summary>
#
# Go from left to right. What do you have to remember of each id?
#
# </details>
# <details><summary>Hint 2</summary>
#
# A dictionary from id to last position: look up first, then store. Position 0 is a position too, so
# ask `if name in last`.
#
# </details>


# %%
def previous_use(ids):
    """Distance from each token to the last one before it with the same id, or 0 if there is none.

    ids : ndarray of ints, shape (n,), n at least 1, ids from 0 to 49999.
    Returns whole numbers, shape (n,).
    """
    ### BEGIN SOLUTION
    last, distances = {}, []
    for i, name in enumerate(ids.tolist()):
        distances.append(i - last.get(name, i))
        last[name] = i
    return np.array(distances)
    ### END SOLUTION


# %%
check(previous_use)

# %% [markdown]
# ## 4. A task with one distance
#
# *2 points · about 10 minutes · difficulty 2 of 5*
#
# In the **copy task** the right answer at position $t$ is the input at position $t - k$, with a
# fixed **lag** $k$. **Why:** it is the cleanest test of a model's reach, since every answer depends
# on one token, and all distances are the same.
#
# **Predict:** what does `x[:-k]` hold if $k$ is 0?

# %%
x = np.array([5.0, 6.0, 7.0, 8.0])
print("k = 1:", x[:-1], "  k = 0:", x[:-0])

# %% [markdown]
# Nothing: -0 is 0, and `x[:0]` is empty.
#
# **By hand:** 5 6 7 8 with lag 1 becomes 0 5 6 7, with lag 0 it stays 5 6 7 8, and with lag 4 or
# more it becomes 0 0 0 0.
#
# **Write** `lag_copy(x, lag)`: time runs along the last axis, and where there is no input yet the
# copy is 0.
#
# <details><summary>Hint 1</summary>
#
# Begin with zeros in the shape of `x`. How many entries can be copied?
#
# </details>
# <details><summary>Hint 2</summary>
#
# With `n = x.shape[-1]`, the first `n - lag` entries move, as long as that is more than 0. In
# `x[..., :stop]` a negative stop counts from the end.
#
# </details>


# %%
def lag_copy(x, lag):
    """The sequences of x, delayed by `lag` steps: entry t is x[..., t - lag], or 0 if t < lag.

    x : ndarray of ints or floats, shape (..., n), n at least 1. lag : int, 0 or more, also above n.
    Returns an ndarray of the shape of x.
    """
    ### BEGIN SOLUTION
    n = x.shape[-1]
    copy = np.zeros_like(x)
    copy[..., lag:] = x[..., : max(n - lag, 0)]
    return copy
    ### END SOLUTION


# %%
check(lag_copy)

# %% [markdown]
# ## 5. The smallest window that will do
#
# *3 points · about 15 minutes · difficulty 3 of 5*
#
# Each row of `needs` holds two positions: a token that asks, and the **source** of its answer. A
# window of `w` serves a row if the source stands at most `w` positions *before* the asker, or is
# the asker itself. **Why:** this is how to choose a window for a task, and to see when no window
# will do.
#
# **Predict:** how much smaller can the window be if a tenth of the needs may stay unserved?

# %%
rng = np.random.default_rng(0)
distances = np.sort(np.floor(rng.pareto(1.0, size=1000)))
print("all:", distances[-1], "  nine tenths:", distances[899])

# %% [markdown]
# Far smaller: a few needs reach far. So we ask for a *share* of the needs, such as 0.5 for at
# least half of them.
#
# **By hand:** the needs are (9, 1), (3, 1), (7, 2), (5, 4), with distances 8, 2, 5, 1. A window of
# 8 serves all. At least half are two needs: a window of 2 will do. If (2, 4) comes as a fifth
# need, its source lies ahead: no window serves all (the answer is -1). Half of five means three:
# a window of 5.
#
# **Write** `smallest_window(needs, share=1.0)`.
#
# <details><summary>Hint 1</summary>
#
# The best window is one of the distances. Which distances can a window not serve?
#
# </details>
# <details><summary>Hint 2</summary>
#
# Sort the distances that are 0 or more. `np.ceil(share * len(needs))` is how many needs have to be
# served, of *all* needs.
#
# </details>
# <details><summary>Hint 3</summary>
#
# The $k$-th smallest distance stands at place $k - 1$, if there are so many.
#
# </details>


# %%
def smallest_window(needs, share=1.0):
    """The smallest window that serves at least this share of the needs, or -1 if none does.

    needs : ndarray of ints, shape (m, 2), m at least 1: positions of asker and source.
    share : float, above 0 and at most 1.
    Returns a whole number.
    """
    ### BEGIN SOLUTION
    distance = needs[:, 0] - needs[:, 1]
    reachable = np.sort(distance[distance >= 0])
    served = int(np.ceil(share * len(needs)))
    return int(reachable[served - 1]) if served <= len(reachable) else -1
    ### END SOLUTION


# %%
check(smallest_window)

# %% [markdown]
# ## 6. Counting n-grams
#
# *3 points · about 15 minutes · difficulty 3 of 5*
#
# An **n-gram** is a run of $n$ tokens side by side. A model of n-grams counts them all and
# predicts what mostly followed. **Why:** language models were such tables once, and the size of
# the table shows what is wrong with them.
#
# **Predict:** how many places has the table for $n = 5$ and 27 letters?

# %%
for n in (1, 2, 3, 5):
    print(n, 27**n)

# %% [markdown]
# Fourteen million, and most of them stay 0 in any text that you can get.
#
# **By hand:** the sequence 0 1 0 1 has the 2-grams 01, 10, 01. The table has a row for each first
# token and a column for each second one:
#
# | | then 0 | then 1 |
# |---|---|---|
# | 0 | 0 | 2 |
# | 1 | 1 | 0 |
#
# **Write** `ngram_counts(tokens, n, n_symbols)`: a table with $n$ axes of size `n_symbols`.
#
# <details><summary>Hint 1</summary>
#
# How many n-grams has a sequence of length 4? They overlap.
#
# </details>
# <details><summary>Hint 2</summary>
#
# `counts[tuple(gram)] += 1` adds 1 at one place, if `gram` holds one index for each axis. Begin
# with `np.zeros((n_symbols,) * n, dtype=int)`.
#
# </details>


# %%
def ngram_counts(tokens, n, n_symbols):
    """How often each n-gram occurs in a sequence.

    tokens : ndarray of ints, shape (length,), ids from 0 to n_symbols - 1, length at least 1.
    n : int, at least 1; may be longer than the sequence. n_symbols : int.
    Returns whole numbers, shape (n_symbols,) * n: entry (a, b, ...) counts the n-gram a b ...
    """
    ### BEGIN SOLUTION
    counts = np.zeros((n_symbols,) * n, dtype=int)
    for i in range(len(tokens) - n + 1):
        counts[tuple(tokens[i : i + n])] += 1
    return counts
    ### END SOLUTION


# %%
check(ngram_counts)

# %% [markdown]
# ## 7. Twins that no n-gram tells apart
#
# *4 points · about 20 minutes · difficulty 4 of 5*
#
# Write 1 for an opening bracket and 0 for a closing one. A sequence is **balanced** if every
# bracket is closed after it was opened: 1 1 0 0 is, 0 1 1 0 is not. **Why:** a model that sees only
# how often each n-gram comes gives both twins the same answer, so one of the answers is wrong.
#
# **Predict:** do 1 1 0 0 and 1 0 1 0 have the same 1-grams, that is, as many ones and zeros? And
# the same 2-grams?

# %%
for text in ("1100", "1010"):
    print(text, sorted(text), sorted(text[i : i + 2] for i in range(3)))

# %% [markdown]
# The same 1-grams, but other 2-grams. Larger windows see more, yet never enough, as you will show.
#
# **An example** for 1-grams: 1 0 and 0 1 hold the same symbols, and only the first is balanced. It
# fails for 2-grams.
#
# **Write** `same_ngrams(window)`: return two sequences of 0 and 1, of at most 1000 symbols each,
# such that every n-gram comes equally often in both, for each $n$ from 1 to `window`; the first is
# balanced, the second is not. The windows that are tried go up to 40.
#
# <details><summary>Hint 1</summary>
#
# Take a sequence with parts that can change places: F a F b F. Which n-grams see both a and b?
#
# </details>
# <details><summary>Hint 2</summary>
#
# None, if F is long enough. Then F b F a F has the same n-grams: each of them lies around a, around
# b, or within F.
#
# </details>
# <details><summary>Hint 3</summary>
#
# Let F be balanced in itself. What happens to the balance if a opens a bracket, b closes it, and
# they change places?
#
# </details>


# %%
def same_ngrams(window):
    """Two sequences of 0 and 1 with the same n-grams up to `window`; only the first is balanced.

    window : int, 1 to 40.
    Returns two sequences: lists or arrays of at most 1000 zeros and ones.
    """
    ### BEGIN SOLUTION
    fill = [1, 0] * window
    first = [*fill, 1, *fill, 0, *fill]
    second = [*fill, 0, *fill, 1, *fill]
    return first, second
    ### END SOLUTION


# %%
check(same_ngrams)

# %% [markdown]
# ## 8. Pairs at a distance
#
# *2 points · about 10 minutes · difficulty 2 of 5*
#
# Now to sequences in which nobody marked what depends on what. **Question:** how often do the
# symbols $a$ and $b$ stand `lag` positions apart? **Why:** if a token has anything to do with the
# one so far before it, some pairs come more often than others.
#
# **Predict:** how many pairs that are 2 apart has a sequence of 5 tokens?

# %%
tokens = np.array([0, 1, 0, 0, 1])
print("first ", tokens[: len(tokens) - 2])
print("second", tokens[2:])

# %% [markdown]
# Three: the last two tokens have no partner.
#
# **By hand:** these pairs are (0, 0), (1, 0) and (0, 1). Each has the share $1/3$, and (1, 1) has
# 0. A table holds them, with a row for each first symbol and a column for each second one:
#
# | | second 0 | second 1 |
# |---|---|---|
# | first 0 | 1/3 | 1/3 |
# | first 1 | 1/3 | 0 |
#
# **Write** `lagged_joint(tokens, lag, n_symbols)`: all entries together sum to 1.
#
# <details><summary>Hint 1</summary>
#
# With lag 0 each token is paired with itself. `tokens[:-0]` is empty.
#
# </details>
# <details><summary>Hint 2</summary>
#
# `joint[a, b] += 1` with arrays `a` and `b` adds 1 only once where a pair comes twice;
# `np.add.at(joint, (a, b), 1)` adds every time.
#
# </details>


# %%
def lagged_joint(tokens, lag, n_symbols):
    """Share of each pair of symbols among the pairs of tokens that stand `lag` apart.

    tokens : ndarray of ints, shape (n,), ids from 0 to n_symbols - 1. lag : int, 0 to n - 1.
    n_symbols : int; some symbols may never come.
    Returns an ndarray, shape (n_symbols, n_symbols): rows are the earlier token.
    """
    ### BEGIN SOLUTION
    joint = np.zeros((n_symbols, n_symbols))
    first, second = tokens[: len(tokens) - lag], tokens[lag:]
    np.add.at(joint, (first, second), 1)
    return joint / len(first)
    ### END SOLUTION


# %%
check(lagged_joint)

# %% [markdown]
# ## 9. How much one symbol tells about another
#
# *4 points · about 20 minutes · difficulty 4 of 5*
#
# If two symbols are independent, the share of each pair is the product of two shares: that of its
# first symbol, and that of its second. **Mutual information** measures how far the pairs are from
# that:
#
# $$I = \sum_{a, b} p_{ab} \log \frac{p_{ab}}{p_a \, p_b}$$
#
# Here $p_a$ is the sum of row $a$, $p_b$ the sum of column $b$, and $\log$ is `np.log`, so the unit
# is the **nat**. **Why:** it finds every kind of dependence, and it is 0 only if there is none.
#
# **Predict:** a coin and its copy. The pairs are (0, 0) and (1, 1), with share 0.5 each. How much
# does one tell about the other? What does the formula do with the pair (0, 1)?

# %%
joint = np.array([[0.5, 0.0], [0.0, 0.5]])
with np.errstate(divide="ignore", invalid="ignore"):
    print(joint * np.log(joint / 0.25))
print("log 2 =", np.log(2))

# %% [markdown]
# Each of the pairs that come adds $0.5 \log 2$, together $\log 2 = 0.693$ nats: all there is to
# know about a coin. A pair that never comes adds 0, since $p \log p$ goes to 0 with $p$; but NumPy
# says NaN.
#
# **By hand:** pairs with shares 3/8, 1/8, 1/8, 3/8. All rows and columns sum to 1/2, so independent
# pairs would have 1/4. The first and last pair add $\frac{3}{8} \log \frac{3}{2} = 0.152$ each, the
# others $\frac{1}{8} \log \frac{1}{2} = -0.087$ each: together $0.131$.
#
# **Write** `mutual_information(joint)`: one number for each table; tables lie in the last two axes.
#
# <details><summary>Hint 1</summary>
#
# `joint.sum(axis=-1, keepdims=True)` sums the rows and keeps the axis, so that it lines up with
# `joint`. What is the same for the columns?
#
# </details>
# <details><summary>Hint 2</summary>
#
# `np.where(joint > 0, ratio, 1)` replaces the ratio where the pair never comes: $\log 1 = 0$. Do
# the same below the line of the fraction, where a symbol that never comes leaves a 0.
#
# </details>
# <details><summary>Hint 3</summary>
#
# `.sum(axis=(-2, -1))` sums over the last two axes.
#
# </details>


# %%
def mutual_information(joint):
    """Mutual information of two symbols in nats, from the probabilities of their pairs.

    joint : ndarray, shape (..., m, n), 0 or more; each table of m times n sums to 1.
    Returns an ndarray of shape (...); a number for one table. Pairs of probability 0 add 0.
    """
    ### BEGIN SOLUTION
    product = joint.sum(axis=-1, keepdims=True) * joint.sum(axis=-2, keepdims=True)
    seen = joint > 0
    ratio = np.where(seen, joint, 1) / np.where(seen, product, 1)
    return (joint * np.log(ratio)).sum(axis=(-2, -1))
    ### END SOLUTION


# %%
check(mutual_information)

# %% [markdown]
# ## 10. Information against distance
#
# *2 points · about 10 minutes · difficulty 3 of 5*
#
# Parts 8 and 9 together show how dependence falls with distance. **Why:** the curve says how far
# back it pays to look.
#
# **Predict:** throw a die 100 times. Throws are independent, so their mutual information is 0. Will
# the one that you count be 0, too?

# %%
rng = np.random.default_rng(0)
throws = rng.integers(6, size=100)
pairs = np.histogram2d(throws[:-1], throws[1:], bins=6)[0] / 99
product = pairs.sum(axis=1, keepdims=True) * pairs.sum(axis=0)
with np.errstate(divide="ignore", invalid="ignore"):
    terms = pairs * np.log(pairs / product)
print("counted:", np.round(np.nansum(terms), 3), "nats")
print("on average by chance:", np.round((6 - 1) ** 2 / (2 * 99), 3))

# %% [markdown]
# It is not. With few pairs, some come more often than others by mere chance, and every difference
# adds to the information. For independent symbols that all occur, chance gives about
#
# $$\frac{(\text{n\_symbols} - 1)^2}{2 \cdot \text{number of pairs}}$$
#
# on average. Only what lies well above that means something.
#
# **By hand:** for 2 symbols and 51 tokens, lag 1 leaves 50 pairs: chance gives $1 / 100 = 0.01$
# nats. Lag 26 leaves 25 pairs, and chance gives 0.02.
#
# **Write** `information_curve(tokens, lags, n_symbols)`: two rows, with one column for each lag.
# Row 0 is the mutual information at that lag, row 1 what chance gives by this formula.
#
# <details><summary>Hint 1</summary>
#
# Call your functions of parts 8 and 9 for each lag.
#
# </details>
# <details><summary>Hint 2</summary>
#
# At lag $k$ there are `len(tokens) - k` pairs. `np.array([information, chance])` makes two rows of
# two lists.
#
# </details>


# %%
def information_curve(tokens, lags, n_symbols):
    """Mutual information at each lag, and what chance alone gives there.

    tokens : ndarray of ints, shape (n,), ids from 0 to n_symbols - 1. n_symbols : int.
    lags : ndarray of ints, shape (m,), 0 to n - 1, in any order.
    Returns an ndarray, shape (2, m).
    """
    ### BEGIN SOLUTION
    information = [mutual_information(lagged_joint(tokens, k, n_symbols)) for k in lags.tolist()]
    chance = (n_symbols - 1) ** 2 / (2 * (len(tokens) - lags))
    return np.array([information, chance])
    ### END SOLUTION


# %%
check(information_curve)

# %% [markdown]
# **Now draw it**, for the letters of a text that comes with NumPy: the help page of `np.einsum`.
# Everything but letters counts as a 27th symbol. Where does the curve reach the level of chance?

# %%
page = np.einsum.__doc__.lower()
letters = np.array([ord(c) - 97 if "a" <= c <= "z" else 26 for c in page])
lags = np.unique(np.geomspace(1, 2000, 40).astype(int))

# %%
if check(information_curve):
    import matplotlib.pyplot as plt

    both = information_curve(letters, lags, 27)
    fig, ax = plt.subplots(figsize=(6, 3.5))
    ax.loglog(lags, both[0], "o-", color="#0072B2", label="letters of the page")
    ax.loglog(lags, both[1], "--", color="#555555", label="chance")
    ax.set(xlabel="lag (letters)", ylabel="mutual information (nats)")
    ax.legend()

# %% [markdown]
# It falls fast over the length of a word, and then hardly any more. It stays a little above chance
# even at a thousand letters, for parts of the page differ: some are prose, some are code.

# %% [markdown]
# ## 11. Predict: how fast does a chain forget?
#
# *2 points · about 10 minutes · difficulty 3 of 5*
#
# In a **Markov chain** each symbol depends on the one before it only. Row $a$ of `transition`
# holds the probabilities of what follows $a$. **Why:** a model of 2-grams is such a chain, and
# this is how fast it forgets.
#
# **Predict:** each step of a chain stays with probability 3/4. How probable is it to be in the same
# state after 2, 3, 10 steps?

# %%
transition = np.array([[0.75, 0.25], [0.25, 0.75]])
for lag in (1, 2, 3, 10):
    print(lag, np.linalg.matrix_power(transition, lag)[0, 0])
print("eigenvalues", np.linalg.eigvals(transition))

# %% [markdown]
# It goes to 1/2, and what is left above 1/2 shrinks by half at each step: by the eigenvalue that
# comes after 1. Information is a different thing, though. It cannot tell a difference from its
# opposite, so near independence it goes with the *square* of the difference: halve the difference,
# and a quarter of the information is left.
#
# **By hand:** for this chain the difference shrinks by 1/2, so the information shrinks by 1/4.
#
# **Write** `predict_decay(transition)`: the factor by which the mutual information shrinks from one
# lag to the next, far away from the start, to within 5 %.
#
# <details><summary>Hint 1</summary>
#
# `np.linalg.eigvals` gives the eigenvalues, in no order. One is 1: it belongs to what the powers of
# the matrix tend to.
#
# </details>
# <details><summary>Hint 2</summary>
#
# A chain that mostly alternates has a negative eigenvalue. Which one fades last: the second in
# value, or in size?
#
# </details>


# %%
def predict_decay(transition):
    """Factor by which the mutual information of a chain shrinks per step, far from the start.

    transition : ndarray, shape (s, s): rows sum to 1. The eigenvalues are real, and the second in
    size is above 0 in size and clearly above the third.
    Returns a number.
    """
    ### BEGIN SOLUTION
    return np.sort(np.abs(np.linalg.eigvals(transition)))[-2] ** 2
    ### END SOLUTION


# %%
check(predict_decay)

# %% [markdown]
# **Now measure.** For the chain above, pairs that are $k$ apart have the shares
# $p_a P^k_{ab}$, with $p_a = 1/2$.

# %%
before = None
for lag in range(1, 9):
    joint = np.linalg.matrix_power(np.array([[0.75, 0.25], [0.25, 0.75]]), lag) / 2
    information = (joint * np.log(4 * joint)).sum()
    factor = "" if before is None else f"factor {information / before:.4f}"
    print(lag, f"{information:.8f}", factor)
    before = information

# %% [markdown]
# The factor comes close to 1/4 soon. After 20 steps less than one part in $10^{12}$ is left: what a
# chain knew is gone for good.

# %% [markdown]
# ## 12. Bug hunt: six wrong estimates
#
# *4 points · about 20 minutes · difficulty 5 of 5*
#
# Each of these estimates the mutual information of tokens that are two apart, and each is wrong in
# one way. **Why:** such mistakes give numbers that look reasonable, so only a well-chosen input
# finds them.


# %%
def wrong_1(tokens):
    joint = np.zeros((tokens.max() + 1, tokens.max() + 1))
    np.add.at(joint, (tokens, np.roll(tokens, -2)), 1)
    joint /= joint.sum()
    outer = joint.sum(axis=1, keepdims=True) * joint.sum(axis=0)
    seen = joint > 0
    return (joint[seen] * np.log(joint[seen] / outer[seen])).sum()


# %%
def wrong_2(tokens):
    joint = np.zeros((tokens.max() + 1, tokens.max() + 1))
    joint[tokens[:-2], tokens[2:]] += 1
    joint /= joint.sum()
    outer = joint.sum(axis=1, keepdims=True) * joint.sum(axis=0)
    seen = joint > 0
    return (joint[seen] * np.log(joint[seen] / outer[seen])).sum()


# %%
def wrong_3(tokens):
    joint = np.zeros((tokens.max() + 1, tokens.max() + 1))
    np.add.at(joint, (tokens[:-2], tokens[2:]), 1)
    joint /= joint.sum()
    outer = joint.sum(axis=1, keepdims=True) * joint.sum(axis=1)
    seen = (joint > 0) & (outer > 0)
    return (joint[seen] * np.log(joint[seen] / outer[seen])).sum()


# %%
def wrong_4(tokens):
    joint = np.zeros((tokens.max() + 1, tokens.max() + 1))
    np.add.at(joint, (tokens[:-2], tokens[2:]), 1)
    joint /= joint.sum()
    outer = joint.sum(axis=1, keepdims=True) * joint.sum(axis=0)
    seen = joint > 0.02
    return (joint[seen] * np.log(joint[seen] / outer[seen])).sum()


# %%
def wrong_5(tokens):
    first, second = tokens[:-2], tokens[2:]
    shares = []
    for x in (first, second, 10 * first + second):
        counts = np.unique(x, return_counts=True)[1]
        shares.append(counts / counts.sum())
    entropy = [-(p * np.log(p)).sum() for p in shares]
    return entropy[0] + entropy[1] - entropy[2]


# %%
def wrong_6(tokens):
    joint = np.zeros((tokens.max() + 1, tokens.max() + 1))
    np.add.at(joint, (tokens[:-2], tokens[2:]), 1)
    joint /= joint.sum()
    p = np.bincount(tokens) / len(tokens)
    seen = joint > 0
    return (joint[seen] * np.log(joint[seen] / np.outer(p, p)[seen])).sum()


# %% [markdown]
# One of them has another form: with the **entropy** $H = -\sum p \log p$ of the first symbols, of
# the second ones and of the pairs, $I = H_{\text{first}} + H_{\text{second}} - H_{\text{pairs}}$.
# That is the same quantity, so the form is no mistake.
#
# **Predict:** which of them are right on five equal tokens, where one tells nothing about another?
# And do they agree on 1000 random tokens?

# %%
many = np.random.default_rng(0).integers(3, size=1000)
for wrong in (wrong_1, wrong_2, wrong_3, wrong_4, wrong_5, wrong_6):
    print(wrong.__name__, np.round([wrong(np.zeros(5, dtype=int)), wrong(many)], 3))

# %% [markdown]
# All six give 0 for equal tokens, as they should, and on random ones they agree to within 0.001.
# Inputs like these prove nothing.
#
# **An example:** `wrong_1` pairs the last two tokens with the first two. On 0 1 1 there is one
# pair, (0, 1), and the right answer is 0. `wrong_1` sees (0, 1), (1, 0) and (1, 1) instead.
#
# **Write** `lag_bug_hunt()`: return a list of six sequences. The first separates `wrong_1` from
# the right mutual information, the second `wrong_2`, and so on: the results differ by more than
# 0.001, or the wrong one is not finite or raises. Each sequence has 3 to 1000 tokens, with ids
# from 0 to 99.
#
# <details><summary>Hint 1</summary>
#
# Which line differs from the others, and when does it matter?
#
# </details>
# <details><summary>Hint 2</summary>
#
# What happens at the ends of a short sequence? Are the first symbols of the pairs as frequent as
# the second ones? Does a pair come twice?
#
# </details>
# <details><summary>Hint 3</summary>
#
# `wrong_4` needs a pair with a share below 0.02, so more than 50 pairs. For `wrong_5` look for two
# pairs with the same `10 * a + b`; one of the ids is above 9.
#
# </details>


# %%
def lag_bug_hunt():
    """A list of six sequences of token ids; the i-th separates the i-th wrong function."""
    ### BEGIN SOLUTION
    uneven = np.array([0, 0, 1, 1, 1, 1, 1, 2])
    rare = np.array([0] * 100 + [1, 1, 1] + [0] * 100 + [2, 1])
    clash = np.array([0, 1, 0, 0, 10, 0])  # the pairs (0, 10) and (1, 0) both become 10
    return [uneven, uneven, uneven, rare, clash, uneven]
    ### END SOLUTION


# %%
check(lag_bug_hunt)

# %% [markdown]
# ## Hand in
#
# Restart the kernel, run all cells, and look at every box once more. Then save this file as
# `ch01_dependencies.ipynb` and hand it in. A part that is not done costs its own points,
# and those of later parts that call it.
