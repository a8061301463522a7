# %% [markdown]
# # What attention costs
#
# Here you count what attention costs, in multiply-adds and in bytes, compare it with other layers,
# and write the update that lets it run in little memory. Plan about 175 minutes; every part stands
# alone.
#
# **How to work.** Each part asks a question, lets you predict and try, and then asks for one
# function. Replace the line `raise NotImplementedError(...)` by your code and run the cell. Do not
# rename the function: answers are found by name.
#
# **How `check` answers.** The cell below each exercise runs `check(attention_macs)` and the like.
# It calls your function on many inputs and says what it saw, what it expected, and what may be the
# cause. Check as often as you like. Grading uses the same kinds of inputs with other numbers.
#
# **How to hand in.** Save this file under its own name and hand it in. To grade it first as your
# instructor will, run `selfattn check ch05_complexity.ipynb` in a terminal.

# %%
import matplotlib.pyplot as plt
import numpy as np

from selfattn_course.checks.ch05_complexity import check

# %% [markdown]
# **What is counted.** A **multiply-add** is one product added to a sum. The matrix product of
# shapes `(m, k)` and `(k, p)` takes $m k p$ of them: each of $m p$ results is a sum of $k$
# products. Exponentials, divisions and biases are not counted.
#
# **Counts are exact.** Sizes can be huge, so use formulas, not loops, and stay with whole numbers:
# a float holds only 53 bits.

# %% [markdown]
# ## 1. The work of attention
#
# *1 point · about 5 minutes · difficulty 1 of 5*
#
# Attention over $n$ tokens with $d$ features makes two matrix products: the scores $q k^T$, and the
# weighted sums of the values. **Why:** all that follows is built on this count.
#
# **Predict:** the text becomes twice as long. How much more work are the scores?

# %%
for n in (100, 200, 400):
    q = np.ones((n, 8))
    print(n, "tokens:", (q @ q.T).size, "scores of 8 multiply-adds each")

# %% [markdown]
# Four times as much: every token meets every token.
#
# **By hand:** 3 tokens of 2 features have $3 \cdot 3$ scores of 2 multiply-adds each, which is 18.
# The output has $3 \cdot 2$ numbers, each a sum over 3 values: 18 again, and 36 together.
#
# **Write** `attention_macs(n, d)`: the multiply-adds of both products. There is no mask, and `q`,
# `k` and `v` are given.
#
# <details><summary>Hint 1</summary>
#
# What are the shapes of the two products?
#
# </details>
# <details><summary>Hint 2</summary>
#
# `(n, d) @ (d, n)`, then `(n, n) @ (n, d)`.
#
# </details>


# %%
def attention_macs(n, d):
    """Multiply-adds of q k^T and of weights v, for n tokens of d features.

    n, d : int, at least 1; may be huge.
    Returns an int, exact at any size.
    """
    ### BEGIN SOLUTION
    return 2 * n * n * d
    ### END SOLUTION


# %%
check(attention_macs)

# %% [markdown]
# ## 2. Predict: what does a longer text cost?
#
# *1 point · about 5 minutes · difficulty 1 of 5*
#
# A cost that grows as $c \, n^p$ is a **power law** with exponent $p$. **Why:** an exponent tells
# what a longer text costs on any machine, since $c$ drops out.
#
# **Predict:** which is larger for 100 tokens, $n^2$ or $2^n$? By how much?

# %%
for n in (1, 10, 100):
    print(f"n = {n:3d}   n^2 = {n**2:6d}   2^n has {len(str(2**n))} digits")

# %% [markdown]
# Quadratic and exponential are different worlds: doubling $n$ multiplies $n^2$ by 4, and squares
# $2^n$.
#
# **By hand:** with $p = 3$, twice the length costs $(2n)^3 / n^3 = 8$ times as much.
#
# **Write** `predict_growth(exponent, factor)`: new cost over old cost when the length is multiplied
# by `factor`, to within 5 %.
#
# <details><summary>Hint 1</summary>
#
# Write down the cost at length $f n$ and divide it by the cost at length $n$. What is left?
#
# </details>
# <details><summary>Hint 2</summary>
#
# $c \, (f n)^p / (c \, n^p) = f^p$.
#
# </details>


