# %% [markdown]
# # Softmax and attention weights
#
# Here you write the functions of chapter 3 yourself, in plain NumPy: from scores to weights, from
# weights to attention, and back through the gradient. Plan about 160 minutes; a part needs at most
# those before it.
#
# **How to work.** Each part asks a question, lets you predict and try, and then asks for one
# function. Replace the line `raise NotImplementedError(...)` by your code and run the cell. Do not
# rename the function: answers are found by name.
#
# **How `check` answers.** The cell below each exercise runs `check(softmax)` and the like. It calls
# your function on many inputs and says what it saw, what it expected, and what may be the cause.
# Check as often as you like. Grading uses the same kinds of inputs with other numbers.
#
# **How to hand in.** Save this file under its own name and hand it in. To grade it first as your
# instructor will, run `selfattn check ch03_softmax.ipynb` in a terminal.

# %%
import matplotlib.pyplot as plt
import numpy as np

from selfattn_course.checks.ch03_softmax import check

# %% [markdown]
# **Shapes.** Arrays have any number of leading axes, written `...`: `q` has shape `(..., n_q, d)`,
# `k` has `(..., n_k, d)`, `v` has `(..., n_k, d_v)`. Rows are queries, columns are keys.
# A **mask** is boolean, `True` where a query may attend to a key. Numbers are floats or integers.
# Leave the arrays that you are given as they are: return new ones.

# %% [markdown]
# ## 1. From scores to weights
#
# *3 points · about 15 minutes · difficulty 2 of 5*
#
# A **score** is any number. **Weights** are positive and sum to 1. Softmax makes weights of
# scores: $w_i = e^{x_i} / \sum_j e^{x_j}$. **Why:** attention averages with these weights.
#
# **Predict:** the scores are 1, 2 and 3. Does 3 get three times the weight of 1, or more?

# %%
scores = np.array([1.0, 2.0, 3.0])
e = np.exp(scores)
print("weights:", np.round(e / e.sum(), 3), " last / first:", np.round(e[2] / e[0], 2))

# %% [markdown]
# Only the difference counts: two points more multiply the weight by $e^2$. So adding a number to
# all scores changes no weight, which is good, because `exp` soon leaves the range of a float.
#
# **Predict:** what is `exp` of 709, and of 710?

# %%
with np.errstate(over="ignore"):
    print(np.exp(np.array([709.0, 710.0])))

# %% [markdown]
# Infinity divided by infinity is not a number. Yet scores far above 710 do have weights: subtract
# the maximum first, and every exponent is 0 or below.
#
# **By hand:** scores 1000 and 1001 become $-1$ and $0$; then $e^{-1} = 0.368$ and $1$; their sum is
# $1.368$; the weights are $0.269$ and $0.731$.
#
# **Write** `softmax(x, axis=-1)`: the slices of `x` along `axis` become weights.
#
# <details><summary>Hint 1</summary>
#
# Each slice along `axis` has a maximum of its own.
#
# </details>
# <details><summary>Hint 2</summary>
#
# `x.max(axis=axis, keepdims=True)` keeps the axis with size 1, so that subtraction lines up.
#
# </details>
# <details><summary>Hint 3</summary>
#
# Three lines: shift, `np.exp`, divide by the sum along `axis` (again with `keepdims=True`).
#
# </details>


# %%
def softmax(x, axis=-1):
    """Weights that sum to 1 along `axis`: above 0, or 0 only where they underflow.

    x : ndarray of floats or int64, any shape with at least one number along `axis`; may be large.
    Must not be changed.
    Returns an ndarray of the shape of x.
    """
    ### BEGIN SOLUTION
    e = np.exp(x - x.max(axis=axis, keepdims=True))
    return e / e.sum(axis=axis, keepdims=True)
    ### END SOLUTION


# %%
check(softmax)

