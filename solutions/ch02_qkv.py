# %% [markdown]
# # Queries, keys and values
#
# Here you build the attention of chapter 2 yourself, in plain NumPy: from token numbers to a layer
# with several heads, and then heads whose weights you choose by hand. Plan about 230 minutes; a
# part needs at most those before it.
#
# **How to work.** Each part asks a question, lets you predict and try, and then asks for one
# function. Replace the line `raise NotImplementedError(...)` by your code and run the cell. Do not
# rename the function: answers are found by name.
#
# **How `check` answers.** The cell below each exercise runs `check(embed)` and the like. It calls
# your function on many inputs and says what it saw, what it expected, and what may be the cause.
# Check as often as you like. Grading uses the same kinds of inputs with other numbers and sizes.
#
# **How to hand in.** Save this file under its own name and hand it in. To grade it first as your
# instructor will, run `selfattn check ch02_qkv.ipynb` in a terminal.

# %%
import numpy as np

from selfattn_course.checks.ch02_qkv import check

# %% [markdown]
# **Shapes.** Arrays have any number of leading axes, written `...`: `q` has shape `(..., n_q, d)`,
# `k` has `(..., n_k, d)`, `v` has `(..., n_k, d_v)`. Rows are tokens; row vectors are multiplied by
# matrices from the right, as in `x @ w_q`. Numbers are floats or integers. Leave the arrays that
# you are given as they are: return new ones.
#
# One function is given: `softmax` makes weights of scores, row by row. Chapter 3 takes it apart.


# %%
def softmax(scores):
    """Weights that sum to 1 along the last axis; scores may be large."""
    e = np.exp(scores - scores.max(axis=-1, keepdims=True))
    return e / e.sum(axis=-1, keepdims=True)


# %% [markdown]
# ## 1. From tokens to vectors
#
# *1 point · about 5 minutes · difficulty 1 of 5*
#
# A **vocabulary** numbers all words, and a table has one row for each of them: its **embedding**.
# **Why:** a network computes with vectors, not with words.
#
# **An example:** the vocabulary is *the, cat, sat*. The sentence *cat sat* has the ids 1 and 2, so
# it becomes rows 1 and 2 of the table.
#
# **Predict:** what does the product of a one-hot row with the table give?

# %%
table = np.array([[0.1, 0.2], [0.9, -0.3], [-0.5, 0.7]])
one_hot = np.array([0.0, 1.0, 0.0])
print(one_hot @ table)

# %% [markdown]
# It picks row 1. An embedding is a linear map of the one-hot row; looking it up only saves the
# product.
#
# **Write** `embed(ids, table)`: one row of the table for each id.
#
# <details><summary>Hint 1</summary>
#
# NumPy can take many rows at once: an array may be indexed by an array of integers.
#
# </details>
# <details><summary>Hint 2</summary>
#
# `table[ids]`. If `ids` has two axes, so that it holds several sentences, nothing changes.
#
# </details>


# %%
def embed(ids, table):
    """The embedding of every token.

    ids : ndarray of int, shape (..., n), from 0 to vocab - 1. table : ndarray, shape (vocab, d).
    Returns an ndarray, shape (..., n, d).
    """
    ### BEGIN SOLUTION
    return table[ids]
    ### END SOLUTION


# %%
check(embed)

# %% [markdown]
# ## 2. Three roles for every token
#
# *2 points · about 5 minutes · difficulty 1 of 5*
#
# A token asks, it can be found, and it has something to say. Three matrices make these of its
# embedding: the **query** $x W_Q$, the **key** $x W_K$ and the **value** $x W_V$.
# **Why:** with one vector for all three, a token could only look for what resembles itself.
#
# **By hand:** $x = (1, 2)$ and $W_Q$ with rows $(1, 0)$ and $(3, 1)$ give the query
# $1 \cdot (1, 0) + 2 \cdot (3, 1) = (7, 2)$.
#
# **Predict:** what is the query of the token $(1, 0)$?

# %%
w_q = np.array([[1.0, 0.0], [3.0, 1.0]])
print(np.array([[1.0, 2.0], [1.0, 0.0]]) @ w_q)

# %% [markdown]
# Row $i$ of a matrix is what feature $i$ contributes.
#
# **Write** `project(x, w_q, w_k, w_v)`, which returns the three in this order.
#
# <details><summary>Hint 1</summary>
#
# One row times the matrix makes one query. What do all rows times the matrix make?
#
# </details>
# <details><summary>Hint 2</summary>
#
# `return x @ w_q, ...` and so on: three products with commas between them.
#
# </details>