# %%
def predict_growth(exponent, factor):
    """New cost over old cost of a power law when the length is multiplied by factor.

    exponent : int or float, 0 or more. factor : int or float above 0, perhaps below 1.
    Returns a number.
    """
    ### BEGIN SOLUTION
    return factor**exponent
    ### END SOLUTION


# %%
check(predict_growth)

# %% [markdown]
# ## 3. Memory for the scores
#
# *1 point · about 5 minutes · difficulty 1 of 5*
#
# Plain attention stores all scores of all heads at once. **Why:** a long text can need more memory
# for its scores than a machine has.
#
# **Predict:** how long may a text be until the float32 scores of one head fill 1 GiB?

# %%
for n in (1_000, 4_000, 16_000, 64_000):
    print(f"{n:6d} tokens: {n * n * 4 / 2**30:7.3f} GiB")

# %% [markdown]
# About 16 thousand tokens, and a layer has many heads.
#
# **By hand:** 2 queries and 3 keys make 6 scores; in float32, 4 bytes each, that is 24 bytes.
#
# **Write** `score_bytes(n_q, n_k, n_heads, item_bytes)`: the bytes of all scores of one layer.
#
# <details><summary>Hint 1</summary>
#
# How many scores has one head?
#
# </details>
# <details><summary>Hint 2</summary>
#
# `n_q * n_k` for each head, and `item_bytes` for each score.
#
# </details>


# %%
def score_bytes(n_q, n_k, n_heads, item_bytes):
    """Bytes of the scores of n_q queries with n_k keys in all heads.

    n_q, n_k, n_heads : int, at least 1; may be huge. item_bytes : int, bytes of one number.
    Returns an int, exact at any size.
    """
    ### BEGIN SOLUTION
    return n_q * n_k * n_heads * item_bytes
    ### END SOLUTION


# %%
check(score_bytes)

# %% [markdown]
# ## 4. Four layers, counted exactly
#
# *4 points · about 20 minutes · difficulty 3 of 5*
#
# Four layers read $n$ tokens of $d$ features and return as many. **Why:** which of them is cheaper
# depends on $n$ and $d$, and only a count can tell.
#
# | layer | matrix products |
# |---|---|
# | self-attention, one head | four projections ($d \times d$); then scores and weighted sums |
# | RNN | in each of $n$ steps: the input, and the state before it ($d \times d$ each) |
# | LSTM | as the RNN, for each of four gates |
# | convolution | for each output: `width` positions, a matrix for each ($d \times d$) |
#
# The projections make queries, keys, values and the output. There is no mask.
#
# The RNN and the LSTM start from a state, so their first step costs as much as any other. The
# convolution keeps the length: the ends are padded with zeros, and products with them count.
#
# **Predict:** which of the four counts grows faster than $n$?

# %%
d = 64
for n in (64, 640, 6400):
    scores_and_sums, projections = 2 * n * n * d, 4 * n * d * d
    print(f"{n:5d} tokens: share of the quadratic part", end=" ")
    print(round(scores_and_sums / (scores_and_sums + projections), 2))

# %% [markdown]
# Only attention does. For short texts its projections dominate, and it looks linear too.
#
# **By hand:** $n = 3$, $d = 2$, `width` 3. Attention: $4 \cdot 3 \cdot 4 = 48$ and
# $2 \cdot 9 \cdot 2 = 36$, together 84. RNN: $3 \cdot 2 \cdot 4 = 24$. LSTM: four times that, 96.
# Convolution: $3 \cdot 3 \cdot 4 = 36$.
#
# **Write** `mac_count(n, d, width)`: these four counts, in this order.
#
# <details><summary>Hint 1</summary>
#
# A $d \times d$ matrix applied to $n$ tokens costs $n d^2$, whatever layer it belongs to.
#
# </details>
# <details><summary>Hint 2</summary>
#
# So count matrices: 4, 2, 8 and `width`. Attention has something on top.
#
# </details>
# <details><summary>Hint 3</summary>
#
# On top of the projections comes what `attention_macs` counts.
#
# </details>


