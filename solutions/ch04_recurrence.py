# %% [markdown]
# # Recurrence: what attention is measured against
#
# Here you write the functions of chapter 4 yourself, in plain NumPy: a recurrent layer, its
# gradient, the ways to keep that gradient alive, and two layers built by hand. Plan about 225
# minutes; a part needs at most those before it, so you can stop after any of them.
#
# **How to work.** Each part asks a question, lets you predict and try, and then asks for one
# function. Replace the line `raise NotImplementedError(...)` by your code and run the cell. Do not
# rename the function: answers are found by name.
#
# **How `check` answers.** The cell below each exercise runs `check(rnn_step)` and the like. It
# calls your function on many inputs and says what it saw, what it expected, and what may be the
# cause. Check as often as you like. Grading uses the same kinds of inputs with other numbers.
#
# **How to hand in.** Save this file under its own name and hand it in. To grade it first as your
# instructor will, run `selfattn check ch04_recurrence.ipynb` in a terminal.

# %%
import numpy as np

from selfattn_course.checks.ch04_recurrence import check

# %% [markdown]
# **Shapes.** Arrays have any number of leading axes, written `...`: `x` has shape `(..., n, d_in)`,
# one row for each of `n` steps. Time is the axis before the last. A **state** `h` has `d_h`
# numbers, one for each **unit**. Weights act from the right: `w_x` has shape `(d_in, d_h)`, `w_h`
# has `(d_h, d_h)`, and the **bias** `b` has `(d_h,)`.

# %% [markdown]
# ## 1. One step
#
# *2 points · about 10 minutes · difficulty 1 of 5*
#
# A **recurrent layer** reads one input at a time and keeps a state. The new state is
# $h_t = \tanh(x_t W_x + h_{t-1} W_h + b)$. **Why:** this line is all that the layer ever does;
# whatever it remembers has to pass through it.
#
# **Predict:** the sum inside is 0.5, 2 or 20. How far apart are the three states?

# %%
print(np.round(np.tanh(np.array([0.5, 2.0, 20.0])), 4))

# %% [markdown]
# $\tanh$ keeps every state between $-1$ and $1$. Sums of 2 and of 20 look almost the same after it.
#
# **By hand:** $x = 1$, $h = 0.5$, $W_x = 0.5$, $W_h = -2$, $b = 0.25$: the sum is
# $0.5 - 1 + 0.25 = -0.25$, and the new state is $\tanh(-0.25) = -0.245$.
#
# **Write** `rnn_step(x, h, w_x, w_h, b)`.
#
# <details><summary>Hint 1</summary>
#
# `@` multiplies along the last axis of `x`, whatever the leading axes.
#
# </details>
# <details><summary>Hint 2</summary>
#
# One `np.tanh` around the sum of three things.
#
# </details>


# %%
def rnn_step(x, h, w_x, w_h, b):
    """The state after one step: tanh(x @ w_x + h @ w_h + b).

    x : ndarray, shape (..., d_in). h : ndarray, shape (..., d_h), with the same leading axes.
    w_x : (d_in, d_h). w_h : (d_h, d_h). b : (d_h,). Each holds floats or integers.
    Returns an ndarray of floats, of the shape of h. No argument may be changed.
    """
    ### BEGIN SOLUTION
    return np.tanh(x @ w_x + h @ w_h + b)
    ### END SOLUTION


# %%
check(rnn_step)

# %% [markdown]
# ## 2. A state that stays, a cache that grows
#
# *1 point · about 5 minutes · difficulty 1 of 5*
#
# **Question:** what has to be kept of `n` tokens to go on with the next one? A recurrent layer
# keeps its state. An attention layer keeps the key and the value of every token, each of `d`
# numbers: the **cache**. **Why:** this is where recurrence wins.
#
# **By hand:** 3 tokens, 1 layer, $d = 2$, $d_h = 5$, 4 bytes in a number: the state has
# $5 \cdot 4 = 20$ bytes, the cache $3 \cdot 2 \cdot 2 \cdot 4 = 48$.
#
# **Predict:** what happens to both numbers when the text becomes ten times as long?

# %%
state, keys, values = np.zeros(5, np.float32), [], []
for _ in range(30):
    keys.append(np.zeros(2, np.float32))
    values.append(np.zeros(2, np.float32))
    state = np.tanh(state)
print("state:", state.nbytes, " cache:", sum(a.nbytes for a in keys + values))

# %% [markdown]
# The state has not moved. The cache is ten times as large.
#
# **Write** `memory_bytes(n, n_layers, d, d_h, item_bytes)`: return the bytes of the states and of
# the caches of all layers, after `n` tokens of one sequence.
#
# <details><summary>Hint 1</summary>
#
# Every layer has its own state, and its own cache. Only one of both knows `n`.
#
# </details>
# <details><summary>Hint 2</summary>
#
# A factor 2 stands for keys and values.
#
# </details>