# %%
def project(x, w_q, w_k, w_v):
    """Queries, keys and values of all tokens.

    x : ndarray, shape (..., n, d_model). w_q, w_k : ndarrays, shape (d_model, d).
    w_v : ndarray, shape (d_model, d_v).
    Returns q, k, v with shapes (..., n, d), (..., n, d), (..., n, d_v).
    """
    ### BEGIN SOLUTION
    return x @ w_q, x @ w_k, x @ w_v
    ### END SOLUTION


# %%
check(project)

# %% [markdown]
# ## 3. How well a key fits a query
#
# *3 points · about 15 minutes · difficulty 2 of 5*
#
# The **score** of a query and a key is their dot product, divided by $\sqrt{d}$, where $d$ is the
# length of both. **Why:** one number has to say how much a token wants to know from another.
# Chapter 3 shows what the root is for.
#
# **Predict:** three keys point the same way, across, and the opposite way. Which scores come out?

# %%
q = np.array([2.0, 0.0])
for k in ([1.0, 0.0], [0.0, 1.0], [-1.0, 0.0], [10.0, 10.0]):
    print(k, round(q @ np.array(k) / np.sqrt(2), 3))

# %% [markdown]
# Positive, zero, negative. The last key points elsewhere and wins all the same: a long key fits
# everything on its side. A score is not an angle.
#
# **By hand:** $q = (2, 0)$ and $k = (1, 0)$ give $2 / \sqrt{2} = 1.414$.
#
# **Write** `dot_scores(q, k)`: row $i$ holds the scores of query $i$, column $j$ those of key $j$.
#
# <details><summary>Hint 1</summary>
#
# All dot products of the rows of two matrices are one product: the second one is transposed.
#
# </details>
# <details><summary>Hint 2</summary>
#
# `k.T` turns *all* axes around. With a batch in front, only the last two may be swapped:
# `np.swapaxes(k, -1, -2)`.
#
# </details>
# <details><summary>Hint 3</summary>
#
# $d$ is the last axis of `q`: `q.shape[-1]`.
#
# </details>


# %%
def dot_scores(q, k):
    """Scaled dot product of every query with every key.

    q : ndarray, shape (..., n_q, d). k : ndarray, shape (..., n_k, d); leading axes broadcast.
    Returns an ndarray, shape (..., n_q, n_k).
    """
    ### BEGIN SOLUTION
    return q @ np.swapaxes(k, -1, -2) / np.sqrt(q.shape[-1])
    ### END SOLUTION


# %%
check(dot_scores)

# %% [markdown]
# ## 4. A mean of values for every query
#
# *2 points · about 5 minutes · difficulty 1 of 5*
#
# The softmax turns a row of scores into weights. The **context vector** of a query is the mean of
# all values with these weights. **Why:** this is the step in which a token takes in what the others
# carry.
#
# **By hand:** weights $0.25$ and $0.75$ over the values $(4, 0)$ and $(0, 8)$ give $(1, 6)$.
#
# **Predict:** can a context vector be longer than every value?

# %%
rng = np.random.default_rng(0)
values = rng.standard_normal((6, 2))
some = softmax(rng.standard_normal((1000, 6))) @ values
print("longest value:  ", np.linalg.norm(values, axis=1).max().round(3))
print("longest context:", np.linalg.norm(some, axis=1).max().round(3))

# %% [markdown]
# It cannot: a mean with positive weights stays within the hull of the values.
#
# **Write** `context_vectors(weights, v)`. Take the weights as they are: a row of zeros gives zeros.
#
# <details><summary>Hint 1</summary>
#
# Row $i$ of a matrix product is a sum of the rows of the second matrix, each times a number.
#
# </details>
# <details><summary>Hint 2</summary>
#
# Which numbers? Those in row $i$ of the first matrix: `weights @ v`.
#
# </details>


# %%
def context_vectors(weights, v):
    """For each query, the mean of the values with its weights.

    weights : ndarray, shape (..., n_q, n_k). v : ndarray, shape (..., n_k, d_v). Leading axes
    broadcast.
    Returns an ndarray, shape (..., n_q, d_v).
    """
    ### BEGIN SOLUTION
    return weights @ v
    ### END SOLUTION


# %%
check(context_vectors)

# %% [markdown]
# ## 5. Self-attention
#
# *3 points · about 15 minutes · difficulty 3 of 5*
#
# Now all steps in a row: project, score, softmax, average. All tokens are queries, and all of them
# are keys, the token itself included. **Why:** this is the operation that the whole course is
# about.
#
# **By hand:** two tokens $(1, 0)$ and $(0, 1)$; $W_Q$ is the identity, $W_K$ twice the identity,
# $W_V$ four times. Token 0 has the scores $2 / \sqrt{2} = 1.414$ and $0$, so the weights $0.804$
# and $0.196$, so the context vector $(3.218, 0.782)$.
#
# **Predict:** $W_Q$ and $W_K$ are all zeros. What does every token get?