# %%
def mac_count(n, d, width):
    """Multiply-adds of four layers over n tokens of d features.

    n, d, width : int, at least 1; may be huge, but each count stays below 2**63.
    Returns a list of four ints: self-attention, RNN, LSTM, convolution of that width.
    """
    ### BEGIN SOLUTION
    matrix = n * d * d
    return [4 * matrix + 2 * n * n * d, 2 * matrix, 8 * matrix, width * matrix]
    ### END SOLUTION


# %%
check(mac_count)

# %% [markdown]
# ## 5. Heads are free
#
# *2 points · about 10 minutes · difficulty 2 of 5*
#
# Here $n_q$ tokens attend to $n_k$ tokens of another sequence, with several heads. Each head has
# `d_model / n_heads` features. The queries and the output are projected for $n_q$ tokens, keys and
# values for $n_k$. **Why:** do more heads cost more?
#
# **Predict:** how do the scores of 8 heads of 8 features compare with those of 1 head of 64?

# %%
for n_heads in (1, 8, 64):
    d_head = 64 // n_heads
    print(
        n_heads, "heads:", n_heads * 10 * 10 * d_head, "multiply-adds for the scores of 10 tokens"
    )

# %% [markdown]
# The work is the same; only the number of scores grows, and with it the memory of part 3.
#
# **By hand:** $n_q = 2$, $n_k = 3$, `d_model` 4, 2 heads. Projections:
# $2 \cdot 16 + 3 \cdot 16 + 3 \cdot 16 + 2 \cdot 16 = 160$. Each head has $2 \cdot 3$ scores of 2
# multiply-adds, and as much for the sums: 24, for both heads 48. Together 208.
#
# **Write** `attention_layer_macs(n_q, n_k, d_model, n_heads)`.
#
# <details><summary>Hint 1</summary>
#
# All heads together project to `d_model` features.
#
# </details>
# <details><summary>Hint 2</summary>
#
# Two projections of $n_q$ tokens, two of $n_k$, and $2 \, n_q n_k$ times the features of all heads.
#
# </details>


# %%
def attention_layer_macs(n_q, n_k, d_model, n_heads):
    """Multiply-adds of multi-head attention with its four projections.

    n_q, n_k, d_model, n_heads : int, at least 1; may be huge. n_heads divides d_model.
    Returns an int, exact at any size.
    """
    ### BEGIN SOLUTION
    d = d_model // n_heads
    projections = 2 * (n_q + n_k) * d_model * d_model
    return projections + n_heads * 2 * n_q * n_k * d
    ### END SOLUTION


# %%
check(attention_layer_macs)

# %% [markdown]
# ## 6. Up to which length is attention cheaper?
#
# *2 points · about 10 minutes · difficulty 3 of 5*
#
# Self-attention with its projections takes $4 n d^2 + 2 n^2 d$ multiply-adds. A recurrent layer
# with $m$ matrices of $d \times d$ takes $m n d^2$: an RNN has $m = 2$, a GRU 6, an LSTM 8.
# **Why:** "cheaper for short texts" says nothing until a length is named.
#
# **Predict:** for $d = 64$, is attention over 100 tokens cheaper than an LSTM? Than an RNN?

# %%
n, d = 100, 64
print("attention", 4 * n * d**2 + 2 * n**2 * d, " RNN", 2 * n * d**2, " LSTM", 8 * n * d**2)

# %% [markdown]
# Cheaper than the LSTM, dearer than the RNN: its projections alone cost twice the RNN.
#
# **By hand:** $d = 7$, $m = 5$. At $n = 3$ attention takes $588 + 126 = 714$, the other 735. At
# $n = 4$ it is $784 + 224 = 1008$ against 980. So the answer is 3.
#
# **Write** `crossover_length(d, n_matrices)`: the largest number of tokens at which attention needs
# no more multiply-adds than the recurrent layer; 0 if it always needs more.
#
# <details><summary>Hint 1</summary>
#
# Write down the inequality and divide both sides by $2 n d$.
#
# </details>
# <details><summary>Hint 2</summary>
#
# What is left is $2 d + n \le m d / 2$. A length is whole, and not below 0.
#
# </details>