# %%
def memory_bytes(n, n_layers, d, d_h, item_bytes):
    """Bytes kept after n tokens: by recurrent layers, and by attention layers.

    n : tokens. n_layers : layers. d : numbers in a key, and in a value. d_h : numbers in a state.
    item_bytes : bytes in a number. All are ints, at least 1.
    Returns a tuple of two ints: bytes of the states, bytes of the caches.
    """
    ### BEGIN SOLUTION
    return n_layers * d_h * item_bytes, 2 * n * n_layers * d * item_bytes
    ### END SOLUTION


# %%
check(memory_bytes)

# %% [markdown]
# ## 3. Predict: what is left of a gradient?
#
# *1 point · about 5 minutes · difficulty 1 of 5*
#
# Take the smallest recurrent layer there is: one unit, no $\tanh$, $h_t = \rho \, h_{t-1} + x_t$.
# The state at one step is pushed by 1. **Question:** by how much does that move the state `lag`
# steps later? **Why:** the same number is the gradient on its way back, and it decides whether a
# layer can learn from something far away.
#
# **By hand:** with $\rho = 0.5$, a push of 1 is worth $0.5$ a step later, $0.25$ after two steps,
# and $0.125$ after three.
#
# **Write** `predict_linear_gradient(rho, lag)` *before* you run the experiment below it. An answer
# may be 5 % off.
#
# <details><summary>Hint 1</summary>
#
# What happens to the push in one step? The inputs $x_t$ do not matter.
#
# </details>
# <details><summary>Hint 2</summary>
#
# The same factor `lag` times is a power. A negative $\rho$ is allowed, and so is `lag` 0.
#
# </details>


# %%
def predict_linear_gradient(rho, lag):
    """How far the state moves `lag` steps after it was pushed by 1, in h_t = rho * h_(t-1) + x_t.

    rho : float, not 0. lag : int, at least 0.
    Returns a number.
    """
    ### BEGIN SOLUTION
    return rho**lag
    ### END SOLUTION


# %%
check(predict_linear_gradient)

# %% [markdown]
# **Now measure:** push the state and run the layer on. **Predict:** is one percent more per step
# much, after 1000 steps?

# %%
for rho in (0.9, 0.99, 1.0, 1.01, 1.1):
    pushed, plain = 1.0, 0.0
    for _ in range(1000):
        pushed, plain = rho * pushed, rho * plain
    print(f"rho = {rho:4.2f}: {pushed - plain:.3g}")

# %% [markdown]
# Nothing lies between vanishing and exploding, except a $\rho$ of size 1 exactly.

# %% [markdown]
# ## 4. How many links apart?
#
# *2 points · about 10 minutes · difficulty 2 of 5*
#
# Information moves along links. In a recurrent layer a link leads from one position to the next.
# In full attention a link leads from any position to any later one. In **windowed** attention it
# leads at most `reach` positions ahead, and farther ones take several layers, a link each.
# **Why:** a gradient has to come back the same way, and each link may weaken it.
#
# **By hand**, links from a token to one that many positions later, for `reach` 2:
#
# | distance | 0 | 1 | 2 | 3 | 4 |
# |---|---|---|---|---|---|
# | recurrent | 0 | 1 | 2 | 3 | 4 |
# | full attention | 0 | 1 | 1 | 1 | 1 |
# | windowed | 0 | 1 | 1 | 2 | 2 |
#
# **Predict:** a window reaches 128 tokens. How many links lead across a text of 100,000?

# %%
position, links = 0, 0
while position < 100_000:
    position, links = position + 128, links + 1
print(links, "links")

# %% [markdown]
# More than a model has layers. A window shortens the way, but does not make it constant.
#
# **Write** `path_lengths(n, reach)`: the table above for distances 0 to `n - 1`.
#
# <details><summary>Hint 1</summary>
#
# `np.arange(n)` is the first row. No link is needed to stay where you are.
#
# </details>
# <details><summary>Hint 2</summary>
#
# Division rounded up: `-(-distance // reach)`, or `np.ceil`.
#
# </details>