# %%
x = np.array([[1.0, 0.0], [0.0, 1.0], [1.0, 1.0]])
zeros = np.zeros((2, 2))
scores = (x @ zeros) @ (x @ zeros).T / np.sqrt(2)
print(softmax(scores) @ x)

# %% [markdown]
# The plain mean of all values. Only scores that differ let a token choose.
#
# **Write** `self_attention(x, w_q, w_k, w_v)`.
#
# <details><summary>Hint 1</summary>
#
# You have all the parts: `project`, `dot_scores`, the `softmax` given above, `context_vectors`.
#
# </details>
# <details><summary>Hint 2</summary>
#
# `q, k, v = project(x, w_q, w_k, w_v)` is the first line. The second one nests the other three.
#
# </details>


# %%
def self_attention(x, w_q, w_k, w_v):
    """Scaled dot-product attention of a sequence over itself, without a mask.

    x : ndarray, shape (..., n, d_model). w_q, w_k : ndarrays, shape (d_model, d).
    w_v : ndarray, shape (d_model, d_v). Scores may be large.
    Returns an ndarray, shape (..., n, d_v).
    """
    ### BEGIN SOLUTION
    q, k, v = project(x, w_q, w_k, w_v)
    return context_vectors(softmax(dot_scores(q, k)), v)
    ### END SOLUTION


# %%
check(self_attention)

# %% [markdown]
# ## 6. One sequence asks another
#
# *3 points · about 10 minutes · difficulty 3 of 5*
#
# In **cross-attention** the queries come from one sequence, the keys and values from another.
# **Why:** a translation asks the sentence that it translates; the two need not be equally long.
#
# **By hand:** one query $2$, and two embeddings $(1, 0)$ and $(0, 1)$ whose keys are $1$ and $3$:
# with $d = 1$ the scores are $2$ and $6$, and the weights $0.018$ and $0.982$.
#
# **Predict:** 2 tokens ask 5 others, and values have 3 features. Which shape has the result?

# %%
rng = np.random.default_rng(1)
q, k, v = rng.standard_normal((2, 4)), rng.standard_normal((5, 4)), rng.standard_normal((5, 3))
weights = softmax(q @ k.T / np.sqrt(4))
print("weights", weights.shape, " result", (weights @ v).shape)

# %% [markdown]
# One row for each token that asks, as wide as the values. How many were asked does not show.
#
# **Write** `cross_attention(x_q, x_kv, w_q, w_k, w_v)`.
#
# <details><summary>Hint 1</summary>
#
# Which of the three matrices meets which of the two sequences? Their shapes tell.
#
# </details>
# <details><summary>Hint 2</summary>
#
# `x_q @ w_q`, `x_kv @ w_k`, `x_kv @ w_v`. From there on it is self-attention.
#
# </details>


# %%
def cross_attention(x_q, x_kv, w_q, w_k, w_v):
    """Attention of the tokens of one sequence over those of another, without a mask.

    x_q : ndarray, shape (..., n_q, d_q). x_kv : ndarray, shape (..., n_k, d_kv).
    w_q : shape (d_q, d). w_k : shape (d_kv, d). w_v : shape (d_kv, d_v). Leading axes broadcast,
    scores may be large.
    Returns an ndarray, shape (..., n_q, d_v).
    """
    ### BEGIN SOLUTION
    weights = softmax(dot_scores(x_q @ w_q, x_kv @ w_k))
    return context_vectors(weights, x_kv @ w_v)
    ### END SOLUTION


# %%
check(cross_attention)

# %% [markdown]
# ## 7. Predict: how much does a token keep for itself?
#
# *2 points · about 15 minutes · difficulty 3 of 5*
#
# A token is among its own keys. Let queries and keys be the same vectors, as if $W_Q = W_K$: each
# of length $\sqrt{d}$, in a random direction. Which weight does a token give itself, among $n$?
# **Why:** it tells whether attention mixes tokens at all.
#
# **By hand:** its own score is $q \cdot q / \sqrt{d} = d / \sqrt{d} = \sqrt{d}$. The score with
# another token varies around 0 with variance about 1. For such a number $s$ that is normal, the
# mean of $e^s$ is $e^{1/2} = 1.649$, not 1.
#
# **Write** `predict_own_weight(d, n)` *before* you run the experiment below: the weight for $d$
# features and $n$ tokens in all, to within 5 %. For $d = 64$ and $n = 16$ it is $0.99$.
#
# <details><summary>Hint 1</summary>
#
# The weight is the token's own exponential, divided by the sum of all $n$ exponentials.
#
# </details>
# <details><summary>Hint 2</summary>
#
# In the sum, replace each of the other $n - 1$ exponentials by its mean.
#
# </details>