# %% [markdown]
# ## 2. Temperature
#
# *2 points · about 5 minutes · difficulty 1 of 5*
#
# Divide all scores by a **temperature** $T$ before the softmax. **Why:** one number then turns the
# weights from a choice into an average.
#
# **Predict:** which temperature, 0.1 or 10, gives almost all the weight to the largest score?

# %%
for temperature in (0.1, 1.0, 10.0):
    e = np.exp(np.array([1.0, 2.0, 3.0]) / temperature)
    print(temperature, np.round(e / e.sum(), 3))

# %% [markdown]
# Cold is sharp, hot is flat.
#
# **By hand:** scores 0 and 1 at $T = 0.5$ become 0 and 2; the weights are $1 / (1 + e^2) = 0.119$
# and $0.881$.
#
# **Write** `temperature_softmax(x, temperature)`, along the last axis.
#
# <details><summary>Hint 1</summary>
#
# You have a softmax already.
#
# </details>
# <details><summary>Hint 2</summary>
#
# `softmax(...)` of the scores divided by the temperature: one line.
#
# </details>


# %%
def temperature_softmax(x, temperature):
    """Softmax of x / temperature along the last axis.

    x : ndarray of finite numbers, shape (..., n); may be large. temperature : number above 0, may
    be tiny or huge.
    Returns an ndarray of the shape of x.
    """
    ### BEGIN SOLUTION
    return softmax(x / temperature)
    ### END SOLUTION


# %%
check(temperature_softmax)

# %% [markdown]
# ## 3. Back from weights to scores
#
# *2 points · about 10 minutes · difficulty 2 of 5*
#
# **Question:** given weights, which scores do they come from? **Why:** to make a head attend where
# you want, you need scores for the weights you have in mind.
#
# **Predict:** do the scores 0, 1 and the scores 5, 6 give the same weights?

# %%
for scores in (np.array([0.0, 1.0]), np.array([5.0, 6.0])):
    e = np.exp(scores)
    print(scores, "->", np.round(e / e.sum(), 6))

# %% [markdown]
# They do: scores are known up to a constant. Asking for scores with mean 0 leaves just one answer.
#
# **By hand:** weights $0.25$ and $0.75$ have logarithms $-1.386$ and $-0.288$, with mean $-0.837$;
# the scores are $-0.549$ and $0.549$.
#
# **Write** `scores_for_weights(p)`: scores whose softmax is `p` and whose mean is 0, along the last
# axis.
#
# <details><summary>Hint 1</summary>
#
# What undoes `np.exp`?
#
# </details>
# <details><summary>Hint 2</summary>
#
# Take the logarithm, then subtract the mean of each slice. The softmax stays the same.
#
# </details>


# %%
def scores_for_weights(p):
    """Scores with mean 0 whose softmax is p, along the last axis.

    p : ndarray, shape (..., n), all above 0, the last axis sums to 1. Must not be changed.
    Returns an ndarray of the shape of p.
    """
    ### BEGIN SOLUTION
    scores = np.log(p)
    return scores - scores.mean(axis=-1, keepdims=True)
    ### END SOLUTION


# %%
check(scores_for_weights)

# %% [markdown]
# ## 4. How far ahead must a score be?
#
# *2 points · about 10 minutes · difficulty 2 of 5*
#
# **Question:** one key scores $g$ and the other $n - 1$ keys score 0. How large must $g$ be for the
# weight you want? **Why:** in a long text even the right key has many rivals.
#
# **Predict:** with 16 keys, $g = 5$ gives a weight of about 0.9. And with 1024 keys?

# %%
for n in (16, 1024):
    e = np.exp(np.array([5.0] + [0.0] * (n - 1)))
    print(n, "keys, weight", np.round(e[0] / e.sum(), 3))

# %% [markdown]
# The rivals add up, so the same lead is worth less in a longer text.
#
# **By hand:** for a weight of $0.9$ among 16 keys, $e^g / (e^g + 15) = 0.9$, so $e^g = 135$ and
# $g = 4.905$.
#
# **Write** `gap_for_weight(weight, n)`: the score $g$ that gives key 0 this weight among `n` keys,
# when the others score 0. `weight` is a number, or an array of them.
#
# <details><summary>Hint 1</summary>
#
# Call $e^g$ something short, and solve $w = y / (y + n - 1)$ for it.
#
# </details>
# <details><summary>Hint 2</summary>
#
# $y = w (n - 1) / (1 - w)$. Now undo the exponential.
#
# </details>