# %%
def path_lengths(n, reach):
    """Smallest number of links from a token to one that is 0, 1, ..., n - 1 positions later.

    n, reach : ints, at least 1.
    Returns whole numbers in an array of shape (3, n): recurrent, full attention, windowed.
    """
    ### BEGIN SOLUTION
    distance = np.arange(n)
    return np.stack([distance, np.minimum(distance, 1), -(-distance // reach)])
    ### END SOLUTION


# %%
check(path_lengths)

# %% [markdown]
# ## 5. A recurrent layer
#
# *5 points · about 25 minutes · difficulty 3 of 5*
#
# Now the whole layer: it starts from a state and takes one step after another, each with its own
# input and the state before. It returns the state after every step. **Why:** this is the model that
# attention replaced, and every later part builds on it.
#
# **By hand**, one unit with $W_x = 0.5$, $W_h = 1$, $b = 0$, and inputs $1, 0, -1$ from state 0:
# $\tanh(0.5) = 0.462$, then $\tanh(0.462) = 0.432$, then $\tanh(0.432 - 0.5) = -0.068$.
#
# **Predict:** only the first input is not 0. When does its trace fall below one tenth?

# %%
h = 0.0
for t in range(12):
    h = np.tanh((1.0 if t == 0 else 0.0) + 0.8 * h)
    print(f"{h:.3f}", end=" ")

# %% [markdown]
# The state is all that is left of the past. What it loses is gone for every later step.
#
# **Write** `rnn_forward(x, w_x, w_h, b, h_0=None)`. Without `h_0` the layer starts from zeros; an
# `h_0` of shape `(d_h,)` is the start of every sequence.
#
# <details><summary>Hint 1</summary>
#
# Step `t` of all sequences at once is `x[..., t, :]`. Steps depend on each other, so a loop over
# `t` is fine.
#
# </details>
# <details><summary>Hint 2</summary>
#
# Zeros to start from have the leading axes of `x`, then `d_h`: `x.shape[:-2] + (len(b),)`.
#
# </details>
# <details><summary>Hint 3</summary>
#
# Append every state to a list. `np.stack(states, axis=-2)` puts time where it belongs, with no,
# one or two leading axes.
#
# </details>


# %%
def rnn_forward(x, w_x, w_h, b, h_0=None):
    """States of a recurrent layer after every step, h_t = tanh(x_t @ w_x + h_(t-1) @ w_h + b).

    x : ndarray, shape (..., n, d_in), n at least 1. w_x : (d_in, d_h). w_h : (d_h, d_h).
    b : (d_h,). h_0 : state before the first step, shape (d_h,) or x.shape[:-2] + (d_h,); or None
    for zeros. Each holds floats or integers. No argument may be changed.
    Returns an ndarray of floats, shape (..., n, d_h); h_0 is not in it.
    """
    ### BEGIN SOLUTION
    h = np.zeros((*x.shape[:-2], len(b))) if h_0 is None else h_0
    states = []
    for t in range(x.shape[-2]):
        h = rnn_step(x[..., t, :], h, w_x, w_h, b)
        states.append(h)
    return np.moveaxis(np.array(states), 0, -2)
    ### END SOLUTION


# %%
check(rnn_forward)

# %% [markdown]
# ## 6. What has to wait for what?
#
# *2 points · about 10 minutes · difficulty 3 of 5*
#
# Suppose you have as many processors as you like. One **step** computes one layer at one position,
# and any number of steps may run at the same time if none needs the result of another. **Why:**
# this, not the amount of work, is what people mean by "attention trains in parallel".
#
# A network is used in two ways. In **reading**, as in training, all `n` tokens are there from the
# start. In **writing**, each token is computed by the last layer from the one before, and only then
# enters the first layer.
#
# **By hand**, reading 3 tokens with 2 recurrent layers. Layer 2 need not wait for the end:
#
# | time | 1 | 2 | 3 | 4 |
# |---|---|---|---|---|
# | layer 1 | token 0 | token 1 | token 2 | |
# | layer 2 | | token 0 | token 1 | token 2 |
#
# An attention layer computes all its positions in one step, once the layer below is done: here 2
# steps. **Predict:** which of both is faster in *writing* 3 tokens?

# %%
done = np.zeros((3, 4), dtype=int)
for layer in (1, 2):
    for token in (1, 2, 3):
        done[layer, token] = 1 + max(done[layer - 1, token], done[layer, token - 1])
print("reading, recurrent: when each layer is done with each token")
print(done[1:, 1:])

# %% [markdown]
# **Write** `sequential_steps(n, n_layers)`: the smallest number of steps one after the other, as
# `[[recurrent reading, recurrent writing], [attention reading, attention writing]]`. For both
# networks, writing counts all steps until the last of `n` tokens has passed the last layer.
#
# <details><summary>Hint 1</summary>
#
# Follow the last token in the table above. When does it enter layer 1, when does it leave the last?
#
# </details>
# <details><summary>Hint 2</summary>
#
# In writing, token 1 enters layer 1 only when token 0 has left the last layer. Nothing overlaps, in
# either network.
#
# </details>


# %%
def sequential_steps(n, n_layers):
    """Steps that have to run one after the other, however many processors there are.

    n, n_layers : ints, at least 1.
    Returns whole numbers, shape (2, 2): rows recurrent, attention; columns reading, writing.
    """
    ### BEGIN SOLUTION
    return [[n + n_layers - 1, n * n_layers], [n_layers, n * n_layers]]
    ### END SOLUTION


# %%
check(sequential_steps)

# %% [markdown]
# Attention wins in reading only. In writing both go token by token, whatever the hardware.

# %% [markdown]
# ## 7. A gradient kept in bounds
#
# *2 points · about 10 minutes · difficulty 2 of 5*
#
# A gradient that exploded would throw the weights far away. **Clipping** shortens it to a given
# length and leaves its direction. **Why:** this is the usual cure for explosion; it does nothing
# against vanishing.
#
# **Predict:** the entries of $(3, 4)$ are cut off at 1 each, or the whole is shortened to length 1.
# Which of both still points the same way?

# %%
g = np.array([3.0, 4.0])
print("entries cut off:", np.clip(g, -1, 1), " shortened:", g / 5)

# %% [markdown]
# Cutting off entries turns the gradient: 3 to 4 became 1 to 1.
#
# **By hand:** $(3, 4)$ has length 5. With a limit of 2.5 it is multiplied by $2.5 / 5$ and becomes
# $(1.5, 2)$. With a limit of 6 it stays as it is.
#
# **Write** `clip_by_norm(gradients, limit)`. The length is that of all entries together, whatever
# the shape.
#
# <details><summary>Hint 1</summary>
#
# The length is the root of the sum of all squares: `np.sqrt((gradients**2).sum())`.
#
# </details>
# <details><summary>Hint 2</summary>
#
# The factor is `limit / norm`, but never above 1. What if the norm is 0?
#
# </details>


# %%
def clip_by_norm(gradients, limit):
    """The gradients, shortened to the length `limit` if they are longer.

    gradients : ndarray of any shape, of floats or integers; may be all 0. Must not be changed.
    limit : number above 0.
    Returns an ndarray of the shape of gradients.
    """
    ### BEGIN SOLUTION
    norm = np.linalg.norm(gradients)
    return gradients * (limit / norm) if norm > limit else gradients * 1.0
    ### END SOLUTION


# %%
check(clip_by_norm)

# %% [markdown]
# ## 8. How open must a forget gate be?
#
# *2 points · about 10 minutes · difficulty 2 of 5*
#
# Against vanishing, an **LSTM** keeps a second state, the **cell**, and multiplies it at each step
# by a **forget gate** $f = 1 / (1 + e^{-a})$, between 0 and 1. If the gate depends on its bias
# alone, then $a$ is that bias. After `lag` steps the share $f^\mathrm{lag}$ of the cell is left.
# **Why:** the bias that training starts from decides what an LSTM can learn to remember.
#
# **Predict:** with bias 0 the gate is 0.5. What is left after 20 steps? And with bias 3?

# %%
for bias in (0.0, 1.0, 3.0, 5.0):
    f = 1 / (1 + np.exp(-bias))
    print(f"bias {bias}: gate {f:.4f}, left after 20 steps {f**20:.2g}")

# %% [markdown]
# A gate that is half open forgets almost all of it: a millionth is left.
#
# **By hand:** a quarter is to be left after 2 steps. The gate is $\sqrt{0.25} = 0.5$, and the bias
# is 0. If half is to be left after one step, it is the same gate.
#
# **Write** `forget_bias(share, lag)`: the bias at which `share` of the cell is left after `lag`
# steps.
#
# <details><summary>Hint 1</summary>
#
# First find the gate: $f^\mathrm{lag}$ is the share, so $f$ is a root of it.
#
# </details>
# <details><summary>Hint 2</summary>
#
# Then solve $f = 1 / (1 + e^{-a})$ for $a$. It is the logarithm of $f / (1 - f)$.
#
# </details>


# %%
def forget_bias(share, lag):
    """Bias of a forget gate that leaves `share` of the cell after `lag` steps.

    share : number between 0 and 1, both excluded. lag : number, at least 1, whole or not.
    Each may also be an ndarray; if both are, they have the same shape.
    Returns a number, or an ndarray of their shape.
    """
    ### BEGIN SOLUTION
    f = share ** (1 / lag)
    return np.log(f / (1 - f))
    ### END SOLUTION


# %%
check(forget_bias)

# %% [markdown]
# ## 9. One step of an LSTM
#
# *3 points · about 20 minutes · difficulty 3 of 5*
#
# The sum $a = x_t W_x + h_{t-1} W_h + b$ is now four times as wide: four blocks of `d_h` numbers,
# **in the order i, f, g, o**. With the sigmoid $\sigma(a) = 1 / (1 + e^{-a})$:
#
# | block | what it does |
# |---|---|
# | i, input gate | $\sigma(a_i)$ of the candidate comes in |
# | f, forget gate | $\sigma(a_f)$ of the old cell stays |
# | g, candidate | $\tanh(a_g)$ is what could come in |
# | o, output gate | $\sigma(a_o)$ of the cell is shown |
#
# The new cell is $c_t = \sigma(a_f) \, c_{t-1} + \sigma(a_i) \tanh(a_g)$, the new state
# $h_t = \sigma(a_o) \tanh(c_t)$. **Why:** the cell is carried on by a product and a sum, with no
# weight matrix and no $\tanh$ in between, and so is its gradient.
#
# **By hand:** all four sums are 0 and the old cell is 1. The gates are 0.5, the candidate 0; the
# new cell is 0.5, the state $0.5 \tanh(0.5) = 0.231$.
#
# **Predict:** the forget gate is wide open, the input gate shut. What does the cell do?

# %%
a_i, a_f, c = -20.0, 20.0, 0.7
for _ in range(1000):
    c = c / (1 + np.exp(-a_f)) + np.tanh(0.9) / (1 + np.exp(-a_i))
print(f"after 1000 steps: {c:.4f}")

# %% [markdown]
# It keeps its value for a thousand steps.
#
# **Write** `lstm_step(x, h, c, w_x, w_h, b)`: return the new state and the new cell.
#
# <details><summary>Hint 1</summary>
#
# `np.split(a, 4, axis=-1)` makes four blocks of equal width along the last axis.
#
# </details>
# <details><summary>Hint 2</summary>
#
# Three blocks go through the sigmoid, one through tanh. All products are entry by entry, `*`.
#
# </details>


# %%
def lstm_step(x, h, c, w_x, w_h, b):
    """State and cell of an LSTM after one step; the blocks are i, f, g, o.

    x : ndarray, shape (..., d_in). h, c : shape (..., d_h), the same leading axes.
    w_x : (d_in, 4 * d_h). w_h : (d_h, 4 * d_h). b : (4 * d_h,). Each holds floats or integers.
    Returns a tuple (h, c) of new arrays of shape (..., d_h). No argument may be changed.
    """
    ### BEGIN SOLUTION
    i, f, g, o = np.split(x @ w_x + h @ w_h + b, 4, axis=-1)
    i, f, o = (1 / (1 + np.exp(-a)) for a in (i, f, o))
    c = f * c + i * np.tanh(g)
    return o * np.tanh(c), c
    ### END SOLUTION


# %%
check(lstm_step)

# %% [markdown]
# ## 10. Back through time
#
# *4 points · about 25 minutes · difficulty 4 of 5*
#
# Back to the plain layer. A loss sees only the last state, and `d_last` is its gradient there. What
# is its gradient in every earlier state? **Why:** training can teach the layer about a token only
# through this gradient.
#
# Forward, $h_t = \tanh(a_t)$ with $a_t = x_t W_x + h_{t-1} W_h + b$. Backward, the gradient in
# $h_t$ first passes the $\tanh$, whose slope is $1 - h_t^2$, and then the product with $W_h$, which
# turns into one with $W_h^\top$.
#
# **Predict:** one state on the way is $0.999$. What does that do to the gradient in all states
# before it?

# %%
for h in (0.0, 0.5, 0.9, 0.999):
    print(f"state {h}: slope {1 - h**2:.4f}")

# %% [markdown]
# A unit that is full on lets hardly any gradient through.
#
# **By hand:** one unit, states $0.9, 0.5, 0$, $W_h = 2$, and `d_last` is 1. The last row is $1$.
# One step back: $1 \cdot (1 - 0^2) \cdot 2 = 2$. One more: $2 \cdot (1 - 0.5^2) \cdot 2 = 3$. The
# first state, $0.9$, was not used: its slope would lead on to the state before it.
#
# **Write** `last_state_gradient(states, w_h, d_last)`: row `t` of the result is the gradient in
# state `t`.
#
# <details><summary>Hint 1</summary>
#
# Begin with the last row and walk back. Each row comes from the row after it.
#
# </details>
# <details><summary>Hint 2</summary>
#
# Which slope leads from row `t` to row `t - 1`: that of state `t`, or of state `t - 1`?
#
# </details>
# <details><summary>Hint 3</summary>
#
# `d_h = (d_h * (1 - states[..., t, :] ** 2)) @ w_h.T` for `t` from `n - 1` down to 1.
#
# </details>


# %%
def last_state_gradient(states, w_h, d_last):
    """Gradient of a loss in every state of a recurrent layer, if the loss sees the last one only.

    states : ndarray, shape (..., n, d_h), from rnn_forward; n at least 1. w_h : (d_h, d_h).
    d_last : gradient in the last state, shape (..., d_h). Weights and d_last hold floats or
    integers. No argument may be changed.
    Returns an ndarray of the shape of states; its last row is d_last.
    """
    ### BEGIN SOLUTION
    rows = [d_last]
    for t in range(states.shape[-2] - 1, 0, -1):
        before_tanh = rows[-1] * (1 - states[..., t, :] ** 2)
        rows.append(before_tanh @ w_h.T)
    return np.stack(rows[::-1], axis=-2)
    ### END SOLUTION


# %%
check(last_state_gradient)

# %% [markdown]
# ## 11. The figure: gradient against distance
#
# *2 points · about 10 minutes · difficulty 2 of 5*
#
# **Question:** how much gradient reaches a state that lies far back? **Why:** one figure shows what
# a recurrent layer can learn from, and from where.
#
# **Predict:** each step back leaves nine tenths of the norm. What curve is that, on an axis of
# powers of ten? You will see it below.
#
# **By hand**, from part 10: the gradients in the three states were $3, 2, 1$. At distance 0 from
# the last state the norm is 1, at distance 1 it is 2, at distance 2 it is 3.
#
# **Write** `gradient_norms(states, w_h, d_last)` for one sequence: the distances and the norms, as
# two rows, nearest first.
#
# <details><summary>Hint 1</summary>
#
# Part 10 gives the gradients. Its last row is the nearest one.
#
# </details>
# <details><summary>Hint 2</summary>
#
# `np.linalg.norm(..., axis=-1)` takes the norm of every row, and `[::-1]` turns an array round.
#
# </details>


# %%
def gradient_norms(states, w_h, d_last):
    """Norm of the gradient in a state, against its distance from the last state.

    states : ndarray, shape (n, d_h), one sequence. w_h, d_last : as in last_state_gradient.
    Returns an ndarray, shape (2, n): distances 0, 1, ..., n - 1; norm of the gradient at each.
    """
    ### BEGIN SOLUTION
    norms = np.linalg.norm(last_state_gradient(states, w_h, d_last), axis=-1)
    return np.stack([np.arange(len(norms)), norms[::-1]])
    ### END SOLUTION


# %%
check(gradient_norms)

# %% [markdown]
# **Now look.** Here are three layers of 16 units that read the same small noise. Their `w_h` turns
# the state and multiplies its length by 0.9, 1 or 1.5. **Predict** the three curves.

# %%
rng = np.random.default_rng(0)
turn = np.linalg.qr(rng.standard_normal((16, 16)))[0]
runs = {0.9: [np.zeros(16)], 1.0: [np.zeros(16)], 1.5: [np.zeros(16)]}
for noise in 0.1 * rng.standard_normal((100, 16)):
    for rho, states in runs.items():
        states.append(np.tanh(noise + states[-1] @ (rho * turn)))

# %%
if check(gradient_norms):
    import matplotlib.pyplot as plt

    for rho, states in runs.items():
        distance, norm = gradient_norms(np.array(states), rho * turn, np.full(16, 0.25))
        plt.semilogy(distance, norm, label=f"w_h stretches by {rho}")
    plt.xlabel("distance from the last state (steps)")
    plt.ylabel("norm of the gradient")
    plt.legend()
    plt.show()

# %% [markdown]
# A straight line on this axis is a constant factor per step. With $\tanh$, even a `w_h` that
# stretches need not explode: the larger the states, the smaller the slopes.

# %% [markdown]
# ## 12. Weights that keep lengths
#
# *3 points · about 15 minutes · difficulty 3 of 5*
#
# A matrix whose columns have length 1 and are orthogonal to each other keeps the length of every
# vector. **Why:** as `w_h` it neither shrinks nor stretches the gradient, so recurrent layers are
# often started from one.
#
# **Predict:** a vector is multiplied 50 times by a random matrix, scaled to typical factor 1, and
# 50 times by an orthogonal one. What becomes of its length?

# %%
rng = np.random.default_rng(0)
a = rng.standard_normal((8, 8)) / np.sqrt(8)
q = np.linalg.qr(a)[0]
v = np.ones(8) / np.sqrt(8)
for name, matrix in (("random", a), ("orthogonal", q)):
    print(name, f"{np.linalg.norm(np.linalg.matrix_power(matrix, 50) @ v):.3g}")

# %% [markdown]
# Only the orthogonal one keeps it.
#
# **By hand:** the columns of $a$ are $(3, 4)$ and $(1, 2)$. The first, divided by its length 5, is
# $(0.6, 0.8)$. The second has the part $0.6 + 1.6 = 2.2$ along it; taken away,
# $(1, 2) - 2.2 \cdot (0.6, 0.8) = (-0.32, 0.24)$ is left, and divided by its length 0.4 it is
# $(-0.8, 0.6)$.
#
# **Write** `orthogonal_from(a, gain=1.0)`: go through the columns of `a` from the first on, as
# above, and multiply the result by `gain`. Column `j` is then a combination of columns 0 to `j` of
# `a`; its sign is free.
#
# <details><summary>Hint 1</summary>
#
# From column `j` take away its part along each finished column `q_i`: `(q_i @ a_j) * q_i`. Then
# divide by the length of what is left.
#
# </details>
# <details><summary>Hint 2</summary>
#
# This is the Q of a QR decomposition, which NumPy has. Multiply by `gain` at the very end.
#
# </details>


# %%
def orthogonal_from(a, gain=1.0):
    """Orthogonal matrix made of the columns of a, one after the other, times gain.

    a : ndarray, shape (d, d), far from singular, of floats or integers. Must not be changed.
    gain : number above 0.
    Returns an ndarray, shape (d, d): columns of length gain, orthogonal to each other.
    """
    ### BEGIN SOLUTION
    return gain * np.linalg.qr(a)[0]
    ### END SOLUTION


# %%
check(orthogonal_from)

# %% [markdown]
# ## 13. One unit that does not forget
#
# *3 points · about 15 minutes · difficulty 4 of 5*
#
# Can a plain recurrent layer remember one bit for 1000 steps? It can, with a single unit: a
# **latch**. The first input is the bit, $1$ or $-1$. All later inputs are noise, any numbers from
# $-1$ to $1$. **Why:** vanishing gradients make such weights hard to *learn*; they do not make them
# impossible.
#
# **Predict:** which $W_h$ keeps the state up, if every later input is $-1$?

# %%
for w_h in (0.9, 2.0, 4.0):
    h = np.tanh(1.5)
    for _ in range(1000):
        h = np.tanh(w_h * h + 1.5 * -1)
    print(f"w_h = {w_h}: {h:.3f}")

# %% [markdown]
# The state has to be pushed back up harder than the noise pulls it down.
#
# **By hand:** with $W_x = 1.5$ the first state is $\tanh(1.5) = 0.905$. If $W_h = 1$, the worst
# next sum is $0.905 - 1.5 = -0.595$: the bit is lost at once.
#
# **Write** `latch_weights()`: return `w_x`, `w_h` and `b` of the unit
# $h_t = \tanh(W_x x_t + W_h h_{t-1} + b)$, each at most 4 in size. From state 0, after every one of
# 1000 steps and whatever the noise, the state is at least 0.9 if the bit was $1$ and at most $-0.9$
# if it was $-1$.
#
# <details><summary>Hint 1</summary>
#
# Both bits have to work. What does that say about `b`?
#
# </details>
# <details><summary>Hint 2</summary>
#
# The first step alone has to reach 0.9, which bounds `w_x` from below: `np.arctanh(0.9)`.
#
# </details>
# <details><summary>Hint 3</summary>
#
# In the worst case the state is 0.9 and the input $-1$. The sum has to be at least
# `np.arctanh(0.9)` again.
#
# </details>


# %%
def latch_weights():
    """Weights (w_x, w_h, b) of one unit that keeps the sign of its first input."""
    ### BEGIN SOLUTION
    return 1.5, 4.0, 0.0
    ### END SOLUTION


# %%
check(latch_weights)

# %% [markdown]
# ## 14. Odd or even, for any length
#
# *4 points · about 30 minutes · difficulty 5 of 5*
#
# The inputs are bits, 0 or 1. After each of them: was the number of ones so far odd? **Why:** the
# answer depends on every single bit, and a layer of two units follows it for ever, in constant
# memory. Here a state is the right tool.
#
# **By hand:** with the old parity $p$ and the bit $x$,
#
# | $p$ | $x$ | $p + x \ge 1$ | $p + x \ge 2$ | new parity |
# |---|---|---|---|---|
# | 0 | 0 | no | no | 0 |
# | 0 | 1 | yes | no | 1 |
# | 1 | 0 | yes | no | 1 |
# | 1 | 1 | yes | yes | 0 |
#
# The new parity is the first answer minus the second. **Predict:** can one unit alone compute it
# from $p$ and $x$? Its sum rises or falls with $p + x$, and never turns back.

# %%
sums = np.array([0.0, 1.0, 2.0])
print("at least 1:", np.round(np.tanh(10 * (sums - 0.5)), 3))
print("at least 2:", np.round(np.tanh(10 * (sums - 1.5)), 3))

# %% [markdown]
# One unit cannot: 0, 1, 2 have to become 0, 1, 0. Two can, and the state holds their two answers,
# each as $-1$ or $1$.
#
# **Write** `parity_weights()`: return `w_x` of shape `(1, d_h)`, `w_h` of `(d_h, d_h)`, `b` of
# `(d_h,)`, `w_out` of `(d_h,)` and a number `b_out`. At most 8 units, and no weight above 50 in
# size. From a state of zeros, `h @ w_out + b_out` is above 0.1 after an odd number of ones and
# below $-0.1$ after an even one, at every step of a sequence of any length.
#
# <details><summary>Hint 1</summary>
#
# The old parity is half of (unit 0 minus unit 1). Each unit needs it, so it stands in both columns
# of `w_h`.
#
# </details>
# <details><summary>Hint 2</summary>
#
# The sum of unit 0 is $10 \, (p + x - 0.5)$, that of unit 1 is $10 \, (p + x - 1.5)$. Put $p$ in
# terms of the units.
#
# </details>
# <details><summary>Hint 3</summary>
#
# Unit 0 minus unit 1 is 2 for odd and 0 for even: subtract 1.
#
# </details>


# %%
def parity_weights():
    """Weights (w_x, w_h, b, w_out, b_out) of a layer that tells odd from even."""
    ### BEGIN SOLUTION
    w_x = np.array([[10.0, 10.0]])
    w_h = np.array([[5.0, 5.0], [-5.0, -5.0]])
    b = np.array([-5.0, -15.0])
    return w_x, w_h, b, np.array([1.0, -1.0]), -1.0
    ### END SOLUTION


# %%
check(parity_weights)

# %% [markdown]
# ## 15. Bug hunt: eight wrong recurrent layers
#
# *4 points · about 25 minutes · difficulty 4 of 5*
#
# Each of these is wrong in one way, and right on many inputs. **Why:** a recurrent layer has few
# lines and many places to go wrong. All of them start from zeros and should do what your
# `rnn_forward(x, w_x, w_h, b)` does.


# %%
def wrong_1(x, w_x, w_h, b):
    h, states = np.zeros((*x.shape[:-2], len(b))), []
    for t in range(x.shape[-2]):
        h = np.tanh(x[..., t, :] @ w_x + h @ w_h.T + b)
        states.append(h)
    return np.stack(states, axis=-2)


# %%
def wrong_2(x, w_x, w_h, b):
    h, states = np.zeros(len(b)), []
    for x_t in x:
        h = np.tanh(x_t @ w_x + h @ w_h + b)
        states.append(h)
    return np.stack(states)


# %%
def wrong_3(x, w_x, w_h, b):
    h, states = np.zeros((*x.shape[:-2], len(b))), []
    for t in range(x.shape[-2]):
        h = np.tanh(x[..., t, :] @ w_x + h @ w_h) + b
        states.append(h)
    return np.stack(states, axis=-2)


# %%
def wrong_4(x, w_x, w_h, b):
    h, states = np.tanh(x[..., 0, :] @ w_x), []
    for t in range(x.shape[-2]):
        h = np.tanh(x[..., t, :] @ w_x + h @ w_h + b) if t else h
        states.append(h)
    return np.stack(states, axis=-2)


# %%
def wrong_5(x, w_x, w_h, b):
    states = np.zeros_like(x @ w_x + b)
    for t in range(x.shape[-2]):
        h = states[..., t - 1, :] @ w_h if t else 0
        states[..., t, :] = np.tanh(x[..., t, :] @ w_x + h + b)
    return states


# %%
def wrong_6(x, w_x, w_h, b):
    alone = np.tanh(x @ w_x + b)
    before = np.zeros_like(alone)
    before[..., 1:, :] = alone[..., :-1, :]
    return np.tanh(x @ w_x + before @ w_h + b)


# %%
def wrong_7(x, w_x, w_h, b):
    states = np.zeros((*x.shape[:-1], len(b)))
    for t in range(x.shape[-2]):
        h = states[..., t - 1, :] * (t % 8 > 0)
        states[..., t, :] = np.tanh(x[..., t, :] @ w_x + h @ w_h + b)
    return states


# %%
def wrong_8(x, w_x, w_h, b):
    states = np.zeros((*x.shape[:-1], len(b)))
    for t in range(x.shape[-2]):
        e = np.exp(2 * (x[..., t, :] @ w_x + states[..., t - 1, :] @ w_h + b))
        states[..., t, :] = (e - 1) / (e + 1)
    return states


# %% [markdown]
# **Predict:** one sequence of two steps, one unit, no bias. How many of them are right?

# %%
x, one = np.array([[0.5], [1.0]]), np.array([[1.0]])
for wrong in (wrong_1, wrong_2, wrong_3, wrong_4, wrong_5, wrong_6, wrong_7, wrong_8):
    print(wrong.__name__, np.round(wrong(x, one, one, np.zeros(1)).ravel(), 4))

# %% [markdown]
# All eight. An input like this proves nothing.
#
# **An example:** `wrong_1` turns `w_h` round. With one unit that is no change; with two units and
# `w_h = [[0, 1], [0, 0]]` it is. So `(np.eye(2), np.eye(2), np.array([[0.0, 1.0], [0.0, 0.0]]),
# np.zeros(2))` separates it from the right layer.
#
# **Write** `rnn_bug_hunt()`: return a list of eight tuples `(x, w_x, w_h, b)`. The first separates
# `wrong_1` from the right layer, the second `wrong_2`, and so on: the results differ by more than
# 0.001, or the wrong one is not finite or raises. Numbers are finite, at most 100 in each array.
#
# <details><summary>Hint 1</summary>
#
# Compare each function with yours, line by line. Which input makes the difference matter?
#
# </details>
# <details><summary>Hint 2</summary>
#
# One input may serve for several: a batch of two sequences, more than eight steps, a bias that is
# not 0, a `w_h` that is not symmetric.
#
# </details>
# <details><summary>Hint 3</summary>
#
# For `wrong_5`: which dtype has `x @ w_x + b` if all three hold integers? For `wrong_8`: where does
# `np.exp` overflow?
#
# </details>


# %%
def rnn_bug_hunt():
    """A list of eight tuples (x, w_x, w_h, b); the i-th separates the i-th wrong function."""
    ### BEGIN SOLUTION
    x = np.stack([np.arange(10) % 3 - 1, np.ones(10, int)])[..., None]
    w_x, w_h, b = np.array([[1, 2]]), np.array([[0, 1], [-1, 1]]), np.array([1, 0])
    return [(x, w_x, w_h, b)] * 7 + [(1000 * x, w_x, w_h, b)]
    ### END SOLUTION


# %%
check(rnn_bug_hunt)

# %% [markdown]
# ## Hand in
#
# Restart the kernel, run all cells, and look at every box once more. Then save this file as
# `ch04_recurrence.ipynb` and hand it in. A part that is not done costs its own points,
# and those of later parts that call it.