# %%
def predict_own_weight(d, n):
    """Weight of a typical token on itself where queries are keys of length sqrt(d).

    d, n : int, number of features and of tokens, the token itself included.
    Returns a number between 0 and 1.
    """
    ### BEGIN SOLUTION
    own, other = np.exp(np.sqrt(d)), np.exp(0.5)
    return own / (own + (n - 1) * other)
    ### END SOLUTION


# %%
check(predict_own_weight)

# %% [markdown]
# **Now measure** it, with 64 features.

# %%
rng = np.random.default_rng(0)
for n in (16, 128, 1024):
    x = rng.standard_normal((n, 64))
    x *= 8 / np.linalg.norm(x, axis=-1, keepdims=True)
    weights = softmax(x @ x.T / 8)
    print(f"n = {n:4d}  mean weight on itself {np.diag(weights).mean():.3f}")

# %% [markdown]
# Tokens that are compared with themselves listen mostly to themselves. Two different matrices for
# queries and keys undo that: without them attention would hardly mix anything.

# %% [markdown]
# ## 8. One projection, several heads
#
# *2 points · about 10 minutes · difficulty 2 of 5*
#
# A **head** is one attention with queries, keys and values of its own. A layer makes them for all
# heads in one product and cuts the result. **Why:** one row of weights sums to 1, so a head that
# looks at one place has little left for another; several heads look at several.
#
# **An example:** a projection of width 4 and two heads. The row $(1, 2, 3, 4)$ becomes $(1, 2)$ for
# head 0 and $(3, 4)$ for head 1. The embedding itself is not cut: each number came from all of it.
#
# **Predict:** is this the same as `reshape` to `(2, 3, 2)` for three tokens?

# %%
x = np.arange(12).reshape(3, 4)
print("rows of tokens:\n", x)
print("reshape, head 0:\n", x.reshape(2, 3, 2)[0])

# %% [markdown]
# It is not: the second row of "head 0" is the end of token 0. `reshape` reads the numbers in order
# and knows nothing of tokens.
#
# **Write** `split_heads(x, n_heads)`: from `(..., n, h * d)` to `(..., h, n, d)`.
#
# <details><summary>Hint 1</summary>
#
# Cutting the *last* axis in two is safe: `(..., n, h * d)` to `(..., n, h, d)` mixes no tokens.
#
# </details>
# <details><summary>Hint 2</summary>
#
# Then two axes have to change places. Count them from the end: `np.swapaxes(..., -2, -3)`.
#
# </details>


# %%
def split_heads(x, n_heads):
    """Features cut into heads, the heads before the tokens.

    x : ndarray, shape (..., n, h * d): the features of head 0 first, then those of head 1.
    n_heads : int, h.
    Returns an ndarray, shape (..., h, n, d).
    """
    ### BEGIN SOLUTION
    d = x.shape[-1] // n_heads
    return np.swapaxes(x.reshape(*x.shape[:-1], n_heads, d), -2, -3)
    ### END SOLUTION


# %%
check(split_heads)

# %% [markdown]
# ## 9. Heads side by side again
#
# *2 points · about 5 minutes · difficulty 2 of 5*
#
# After attention each head has a row for every token. Now these rows are put side by side.
# **Why:** the next layer wants one vector for each token.
#
# **An example:** head 0 has $(1, 2)$ for a token and head 1 has $(3, 4)$; side by side they are
# $(1, 2, 3, 4)$.
#
# **Predict:** which shape do 4 heads of size 3 make for 5 tokens?
#
# **Write** `merge_heads(x)`, which undoes `split_heads`.
#
# <details><summary>Hint 1</summary>
#
# Take the steps of `split_heads` in reverse order.
#
# </details>
# <details><summary>Hint 2</summary>
#
# Swap first, then `reshape(*leading, n, h * d)`. The other way round tokens get mixed.
#
# </details>


# %%
def merge_heads(x):
    """The heads of each token side by side: the inverse of split_heads.

    x : ndarray, shape (..., h, n, d).
    Returns an ndarray, shape (..., n, h * d).
    """
    ### BEGIN SOLUTION
    *leading, h, n, d = x.shape
    return np.swapaxes(x, -2, -3).reshape(*leading, n, h * d)
    ### END SOLUTION


# %%
check(merge_heads)