# %%
def gap_for_weight(weight, n):
    """Score of one key that gives it this weight, when the other n - 1 keys score 0.

    weight : number between 0 and 1, or ndarray of them. n : int, at least 2.
    Returns a number, or an ndarray of the shape of weight.
    """
    ### BEGIN SOLUTION
    return np.log(weight * (n - 1) / (1 - weight))
    ### END SOLUTION


# %%
check(gap_for_weight)

# %% [markdown]
# ## 5. Draw it: from a choice to an average
#
# *3 points · about 15 minutes · difficulty 3 of 5*
#
# **Question:** how does the **entropy** $-\sum_i p_i \log p_i$ of the weights change with the
# temperature? **Why:** it says in one number how many keys share the weight: 0 for one key,
# $\log n$ for all $n$ alike.
#
# **Predict:** at a high temperature, where does the entropy of three weights end?

# %%
for p in (np.array([1.0, 1.0, 1.0]) / 3, np.array([0.98, 0.01, 0.01])):
    print(np.round(p, 3), "entropy", np.round(-(p * np.log(p)).sum(), 3))

# %% [markdown]
# Alike, the three have $\log 3 = 1.099$. A weight of 0 adds nothing, though `0 * np.log(0)` is NaN.
#
# **By hand:** scores 0 and $\log 3$ at $T = 1$ have weights $0.25$ and $0.75$; the entropy is
# $0.347 + 0.216 = 0.562$.
#
# **Write** `entropy_curve(scores, temperatures)`: the entropy of the weights of one row of scores,
# at each temperature. It must also hold at temperatures so low that weights underflow to 0.
#
# <details><summary>Hint 1</summary>
#
# `scores / temperatures[:, None]` has one row for each temperature.
#
# </details>
# <details><summary>Hint 2</summary>
#
# Where a weight is 0, take the logarithm of something else: `np.where(p > 0, p, 1.0)`.
#
# </details>


# %%
def entropy_curve(scores, temperatures):
    """Entropy of the weights at each temperature, in nats.

    scores : ndarray, shape (n,). temperatures : ndarray, shape (m,), all above 0.
    Returns an ndarray of shape (m,).
    """
    ### BEGIN SOLUTION
    p = softmax(scores / temperatures[:, None])
    return -(p * np.log(np.where(p > 0, p, 1.0))).sum(axis=-1)
    ### END SOLUTION


# %%
check(entropy_curve)

# %% [markdown]
# Once your function is right, this cell draws its curve.

# %%
try:
    temperatures = np.logspace(-2, 2, 50)
    plt.semilogx(temperatures, entropy_curve(np.array([2.0, 1.0, 0.0]), temperatures))
    plt.xlabel("temperature")
    plt.ylabel("entropy (nats)")
except NotImplementedError:
    print("Write entropy_curve first, then run this cell again.")

# %% [markdown]
# ## 6. A smooth maximum
#
# *2 points · about 10 minutes · difficulty 2 of 5*
#
# The logarithm of the sum under every softmax has a name: **log-sum-exp**,
# $\log \sum_j e^{x_j}$. **Why:** losses are made of it, and so is the gradient of attention.
#
# **Predict:** is it above or below the largest score? By how much at most, for three scores?

# %%
for scores in ([1.0, 1.0, 1.0], [1.0, 2.0, 3.0], [1.0, 2.0, 30.0]):
    print(max(scores), np.round(np.log(np.exp(scores).sum()), 4))