# %%
def crossover_length(d, n_matrices):
    """Largest length at which self-attention needs no more multiply-adds than the other layer.

    d, n_matrices : int, at least 1; d may be huge.
    Returns an int, exact at any size; 0 if attention needs more at every length.
    """
    ### BEGIN SOLUTION
    return max(0, (n_matrices - 4) * d // 2)
    ### END SOLUTION


# %%
check(crossover_length)

# %% [markdown]
# ## 7. Read the exponent off measurements
#
# *3 points · about 15 minutes · difficulty 2 of 5*
#
# You measured costs at several lengths. Which power law fits? **Why:** this is how to find out
# whether a program that others wrote is linear or quadratic.
#
# The logarithm of $c \, n^p$ is $\log c + p \log n$: a straight line in $\log n$ with slope $p$.
# The best line has the least sum of squared errors; with $x = \log n$, $y = \log \text{cost}$ and
# the mean $\bar x$, its slope is $\sum (x - \bar x) \, y \, / \sum (x - \bar x)^2$.
#
# **Predict:** attention costs $4 n d^2 + 2 n^2 d$. Between which exponents does it lie?

# %%
d = 64
for n in (16, 128, 1024, 8192):
    now, twice = (4 * m * d**2 + 2 * m**2 * d for m in (n, 2 * n))
    print(f"from {n:5d} to {2 * n:5d} tokens: exponent {np.log2(twice / now):.2f}")

# %% [markdown]
# Between 1 and 2: the exponent that you fit depends on the lengths that you measure.
#
# **By hand:** costs 3, 12 and 48 at lengths 1, 2 and 4 grow by 4 whenever the length doubles: the
# slope is $\log 4 / \log 2 = 2$.
#
# **Write** `fit_exponent(n, cost)`: the slope of the best line through all points.
#
# <details><summary>Hint 1</summary>
#
# Take the logarithms of both arrays first. The base does not matter if it is the same.
#
# </details>
# <details><summary>Hint 2</summary>
#
# `x = np.log(n)`, then `x - x.mean()`; or look up `np.polyfit`, whose first coefficient is the
# slope.
#
# </details>


# %%
def fit_exponent(n, cost):
    """Slope of the least-squares line of log(cost) over log(n).

    n, cost : ndarrays of shape (m,), m at least 2, all above 0; floats or integers, in any order,
    no length twice. Must not be changed.
    Returns a number.
    """
    ### BEGIN SOLUTION
    x, y = np.log(n), np.log(cost)
    x = x - x.mean()
    return (x * y).sum() / (x * x).sum()
    ### END SOLUTION


# %%
check(fit_exponent)

# %% [markdown]
# ## 8. Memory for keys and values
#
# *1 point · about 5 minutes · difficulty 2 of 5*
#
# A model that writes token by token keeps the keys and values of all tokens so far in every layer:
# the **cache**. **Why:** it grows with every token that is written, and it never shrinks.
#
# **Predict:** a model has 32 layers with 8 heads of 128 features, in float16. How much does one
# token leave behind?

# %%
for n in (1, 1_000, 100_000):
    print(f"{n:6d} tokens: {n * 32 * 8 * (128 + 128) * 2 / 2**20:9.3f} MiB")

# %% [markdown]
# An eighth of a megabyte for each token, for good.
#
# **By hand:** 2 tokens, 1 layer, 1 head, keys and values of 3 features, 4 bytes each:
# $2 \cdot (3 + 3) \cdot 4 = 48$ bytes.
#
# **Write** `cache_bytes(n, n_layers, n_heads, d, d_v, item_bytes)`.
#
# <details><summary>Hint 1</summary>
#
# How many numbers does one token leave in one head?
#
# </details>
# <details><summary>Hint 2</summary>
#
# A key of `d` and a value of `d_v` numbers, in every head of every layer.
#
# </details>


# %%
def cache_bytes(n, n_layers, n_heads, d, d_v, item_bytes):
    """Bytes of the keys and values of n tokens in all heads of all layers.

    n, n_layers, n_heads : int, at least 1. d, d_v : int, features of one key and one value of a
    head. item_bytes : int, bytes of one number. All may be huge.
    Returns an int, exact at any size.
    """
    ### BEGIN SOLUTION
    return n * n_layers * n_heads * (d + d_v) * item_bytes
    ### END SOLUTION


# %%
check(cache_bytes)

# %% [markdown]
# ## 9. Token by token, with and without a cache
#
# *3 points · about 15 minutes · difficulty 4 of 5*
#
# A model writes $n$ tokens. In step $t = 1, \dots, n$ the text has $t$ tokens. **Why:** this count
# shows what a cache is good for.
#
# - *Without a cache* the whole attention layer runs again in every step, over all $t$ tokens: four
#   projections, all $t^2$ scores (a mask hides some only afterwards), all weighted sums.
# - *With a cache* only the new token is projected, four times, and only its query is compared with
#   the $t$ keys, its own among them, and sums the $t$ values.
#
# **Predict:** how many times more work is writing 1000 tokens without a cache, for $d = 64$?

# %%
d = 64
for t in (1, 10, 100, 1000):
    without, cached = 4 * t * d**2 + 2 * t**2 * d, 4 * d**2 + 2 * t * d
    print(f"step {t:4d}: without {without:10d}   with {cached:7d}")

# %% [markdown]
# In step $t$ exactly $t$ times as much. Summed up, one grows with the cube of $n$, the other with
# its square.
#
# **By hand:** $n = 2$, $d = 3$. Without: $36 + 6 = 42$, then $72 + 24 = 96$, together 138. With:
# $36 + 6 = 42$, then $36 + 12 = 48$, together 90.
#
# **Write** `decode_macs(n, d)`: both totals, without a cache first.
#
# <details><summary>Hint 1</summary>
#
# Write down the count of step $t$ for both ways. A sum over `range(1, n + 1)` will do here.
#
# </details>
# <details><summary>Hint 2</summary>
#
# Step $t$ takes $4 t d^2 + 2 t^2 d$ without a cache and $4 d^2 + 2 t d$ with one.
#
# </details>
# <details><summary>Hint 3</summary>
#
# Without a loop: $1 + \dots + n = n (n + 1) / 2$ and
# $1 + 4 + \dots + n^2 = n (n + 1) (2 n + 1) / 6$. Divide last, with `//`.
#
# </details>


# %%
def decode_macs(n, d):
    """Multiply-adds of one attention layer while n tokens are written one after the other.

    n : int, 1 to 1000. d : int, at least 1; may be huge, but each count stays below 2**63.
    Returns a list of two ints: without a cache, with a cache.
    """
    ### BEGIN SOLUTION
    steps = range(1, n + 1)
    without = sum(4 * t * d * d + 2 * t * t * d for t in steps)
    return [without, sum(4 * d * d + 2 * t * d for t in steps)]
    ### END SOLUTION


# %%
check(decode_macs)

# %% [markdown]
# ## 10. Work for each byte moved
#
# *2 points · about 10 minutes · difficulty 3 of 5*
#
# Numbers come from memory, and that takes time too. **Arithmetic intensity** is operations divided
# by bytes moved. A multiply-add is two operations. **Why:** with a low intensity a processor waits
# for its memory.
#
# Take attention of $n$ queries, keys and values with $d$ features. It does $4 n^2 d$ operations.
#
# - *Plain*: read `q`, `k`, write the scores; read the scores, write the weights; read the weights
#   and `v`, write the output.
# - *In tiles*: scores and weights stay in fast memory, which costs nothing. Only `q`, `k`, `v` are
#   read and the output is written.
#
# **Predict:** which of the two gets a higher intensity from a longer text?

# %%
d = 64
for n in (64, 1024, 16384):
    plain, tiled = 4 * n * d + 4 * n * n, 4 * n * d
    print(f"{n:5d} tokens: the plain way moves {plain / tiled:.0f} times as many numbers")

# %% [markdown]
# Tiles do. The plain way moves $n^2$ numbers for $n^2$ pieces of work, however long the text.
#
# **By hand:** $n = 4$, $d = 2$, 4 bytes each: $4 \cdot 16 \cdot 2 = 128$ operations. Plain:
# $4 \cdot 8 + 4 \cdot 16 = 96$ numbers, 384 bytes, intensity $0.333$. In tiles: 32 numbers, 128
# bytes, intensity 1.
#
# **Write** `intensity(n, d, item_bytes)`: operations for each byte, plain and in tiles.
#
# <details><summary>Hint 1</summary>
#
# Count what each of the three plain steps reads and writes: how often do $n d$ numbers move, how
# often $n^2$?
#
# </details>
# <details><summary>Hint 2</summary>
#
# Four times $n d$ and four times $n^2$; in tiles four times $n d$ only.
#
# </details>


# %%
def intensity(n, d, item_bytes):
    """Floating-point operations for each byte moved by attention.

    n, d : int, at least 1. item_bytes : int, bytes of one number.
    Returns a list of two numbers: plain, in tiles.
    """
    ### BEGIN SOLUTION
    operations, once = 4 * n * n * d, 4 * n * d * item_bytes
    return [operations / (once + 4 * n * n * item_bytes), operations / once]
    ### END SOLUTION


# %%
check(intensity)

# %% [markdown]
# ## 11. The roof over every program
#
# *2 points · about 10 minutes · difficulty 2 of 5*
#
# A machine does at most `peak` operations per second, and its memory delivers at most `bandwidth`
# bytes per second. **Why:** the two limits draw a roof in one figure, the **roofline**, and no
# program gets above it.
#
# **Predict:** a machine does 100 operations per second and moves 25 bytes per second. How fast is a
# program of intensity 2? Of intensity 8?

# %%
for i in (2, 8):
    print(f"intensity {i}: 25 bytes bring work for {25 * i} operations; the machine can do 100")

# %% [markdown]
# 50 and 100. The first waits for memory, the second for arithmetic.
#
# **By hand:** both limits meet where $25 \, i = 100$: at intensity 4.
#
# **Write** `roofline(intensities, peak, bandwidth)`: an array of shape `(2, m)`, the intensities as
# given and the largest possible operations per second at each.
#
# <details><summary>Hint 1</summary>
#
# At intensity $i$, memory allows `bandwidth` times $i$ operations per second.
#
# </details>
# <details><summary>Hint 2</summary>
#
# `np.minimum` takes the smaller of two numbers, entry by entry; `np.stack` puts rows together.
#
# </details>


# %%
def roofline(intensities, peak, bandwidth):
    """Points of the roofline.

    intensities : ndarray of shape (m,), operations per byte: m at least 1, all above 0, floats or
    integers, in any order. Must not be changed. peak, bandwidth : numbers above 0, per second.
    Returns an ndarray of shape (2, m): the intensities, and operations per second at each.
    """
    ### BEGIN SOLUTION
    return np.stack([intensities, np.minimum(peak, bandwidth * intensities)])
    ### END SOLUTION


# %%
check(roofline)

# %% [markdown]
# Once your function is right, this cell draws a roof: up to the corner memory is the limit, beyond
# it arithmetic.

# %%
try:
    plt.loglog(*roofline(np.logspace(-1, 3, 100), 1000.0, 50.0))
    plt.xlabel("operations per byte")
    plt.ylabel("operations per second")
except NotImplementedError:
    print("Write roofline first, then run this cell again.")

# %% [markdown]
# ## 12. Softmax without the whole row
#
# *5 points · about 30 minutes · difficulty 5 of 5*
#
# Softmax divides by a sum over all keys. Must all scores be there at once? **Why:** if not,
# attention needs no $n \times n$ matrix at all.
#
# Visit the keys tile by tile, and keep three things for each query over the keys seen so far:
#
# - `top`: the largest score, $m$
# - `total`: $\sum_j e^{s_j - m}$
# - `out`: $\sum_j e^{s_j - m} v_j$, not yet divided
#
# After the last tile, `out / total` is the output of attention.
#
# **Predict:** a new tile brings a larger maximum, $m'$. By what do the old sums have to be
# multiplied, so that they refer to $m'$?

# %%
s = np.array([1.0, 3.0])
before, after = np.exp(s - 3.0).sum(), np.exp(s - 5.0).sum()
print("ratio", np.round(after / before, 4), " exp(3 - 5) =", np.round(np.exp(3.0 - 5.0), 4))

# %% [markdown]
# By $e^{m - m'}$, which is never above 1, so nothing overflows.
#
# **By hand:** one query has `top` 1, `total` 1, `out` 4. A tile of one key comes, with score 2 and
# value 8. The new `top` is 2, the factor $e^{-1} = 0.368$: `total` is $0.368 + 1 = 1.368$, `out` is
# $4 \cdot 0.368 + 8 = 9.472$.
#
# **Before the first key** `top` is $-\infty$, `total` and `out` are 0. A masked key has the score
# $-\infty$ and counts for nothing. A query that has seen no key yet and sees none in this tile
# stays as it is: `top` $-\infty$, `total` 0, `out` 0. Mind that $-\infty - (-\infty)$ is NaN.
#
# **Write** `online_update(top, total, out, scores, v)`: the three after one more tile.
#
# <details><summary>Hint 1</summary>
#
# First the new top: the larger of the old one and the tile's maximum, for each query.
#
# </details>
# <details><summary>Hint 2</summary>
#
# Old sums times `np.exp(top - new_top)`; the tile adds sums of
# `np.exp(scores - new_top[..., None])`, and the same times `v`.
#
# </details>
# <details><summary>Hint 3</summary>
#
# For the exponents, and only for them, put 0 in the place of a new top of $-\infty$:
# `np.where(np.isneginf(new_top), 0.0, new_top)`. Every exponent then is $-\infty$, and `exp` gives
# 0.
#
# </details>


# %%
def online_update(top, total, out, scores, v):
    """One step of the online softmax: take in a tile of m keys.

    top, total : ndarrays, shape (..., n_q). out : ndarray, shape (..., n_q, d_v).
    scores : ndarray, shape (..., n_q, m), m at least 1; -inf where a key is masked.
    v : ndarray, shape (..., m, d_v), finite; leading axes broadcast. Floats or integers.
    Nothing may be changed. Returns the new top, total and out, in these shapes.
    """
    ### BEGIN SOLUTION
    new_top = np.maximum(top, scores.max(axis=-1))
    base = np.where(np.isneginf(new_top), 0.0, new_top)
    shrink = np.exp(top - base)
    e = np.exp(scores - base[..., None])
    return new_top, total * shrink + e.sum(axis=-1), out * shrink[..., None] + e @ v
    ### END SOLUTION


# %%
check(online_update)

# %% [markdown]
# Once your function is right, this cell attends to 12 keys, 5 at a time, and compares with all at
# once.

# %%
rng = np.random.default_rng(0)
scores, v = rng.standard_normal((3, 12)), rng.standard_normal((12, 2))
e = np.exp(scores)
top, total, out = np.full(3, -np.inf), np.zeros(3), np.zeros((3, 2))

# %%
try:
    for tile in (slice(0, 5), slice(5, 10), slice(10, 12)):
        top, total, out = online_update(top, total, out, scores[:, tile], v[tile])
    whole = (e @ v) / e.sum(axis=-1, keepdims=True)
    print("largest difference", np.abs(out / total[:, None] - whole).max())
except NotImplementedError:
    print("Write online_update first, then run this cell again.")

# %% [markdown]
# ## 13. The largest tile that fits
#
# *3 points · about 20 minutes · difficulty 4 of 5*
#
# Fast memory is small. A tile of `rows` queries and `columns` keys needs room for
#
# - queries, `rows` times `d`; keys, `columns` times `d`; values, `columns` times `d_v`
# - scores, `rows` times `columns`; the exponentials take their place
# - `top` and `total`, one number each for every row, and `out`, `rows` times `d_v`
#
# Each number takes `item_bytes` bytes. **Why:** larger tiles mean fewer of them, and every tile has
# to be fetched from slow memory.
#
# **Predict:** is the tile with the most scores a square?

# %%
numbers, d, d_v = 100, 2, 2
for rows in range(4, 9):
    columns = (numbers - rows * (d + d_v + 2)) // (rows + d + d_v)
    print(rows, "rows leave room for", columns, "columns:", rows * columns, "scores")

# %% [markdown]
# Near a square, but rounding decides.
#
# **An example:** with 100 numbers as above, $4 \times 9$ needs $4 \cdot 6 + 9 \cdot 4 + 36 = 96$
# and fits. So does $5 \times 7$, with one score fewer. A tile of $6 \times 6$ needs
# $36 + 24 + 36 = 96$, and has as many scores as $4 \times 9$: both are right answers.
#
# **Write** `largest_tile(budget_bytes, d, d_v, item_bytes)`: rows and columns of a tile that fits
# into the budget, such that no tile that fits has more scores. Of several, any will do.
#
# <details><summary>Hint 1</summary>
#
# If the number of rows is given, how many columns still fit?
#
# </details>
# <details><summary>Hint 2</summary>
#
# $r (d + d_v + 2) + c (d + d_v) + r c$ numbers fit into `budget_bytes // item_bytes`. Solve for $c$
# and round down.
#
# </details>
# <details><summary>Hint 3</summary>
#
# Try every number of rows that leaves room for a column, and keep the best pair.
#
# </details>


# %%
def largest_tile(budget_bytes, d, d_v, item_bytes):
    """Rows and columns of a tile that fits and has the most scores.

    budget_bytes : int, up to a million; at least one query and one key fit.
    d, d_v : int, features of a key and of a value. item_bytes : int, bytes of one number.
    Returns two ints: rows (queries), columns (keys).
    """
    ### BEGIN SOLUTION
    numbers, best = budget_bytes // item_bytes, (1, 1)
    for rows in range(1, numbers // (d + d_v + 2) + 1):
        columns = (numbers - rows * (d + d_v + 2)) // (rows + d + d_v)
        if rows * columns > best[0] * best[1]:
            best = (rows, columns)
    return best
    ### END SOLUTION


# %%
check(largest_tile)

# %% [markdown]
# ## 14. Bug hunt: six wrong counts
#
# *3 points · about 15 minutes · difficulty 3 of 5*
#
# Each of these should return $4 n d^2 + 2 n^2 d$, the multiply-adds of self-attention with its
# projections. Each is wrong in one way, and right for many sizes. **Why:** a formula that agrees
# with one measurement may still be wrong.


# %%
def wrong_1(n, d):
    return 4 * n * n * d + 2 * n * d * d


def wrong_2(n, d):
    size = d // 8  # of one of 8 heads
    return 4 * n * d * d + 8 * (2 * n * n * size)


# %%
def wrong_3(n, d):
    tiles = (n + 63) // 64
    return 4 * n * d * d + 2 * n * (64 * tiles) * d


def wrong_4(n, d):
    return 4 * n * d * d + 2 * n * min(n, 512) * d


# %%
def wrong_5(n, d):
    return (4 * n * d * d + 2 * n * n * d) % 2**32


def wrong_6(n, d):
    return int(4.0 * n * d * d + 2.0 * n * n * d)


# %% [markdown]
# **Predict:** which of them are right for 64 tokens of 64 features?

# %%
for wrong in (wrong_1, wrong_2, wrong_3, wrong_4, wrong_5, wrong_6):
    print(wrong.__name__, wrong(64, 64), "right:", 6 * 64**3)

# %% [markdown]
# All six: round sizes hide mistakes.
#
# **An example:** for 2 tokens of 1 feature the count is $8 + 8 = 16$; `wrong_1` says $16 + 4 = 20$.
# So the pair `(2, 1)` gives `wrong_1` away.
#
# **Write** `cost_bug_hunt()`: a list of six pairs `(n, d)`, whole numbers from 1 to a million. For
# the first pair `wrong_1` is wrong, for the second `wrong_2`, and so on.
#
# <details><summary>Hint 1</summary>
#
# In each function, find the part that differs from the formula. For which sizes does it not matter?
# Take others.
#
# </details>
# <details><summary>Hint 2</summary>
#
# Think of sizes that 8 or 64 do not divide, of long texts, and of counts beyond 32 bits.
#
# </details>
# <details><summary>Hint 3</summary>
#
# A float holds whole numbers up to $2^{53}$, about $9 \cdot 10^{15}$. Beyond that, odd numbers get
# lost first.
#
# </details>


# %%
def cost_bug_hunt():
    """A list of six pairs (n, d); for the i-th pair the i-th function is wrong."""
    ### BEGIN SOLUTION
    large = (999_999, 999_995)
    return [(2, 1), (2, 1), (2, 1), (513, 8), (2000, 2000), large]
    ### END SOLUTION


# %%
check(cost_bug_hunt)

# %% [markdown]
# ## Hand in
#
# Restart the kernel, run all cells, and look at every box once more. Then save this file as
# `ch05_complexity.ipynb` and hand it in. A part that is not done costs its own points only.