# %% [markdown]
# ## 10. Multi-head attention
#
# *5 points · about 30 minutes · difficulty 4 of 5*
#
# Project, split, attend in every head, merge, and multiply by an output matrix $W_O$. **Why:** this
# is the layer that models really use; everything before was a part of it.
#
# A **mask** is boolean, `True` where a query may attend to a key. Where it is `False` the score
# becomes $-10^{30}$ before the softmax, and the weight has to be exactly 0. It broadcasts to
# `(..., h, n_q, n_k)`, so that it may differ from head to head.
#
# **An example:** two heads of size 1 and matrices $W_Q$ with columns $(1, 0)$ and $(0, 1)$. Head 0
# asks with feature 0 of a token, head 1 with feature 1. Each divides by the root of its own
# $d = 1$.
#
# **Predict:** with 8 heads and a width of 512, by which number does each head divide its scores?

# %%
print("width of all heads:", np.sqrt(512).round(2), " of one head:", np.sqrt(512 // 8))

# %% [markdown]
# By 8, not by 22.63: a dot product in a head has 64 terms.
#
# **Write** `multi_head_attention(x_q, x_kv, w_q, w_k, w_v, w_o, n_heads, mask=None)`. A query that
# may attend to nothing in a head gets zeros from it, not NaN.
#
# <details><summary>Hint 1</summary>
#
# After `split_heads` the heads are one more leading axis, and your `dot_scores` and
# `context_vectors` take any leading axes.
#
# </details>
# <details><summary>Hint 2</summary>
#
# For the mask: `np.where(mask, scores, -1e30)`, then the softmax. A row in which all is forbidden
# now has equal scores, so equal weights. Multiply the weights by the mask.
#
# </details>
# <details><summary>Hint 3</summary>
#
# `mask` may be `None`: then none of this is to happen. In the end `merge_heads(...) @ w_o`.
#
# </details>


# %%
def multi_head_attention(x_q, x_kv, w_q, w_k, w_v, w_o, n_heads, mask=None):
    """Attention in several heads, projected to the output.

    x_q : ndarray, shape (..., n_q, d_q). x_kv : ndarray, shape (..., n_k, d_kv).
    w_q : shape (d_q, h * d). w_k : shape (d_kv, h * d). w_v : shape (d_kv, h * d_v).
    w_o : shape (h * d_v, d_out). n_heads : int, h. Scores may be large; leading axes broadcast.
    mask : ndarray of bool that broadcasts to (..., h, n_q, n_k), True = may attend; or None.
    Returns an ndarray, shape (..., n_q, d_out).
    """
    ### BEGIN SOLUTION
    q, k, v = (split_heads(y, n_heads) for y in (x_q @ w_q, x_kv @ w_k, x_kv @ w_v))
    mask = True if mask is None else mask
    weights = softmax(np.where(mask, dot_scores(q, k), -1e30)) * mask
    return merge_heads(context_vectors(weights, v)) @ w_o
    ### END SOLUTION


# %%
check(multi_head_attention)

# %% [markdown]
# ## 11. Shuffled tokens, shuffled results
#
# *2 points · about 10 minutes · difficulty 2 of 5*
#
# **Question:** does attention know the order of the words? **Why:** *dog bites man* and *man bites
# dog* had better not be the same.
#
# **Predict:** the tokens are shuffled before attention. What happens to the results?

# %%
rng = np.random.default_rng(2)
x, order = rng.standard_normal((4, 3)), np.array([2, 0, 3, 1])
before = softmax(x @ x.T) @ x
after = softmax(x[order] @ x[order].T) @ x[order]
print(np.abs(after - before).max().round(3), np.abs(after - before[order]).max())

# %% [markdown]
# They are the same results in the shuffled order: attention is **equivariant** under permutations.
# Nothing in it says which token came first. Chapter 6 puts the order back in.
#
# **An example:** the permutation $(1, 2, 0)$ puts token 1 first, then token 2, then token 0.
# Results that come out as $a, b, c$ belong to the tokens 1, 2 and 0, so in their own order they
# are $c, a, b$.
#
# **Write** `restore_order(out_of_shuffled, permutation)`: attention saw `x[..., permutation, :]`;
# bring its results into the order of `x`.
#
# <details><summary>Hint 1</summary>
#
# Row `i` of what you get belongs to token `permutation[i]`. Make an empty array and put it there.
#
# </details>
# <details><summary>Hint 2</summary>
#
# Or look for the inverse permutation: where in `permutation` is 0, where is 1, ...? `np.argsort`
# answers that.
#
# </details>


# %%
def restore_order(out_of_shuffled, permutation):
    """Results of attention in the order that the tokens had before they were shuffled.

    out_of_shuffled : ndarray, shape (..., n, d), from the tokens x[..., permutation, :].
    permutation : ndarray of int, shape (n,), the same for all sequences. Must not be changed.
    Returns an ndarray, shape (..., n, d).
    """
    ### BEGIN SOLUTION
    return out_of_shuffled[..., np.argsort(permutation), :]
    ### END SOLUTION


# %%
check(restore_order)

# %% [markdown]
# ## 12. What would make a query better
#
# *4 points · about 25 minutes · difficulty 4 of 5*
#
# Training asks how the loss changes with each query. Given is `d_out`, its gradient in the output
# of attention; wanted is its gradient in `q`. **Why:** the matrix $W_Q$ learns from nothing else.
#
# The way back passes every step of the way there. The output is $P V$ with weights $P$, so the
# gradient in the weights is $dP = dO \, V^T$. The softmax turns it into the gradient in the scores:
# $dS_{ij} = P_{ij} (dP_{ij} - \sum_l P_{il} \, dP_{il})$. The scores are $q k^T / \sqrt{d}$.
#
# **Predict:** all values are the same. How does the output change if the query does?

# %%
q, k, v = np.array([[1.0, 0.0]]), np.eye(2), np.array([[5.0], [5.0]])
for change in (0.0, 0.1, 1.0):
    scores = (q + [[change, 0.0]]) @ k.T / np.sqrt(2)
    print(change, softmax(scores).round(3), softmax(scores) @ v)

# %% [markdown]
# Not at all: the weights move, their mean does not. A query learns only where values differ.
#
# **By hand:** $q = (1, 0)$, keys $(1, 0)$ and $(0, 1)$, values $0$ and $1$, $dO = 1$. The weights
# are $0.670$ and $0.330$; $dP = (0, 1)$ with mean $0.330$; $dS = (-0.221, 0.221)$; divided by
# $\sqrt{2}$, the gradient is $(-0.156, 0.156)$: away from the key with the smaller value.
#
# **Write** `query_gradient(q, k, v, d_out)`.
#
# <details><summary>Hint 1</summary>
#
# Compute the weights first, with your `dot_scores` and the `softmax` given.
#
# </details>
# <details><summary>Hint 2</summary>
#
# `d_weights = d_out @ np.swapaxes(v, -1, -2)`. The sum over $l$ runs along the last axis, with
# `keepdims=True`.
#
# </details>
# <details><summary>Hint 3</summary>
#
# The derivative of $q \cdot k_j / \sqrt{d}$ in $q$ is $k_j / \sqrt{d}$. Which product adds these up
# over $j$?
#
# </details>


# %%
def query_gradient(q, k, v, d_out):
    """Gradient of a loss in q, from its gradient d_out in softmax(q k^T / sqrt(d)) v.

    q : ndarray, shape (..., n_q, d). k : shape (..., n_k, d). v : shape (..., n_k, d_v).
    d_out : shape (..., n_q, d_v). The leading axes are the same for all. Scores may be large.
    Returns an ndarray of the shape of q.
    """
    ### BEGIN SOLUTION
    weights = softmax(dot_scores(q, k))
    d_weights = d_out @ np.swapaxes(v, -1, -2)
    mean = (weights * d_weights).sum(axis=-1, keepdims=True)
    return weights * (d_weights - mean) @ k / np.sqrt(q.shape[-1])
    ### END SOLUTION


# %%
check(query_gradient)

# %% [markdown]
# ## 13. A head that looks one token back
#
# *4 points · about 20 minutes · difficulty 4 of 5*
#
# So far the matrices were given. Now you choose them. Every token is told its place by a one-hot
# row: `x` is the identity, `np.eye(n)`. **Why:** such a head is the first half of the next part,
# and choosing weights shows what they can do.
#
# **By hand:** with `x` the identity, the queries are the rows of $W_Q$ and the keys those of $W_K$.
# If row 1 of $W_Q$ and row 0 of $W_K$ are both $(0, 10)$, and $d = 2$, their score is
# $100 / \sqrt{2} = 70.7$.
#
# **Predict:** one score is 5 above nine others. How much weight does it get? And at 10?

# %%
for gap in (1.0, 5.0, 10.0):
    print(gap, softmax(np.array([gap] + 9 * [0.0]))[0].round(4))

# %% [markdown]
# Softmax never reaches 1, but a gap of 10 is enough for $0.999$ here.
#
# **Write** `previous_token_head(n)`: return `w_q` and `w_k`, both of shape `(n, d)`, so that every
# query $i \ge 1$ gives at least $0.99$ of its weight to token $i - 1$. There is no mask, and query
# 0 may look anywhere. Choose $d$ from 1 to 256; no entry may exceed 100 in size.
#
# <details><summary>Hint 1</summary>
#
# Give every place a direction of its own, and let its key point there. Where has the query of the
# next place to point?
#
# </details>
# <details><summary>Hint 2</summary>
#
# Let row $i$ of `w_q` be a multiple of the one-hot row $i$. Then row $i - 1$ of `w_k` has to be the
# same.
#
# </details>
# <details><summary>Hint 3</summary>
#
# `np.eye(n, k=1)` is the identity with its ones moved one column to the right.
#
# </details>


# %%
def previous_token_head(n):
    """Matrices of a head that attends to the previous token, for one-hot places.

    n : int, 2 to 40.
    Returns w_q and w_k, both of shape (n, d), entries from -100 to 100.
    """
    ### BEGIN SOLUTION
    return 10 * np.eye(n), 10 * np.eye(n, k=1)
    ### END SOLUTION


# %%
check(previous_token_head)

# %% [markdown]
# ## 14. Two layers that go on with a pattern
#
# *5 points · about 35 minutes · difficulty 5 of 5*
#
# The tokens are 3 1 4 3 1, so 4 comes next: look for the last time that 1 came, and copy what came
# after it. Two attention layers can do that; together they are called an **induction head**.
# **Why:** it copies from its context what no matrix has stored.
#
# Row $i$ of `x` holds the one-hot token (`vocab` numbers), the one-hot place (`n` numbers), and
# `vocab` zeros: room for another token. Both layers have a causal mask, a single head, and no
# $W_O$:
#
# - layer 1: `h = x + attention(x @ w_q1, x @ w_k1, x @ w_v1)`
# - layer 2: `out = attention(h @ w_q2, h @ w_k2, h @ w_v2)`, one number for each token of the
#   vocabulary.
#
# **An example:** a token 1 at place 4 asks for "what came after a 1". At place 2 stands a 4, and
# layer 1 has written into its room that a 1 came before it. So its key fits, and its value is 4.
#
# **Predict:** what does a layer write that looks one token back, at place 0?

# %%
scores = np.where(np.tri(3, dtype=bool), 30.0 * np.eye(3, k=-1), -1e30)
print(softmax(scores).round(3))

# %% [markdown]
# Query 0 can only look at itself. So place 0 claims that its own token came before it, which is
# wrong, and layer 2 must not fall for it.
#
# **Write** `copying_layers(n, vocab)`: return `w_q1, w_k1, w_v1, w_q2, w_k2, w_v2`. Patterns of
# different tokens, 2 to `n - 2` long, are repeated until `n` tokens are full. From the second
# round on, the right next token has to lead in `out` by more than $0.001$.
#
# With `D = 2 * vocab + n`: `w_v1` has shape `(D, D)` and `w_v2` has `(D, vocab)`; queries and keys
# have `D` rows and 1 to 256 columns. No entry may exceed 100 in size.
#
# <details><summary>Hint 1</summary>
#
# Name the three groups of rows: `slice(vocab)`, `slice(vocab, vocab + n)` and the rest. Begin with
# zeros and fill blocks: `w_q1[place]` and `w_k1[place]` are your `previous_token_head(n)`.
#
# </details>
# <details><summary>Hint 2</summary>
#
# Layer 1 copies the token into the room: `w_v1[token, room] = np.eye(vocab)`. In layer 2 the query
# comes from the token, the key from the room, the value from the token.
#
# </details>
# <details><summary>Hint 3</summary>
#
# For place 0: row `vocab` of `w_k2` is what its place adds to its key. Add something that makes the
# score of every query with it small.
#
# </details>


# %%
def copying_layers(n, vocab):
    """Matrices of two layers that go on with a repeated pattern.

    n : int, number of places, 4 to 20. vocab : int, number of tokens, 2 to 14.
    Returns w_q1, w_k1, w_v1, w_q2, w_k2, w_v2, entries from -100 to 100.
    """
    ### BEGIN SOLUTION
    token, room = (np.eye(2 * vocab + n, vocab, k=-shift) for shift in (0, vocab + n))
    empty = np.zeros((vocab, n))
    w_q1, w_k1 = (np.vstack([empty, w, empty]) for w in previous_token_head(n))
    w_k2 = 10 * room
    w_k2[vocab] = -10  # whatever a query asks for, place 0 does not have it
    return w_q1, w_k1, token @ room.T, 10 * token, w_k2, token
    ### END SOLUTION


# %%
check(copying_layers)

# %% [markdown]
# ## 15. Bug hunt: eight wrong attentions
#
# *4 points · about 25 minutes · difficulty 4 of 5*
#
# Each of these is wrong in one way, and right on many inputs. **Why:** wrong code that runs is
# the common case, and only the right input gives it away.


# %%
def wrong_1(q, k, v):
    scores = q @ k.T / np.sqrt(q.shape[-1])
    e = np.exp(scores - scores.max(axis=-1, keepdims=True))
    return e / e.sum(axis=-1, keepdims=True) @ v


def wrong_2(q, k, v):
    scores = q @ np.swapaxes(k, -1, -2) / np.sqrt(v.shape[-1])
    e = np.exp(scores - scores.max(axis=-1, keepdims=True))
    return e / e.sum(axis=-1, keepdims=True) @ v


# %%
def wrong_3(q, k, v):
    scores = q @ np.swapaxes(k, -1, -2) / np.sqrt(q.shape[-1])
    e = np.exp(scores)
    return e / e.sum(axis=-1, keepdims=True) @ v


def wrong_4(q, k, v):
    scores = q @ np.swapaxes(k, -1, -2) / np.sqrt(q.shape[-1])
    e = np.exp(scores - scores.max())
    return e / e.sum(axis=-1, keepdims=True) @ v


# %%
def wrong_5(q, k, v):
    scores = q @ np.swapaxes(k, -1, -2) / np.sqrt(q.shape[-1])
    e = np.exp(scores - scores.max(axis=-1, keepdims=True))
    return e / e.sum(axis=-2, keepdims=True) @ v


def wrong_6(q, k, v):
    scores = k @ np.swapaxes(q, -1, -2) / np.sqrt(q.shape[-1])
    e = np.exp(scores - scores.max(axis=-1, keepdims=True))
    return e / e.sum(axis=-1, keepdims=True) @ v


# %%
def wrong_7(q, k, v):
    scores = q @ np.swapaxes(k, -1, -2) / np.sqrt(q.shape[-1])
    e = np.exp(scores - scores.max(axis=-1, keepdims=True))
    return (e / e.sum(axis=-1, keepdims=True)).astype(v.dtype) @ v


# %%
def wrong_8(q, k, v):
    scores = q @ np.swapaxes(k, -1, -2) / np.sqrt(q.shape[-1])
    e = np.exp(scores - scores.max(axis=-1, keepdims=True))
    e[e < 0.01] = 0
    return e / e.sum(axis=-1, keepdims=True) @ v


# %% [markdown]
# **Predict:** which of them are right if `q`, `k` and `v` are all the identity?

# %%
eye = np.eye(2)
for wrong in (wrong_1, wrong_2, wrong_3, wrong_4, wrong_5, wrong_6, wrong_7, wrong_8):
    print(wrong.__name__, wrong(eye, eye, eye).round(3).tolist())

# %% [markdown]
# All eight. An input in which everything is square, symmetric and small proves nothing.
#
# **An example:** with $d = 2$ and values of size 1, `wrong_2` does not divide by $\sqrt{2}$ but
# by 1. So `(np.eye(2), np.eye(2), np.array([[1.0], [0.0]]))` separates it from attention.
#
# **Write** `attention_bug_hunt()`: return a list of eight inputs, each a tuple of three arrays
# `(q, k, v)`. The first separates `wrong_1` from the right attention, the second `wrong_2`, and so
# on: the results differ by more than 0.001, or the wrong one has another shape, is not finite, or
# raises. Numbers are finite, at most 100 in each array.
#
# <details><summary>Hint 1</summary>
#
# Compare each function with yours, line by line. One line differs. When does it matter?
#
# </details>
# <details><summary>Hint 2</summary>
#
# Think of a batch, of sizes that differ, of scores in the thousands, of rows that differ much, and
# of queries that are not the keys.
#
# </details>
# <details><summary>Hint 3</summary>
#
# For `wrong_7`: which dtype can `v` have? For `wrong_8`: a small weight matters if its value is
# large.
#
# </details>


# %%
def attention_bug_hunt():
    """A list of eight (q, k, v); the i-th separates the i-th wrong function from attention."""
    ### BEGIN SOLUTION
    q, k = np.array([[1.0, 2.0], [0.0, 3.0]]), np.array([[3.0, 0.0], [1.0, 1.0]])
    v = np.array([[5, 1, 0], [0, 2, 4]])
    plain, batch = (q, k, v), (np.stack([q, q]), np.stack([k, k]), np.stack([v, v]))
    far_apart = 900.0 * q - np.array([[0.0], [6000.0]]), k, v
    tail = np.array([[6.0]]), np.array([[0.0], [1.0]]), np.array([[100.0], [0.0]])
    return [batch, plain, far_apart, far_apart, plain, plain, plain, tail]
    ### END SOLUTION


# %%
check(attention_bug_hunt)

# %% [markdown]
# ## Hand in
#
# Restart the kernel, run all cells, and look at every box once more. Then save this file as
# `ch02_qkv.ipynb` and hand it in. A part that is not done costs its own points,
# and those of later parts that call it.