# %% [markdown]
# Always above, by at most $\log 3 = 1.0986$, and by almost nothing once one score leads.
#
# **By hand:** with the maximum $m = 1001$, scores 1000 and 1001 give
# $m + \log(e^{-1} + e^0) = 1001 + 0.313$.
#
# **Write** `logsumexp(x, axis=-1)`; the result has no `axis` any more.
#
# <details><summary>Hint 1</summary>
#
# A factor $e^m$ can be taken out of the sum. What does it become after the logarithm?
#
# </details>
# <details><summary>Hint 2</summary>
#
# Subtract the maximum with `keepdims=True`; add it back without.
#
# </details>


# %%
def logsumexp(x, axis=-1):
    """log(sum(exp(x))) along `axis`, without overflow.

    x : ndarray of floats or int64, any shape with at least one number along `axis`; may be large.
    Must not be changed.
    Returns an ndarray of the shape of x without `axis`.
    """
    ### BEGIN SOLUTION
    top = x.max(axis=axis, keepdims=True)
    return np.squeeze(top, axis) + np.log(np.exp(x - top).sum(axis=axis))
    ### END SOLUTION


# %%
check(logsumexp)

# %% [markdown]
# ## 7. Weights too small to store
#
# *3 points · about 10 minutes · difficulty 3 of 5*
#
# **Question:** why not compute the weight, then its logarithm? **Why:** a language model's
# loss is $-\log w_i$ for the word that came, and for a surprising word $w_i$ is tiny.
#
# **Predict:** the scores are 0 and 1000. What is the logarithm of the first weight?

# %%
e = np.exp(np.array([0.0, 1000.0]) - 1000.0)
with np.errstate(divide="ignore"):
    print(np.log(e / e.sum()))

# %% [markdown]
# The weight $e^{-1000}$ underflowed to 0, and its logarithm, $-1000$, is lost.
#
# **By hand:** $\log w_i = x_i - \log \sum_j e^{x_j}$, here $0 - 1000$ and $1000 - 1000$. No
# weight was formed.
#
# **Write** `log_softmax(x, axis=-1)`.
#
# <details><summary>Hint 1</summary>
#
# The formula above holds your `logsumexp`.
#
# </details>
# <details><summary>Hint 2</summary>
#
# `logsumexp` removed `axis`; `np.expand_dims(..., axis)` puts it back with size 1.
#
# </details>


# %%
def log_softmax(x, axis=-1):
    """Logarithm of softmax(x), exact where the weight itself would underflow.

    x : ndarray of floats or int64, any shape with at least one number along `axis`; may be large.
    Must not be changed.
    Returns an ndarray of the shape of x.
    """
    ### BEGIN SOLUTION
    return x - np.expand_dims(logsumexp(x, axis), axis)
    ### END SOLUTION


# %%
check(log_softmax)

# %% [markdown]
# ## 8. Predict: how large is a score?
#
# *1 point · about 5 minutes · difficulty 1 of 5*
#
# A score is a dot product $q \cdot k = \sum_i q_i k_i$ over $d$ entries. All entries are
# independent normal numbers with mean 0 and variance 1. **Why:** the size of scores decides
# whether softmax averages or chooses, as the temperature did.
#
# **By hand:** for $d = 1$, the product of two such numbers has mean 0 and variance 1, so its
# standard deviation is 1.
#
# **Write** `predict_score_std()` *before* you run the experiment below it: the standard deviation
# of the score at $d = 4$, $64$ and $1024$, to within 5 %.
#
# <details><summary>Hint 1</summary>
#
# Variances of independent terms add.
#
# </details>
# <details><summary>Hint 2</summary>
#
# The standard deviation is the square root of the variance.
#
# </details>


# %%
def predict_score_std():
    """Standard deviation of q . k at d = 4, 64 and 1024: a list of three numbers."""
    ### BEGIN SOLUTION
    return [2.0, 8.0, 32.0]
    ### END SOLUTION


# %%
check(predict_score_std)

# %% [markdown]
# **Now measure**, and look at what such scores do to the softmax over 16 keys.

# %%
rng = np.random.default_rng(0)
for d in (4, 64, 1024):
    q = rng.standard_normal((50, 1, d))
    k = rng.standard_normal((50, 16, d))
    scores = (q * k).sum(axis=-1)
    e = np.exp(scores - scores.max(axis=-1, keepdims=True))
    largest = (e / e.sum(axis=-1, keepdims=True)).max(axis=-1).mean()
    print(f"d = {d:4d}  std {scores.std():5.2f}  mean largest weight {largest:.2f}")

# %% [markdown]
# The larger $d$, the closer to one winner that takes all. Dividing by $\sqrt{d}$ keeps the standard
# deviation at 1 for every $d$.

# %% [markdown]
# ## 9. Who may look at whom
#
# *2 points · about 5 minutes · difficulty 1 of 5*
#
# A model that predicts the next word must not see it. **What:** a **causal mask** lets query $i$
# attend to keys $0$ to $i$. **Why:** it is a table of True and False that every decoder shares.
#
# **By hand**, for $n = 2$, rows are queries and columns keys:
#
# | | key 0 | key 1 |
# |---|---|---|
# | query 0 | True | False |
# | query 1 | True | True |
#
# **Predict:** how many entries are True for $n = 4$?
#
# **Write** `causal_mask(n)`.
#
# <details><summary>Hint 1</summary>
#
# Entry $(i, j)$ is True when $j \le i$.
#
# </details>
# <details><summary>Hint 2</summary>
#
# Compare a row of column numbers with a column of row numbers, or look up `np.tri`.
#
# </details>


# %%
def causal_mask(n):
    """Mask that lets query i attend to keys 0 to i.

    n : int, at least 1.
    Returns an ndarray of bool, shape (n, n).
    """
    ### BEGIN SOLUTION
    place = np.arange(n)
    return place[None, :] <= place[:, None]
    ### END SOLUTION


# %%
check(causal_mask)

# %% [markdown]
# ## 10. Attention weights
#
# *5 points · about 25 minutes · difficulty 4 of 5*
#
# Now all of it together: $\mathrm{softmax}(q k^T / \sqrt{d})$, one row of weights for each query,
# and weight 0 where the mask is False. **Why:** these rows say where a head looks.
#
# **Question:** how does a mask get into the softmax? Setting forbidden scores to 0 looks natural.
# **Predict:** the scores are $-5$, $-4$ and a forbidden one set to 0. Who gets most of the weight?

# %%
scores = np.array([-5.0, -4.0, 0.0])
e = np.exp(scores)
print(np.round(e / e.sum(), 3))

# %% [markdown]
# The forbidden key: $e^0 = 1$ is a lot next to $e^{-4}$. A forbidden score has to lie far below all
# others, such as $-10^{30}$. Masking the weights after the softmax is too late: the row no longer
# sums to 1, and a huge forbidden score may have taken everything.
#
# **By hand:** $q = (2, 0)$, keys $(1, 0)$ and $(0, 1)$, $d = 2$: the scores are
# $2 / \sqrt 2 = 1.414$ and $0$; the weights are $0.804$ and $0.196$. With the first key forbidden
# they are $0$ and $1$. With both forbidden they are $0$ and $0$.
#
# **Write** `attention_weights(q, k, mask=None)`. A query that may attend to nothing gets zeros, not
# NaN.
#
# <details><summary>Hint 1</summary>
#
# `np.swapaxes(k, -1, -2)` turns the keys for `@`, whatever the leading axes.
#
# </details>
# <details><summary>Hint 2</summary>
#
# `np.where(mask, scores, -1e30)`, then your `softmax`.
#
# </details>
# <details><summary>Hint 3</summary>
#
# In a row where all is forbidden, all scores are now $-10^{30}$: equal weights. What happens if you
# multiply the weights by the mask, and does it change any other row?
#
# </details>


# %%
def attention_weights(q, k, mask=None):
    """Scaled dot-product attention weights.

    q : ndarray, shape (..., n_q, d). k : ndarray, shape (..., n_k, d). Leading axes broadcast;
    scores may be large.
    mask : ndarray of bool that broadcasts to (..., n_q, n_k), True = may attend; or None.
    Returns an ndarray, shape (..., n_q, n_k): rows sum to 1, or are 0 if all is forbidden.
    Forbidden keys get exactly 0.
    """
    ### BEGIN SOLUTION
    scores = q @ np.swapaxes(k, -1, -2) / np.sqrt(q.shape[-1])
    if mask is None:
        return softmax(scores)
    return softmax(np.where(mask, scores, -1e30)) * mask
    ### END SOLUTION


# %%
check(attention_weights)

# %% [markdown]
# ## 11. From weights to attention
#
# *3 points · about 10 minutes · difficulty 3 of 5*
#
# Each key comes with a **value**, a row of `v`. Attention returns the mean of the values, weighted
# for each query. **Why:** this is how a token takes in what others carry.
#
# **By hand:** weights $0.804$ and $0.196$ over the values $(10, 0)$ and $(0, 10)$ give
# $(8.04, 1.96)$.
#
# **Predict:** can a result lie outside the range of the values?

# %%
weights = np.array([[0.804, 0.196], [0.5, 0.5], [0.0, 1.0]])
values = np.array([[10.0, 0.0], [0.0, 10.0]])
print(weights @ values)

# %% [markdown]
# It cannot: a weighted mean stays between the values. Each row of the result belongs to one query.
#
# **Write** `attention(q, k, v, mask=None)`.
#
# <details><summary>Hint 1</summary>
#
# You have the weights: call your function of part 10.
#
# </details>
# <details><summary>Hint 2</summary>
#
# `@` multiplies the last two axes and lets the leading ones broadcast.
#
# </details>


# %%
def attention(q, k, v, mask=None):
    """Scaled dot-product attention.

    q : ndarray, shape (..., n_q, d). k : ndarray, shape (..., n_k, d).
    v : ndarray, shape (..., n_k, d_v). Leading axes broadcast. mask : as in attention_weights.
    Returns an ndarray, shape (..., n_q, d_v): zeros for a query that may attend to nothing.
    """
    ### BEGIN SOLUTION
    return attention_weights(q, k, mask) @ v
    ### END SOLUTION


# %%
check(attention)

# %% [markdown]
# ## 12. The gradient of softmax
#
# *4 points · about 20 minutes · difficulty 4 of 5*
#
# Training asks: the loss changes by `dp` per unit of each weight; by how much does it change per
# unit of each score? **Why:** a softmax that has chosen lets no gradient through, and this shows
# it.
#
# Raising score $j$ raises weight $j$ and lowers all others:
# $\partial p_i / \partial x_j = p_i (\delta_{ij} - p_j)$. Here $\delta_{ij}$ is 1 for $i = j$,
# else 0.
#
# **Predict:** the weights are 0.5, 0.5 or 0.999, 0.001. Where does a score move its weight more?

# %%
step = 1e-6
for x in (np.array([0.0, 0.0]), np.array([6.9, 0.0])):
    before, after = np.exp(x), np.exp(x + [step, 0])
    before, after = before / before.sum(), after / after.sum()
    print(np.round(before, 3), "moves by", np.round((after - before) / step, 4))

# %% [markdown]
# At 0.5 it moves most: $p_0 (1 - p_0) = 0.25$. Near 1 it hardly moves, and the changes sum to 0.
#
# **By hand:** $p = (0.25, 0.75)$, $dp = (1, 0)$: the mean of $dp$ under $p$ is $0.25$; then
# $p_i (dp_i - 0.25)$ is $0.1875$ and $-0.1875$.
#
# **Write** `softmax_vjp(p, dp)`: $g_j = \sum_i dp_i \, \partial p_i / \partial x_j$, along the last
# axis.
#
# <details><summary>Hint 1</summary>
#
# Put the derivative into the sum. The part with $\delta_{ij}$ leaves one term.
#
# </details>
# <details><summary>Hint 2</summary>
#
# The other part is $p_j$ times a number that is the same for the whole row: $\sum_i p_i \, dp_i$.
#
# </details>
# <details><summary>Hint 3</summary>
#
# No matrix is needed: `p * (dp - ...)`, with a sum along the last axis and `keepdims=True`.
#
# </details>


# %%
def softmax_vjp(p, dp):
    """Gradient of a loss in the scores, from its gradient dp in the weights p.

    p, dp : ndarrays of the same shape (..., n); the last axis of p sums to 1.
    Returns an ndarray of that shape.
    """
    ### BEGIN SOLUTION
    return p * (dp - (p * dp).sum(axis=-1, keepdims=True))
    ### END SOLUTION


# %%
check(softmax_vjp)

# %% [markdown]
# ## 13. Bug hunt: six wrong softmaxes
#
# *3 points · about 20 minutes · difficulty 4 of 5*
#
# Each of these is wrong in one way, and right on most inputs. **Why:** a test that passes proves
# little unless some wrong function fails it. All work along the last axis.


# %%
def wrong_1(x):
    e = np.exp(x)
    return e / e.sum(axis=-1, keepdims=True)


def wrong_2(x):
    e = np.exp(x - x.max())
    return e / e.sum(axis=-1, keepdims=True)


# %%
def wrong_3(x):
    e = np.exp(x - x.max(axis=-1, keepdims=True))
    return e / e.sum(axis=0, keepdims=True)


def wrong_4(x):
    e = np.exp(x - np.abs(x).max(axis=-1, keepdims=True))
    return e / e.sum(axis=-1, keepdims=True)


# %%
def wrong_5(x):
    e = np.zeros_like(x)
    e[...] = np.exp(x - x.max(axis=-1, keepdims=True))
    return e / e.sum(axis=-1, keepdims=True)


def wrong_6(x):
    e = np.exp(x - x[..., :1])
    return e / e.sum(axis=-1, keepdims=True)


# %% [markdown]
# **Predict:** which of them are right on the scores 1, 2, 3?

# %%
for wrong in (wrong_1, wrong_2, wrong_3, wrong_4, wrong_5, wrong_6):
    print(wrong.__name__, np.round(wrong(np.array([1.0, 2.0, 3.0])), 3))

# %% [markdown]
# All six. An input like this proves nothing: look for those that other tests forget.
#
# **An example:** on the scores 0 and 800, `wrong_1` computes infinity over infinity. The right
# weights are 0 and 1, so `np.array([0.0, 800.0])` separates `wrong_1` from softmax.
#
# **Write** `bug_hunt()`: return a list of six arrays. The first separates `wrong_1` from the
# right softmax, the second `wrong_2`, and so on: the results differ by more than 0.001, or the
# wrong one is not finite or raises. Inputs are finite, with at most 1000 numbers.
#
# <details><summary>Hint 1</summary>
#
# Compare each function with yours, line by line. One line differs. When does it matter?
#
# </details>
# <details><summary>Hint 2</summary>
#
# Think of rows that differ much, of scores that are all negative, and of a largest score that does
# not come first.
#
# </details>
# <details><summary>Hint 3</summary>
#
# For `wrong_5`: which dtype has `np.zeros_like(x)` if `x` holds integers?
#
# </details>


# %%
def bug_hunt():
    """A list of six arrays; the i-th separates the i-th wrong function from softmax."""
    ### BEGIN SOLUTION
    large = np.array([0.0, 800.0])
    far_apart = np.array([[0.0, 1.0], [800.0, 801.0]])
    negative = np.array([-800.0, -801.0])
    integers = np.array([0, 1])
    return [large, far_apart, far_apart, negative, integers, large]
    ### END SOLUTION


# %%
check(bug_hunt)

# %% [markdown]
# ## Hand in
#
# Restart the kernel, run all cells, and look at every box once more. Then save this file as
# `ch03_softmax.ipynb` and hand it in. A part that is not done costs its own points,
# and those of later parts that call it.
