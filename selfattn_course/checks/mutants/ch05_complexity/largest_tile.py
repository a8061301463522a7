"""Wrong versions of largest_tile(budget_bytes, d, d_v, item_bytes)."""


def square(budget_bytes, d, d_v, item_bytes):
    """A tile need not be square: one row or column more may still fit."""
    numbers, b = budget_bytes // item_bytes, 1
    while (b + 1) * (d + d_v + 2) + (b + 1) * (d + d_v) + (b + 1) ** 2 <= numbers:
        b += 1
    return b, b


def one_row(budget_bytes, d, d_v, item_bytes):
    """More rows give more scores: each row adds one score for every column."""
    numbers = budget_bytes // item_bytes
    return 1, (numbers - d - d_v - 2) // (d + d_v + 1)


def one_column(budget_bytes, d, d_v, item_bytes):
    """More columns give more scores: each column adds one score for every row."""
    numbers = budget_bytes // item_bytes
    return (numbers - d - d_v) // (d + d_v + 3), 1


def smallest_tile(budget_bytes, d, d_v, item_bytes):
    """This fits, but larger tiles do too."""
    return 1, 1


def scores_forgotten(budget_bytes, d, d_v, item_bytes):
    """The scores of the tile need room too: rows * columns numbers."""
    numbers = budget_bytes // item_bytes
    best = (1, 1)
    for rows in range(1, numbers // (d + d_v + 2) + 1):
        columns = (numbers - rows * (d + d_v + 2)) // (d + d_v)
        best = max(best, (rows, columns), key=lambda tile: tile[0] * tile[1])
    return best


def scores_alone(budget_bytes, d, d_v, item_bytes):
    """Queries, keys, values and outputs need room too, not only the scores."""
    side = int((budget_bytes // item_bytes) ** 0.5)
    return side, budget_bytes // item_bytes // side


def output_forgotten(budget_bytes, d, d_v, item_bytes):
    """The output of each row needs room too: d_v numbers."""
    numbers = budget_bytes // item_bytes
    best = (1, 1)
    for rows in range(1, numbers // (d + 2) + 1):
        columns = (numbers - rows * (d + 2)) // (rows + d + d_v)
        best = max(best, (rows, columns), key=lambda tile: tile[0] * tile[1])
    return best


def values_forgotten(budget_bytes, d, d_v, item_bytes):
    """The value of each column needs room too: d_v numbers."""
    numbers = budget_bytes // item_bytes
    best = (1, 1)
    for rows in range(1, numbers // (d + d_v + 2) + 1):
        columns = (numbers - rows * (d + d_v + 2)) // (rows + d)
        best = max(best, (rows, columns), key=lambda tile: tile[0] * tile[1])
    return best


def keys_forgotten(budget_bytes, d, d_v, item_bytes):
    """The key of each column needs room too: d numbers."""
    numbers = budget_bytes // item_bytes
    best = (1, 1)
    for rows in range(1, numbers // (d + d_v + 2) + 1):
        columns = (numbers - rows * (d + d_v + 2)) // (rows + d_v)
        best = max(best, (rows, columns), key=lambda tile: tile[0] * tile[1])
    return best


def queries_forgotten(budget_bytes, d, d_v, item_bytes):
    """The query of each row needs room too: d numbers."""
    numbers = budget_bytes // item_bytes
    best = (1, 1)
    for rows in range(1, numbers // (d_v + 2) + 1):
        columns = (numbers - rows * (d_v + 2)) // (rows + d + d_v)
        best = max(best, (rows, columns), key=lambda tile: tile[0] * tile[1])
    return best


def top_and_total_forgotten(budget_bytes, d, d_v, item_bytes):
    """top and total need room too: two numbers for each row."""
    numbers = budget_bytes // item_bytes
    best = (1, 1)
    for rows in range(1, numbers // (d + d_v) + 1):
        columns = (numbers - rows * (d + d_v)) // (rows + d + d_v)
        best = max(best, (rows, columns), key=lambda tile: tile[0] * tile[1])
    return best


def top_and_total_for_columns(budget_bytes, d, d_v, item_bytes):
    """top and total belong to the queries: two numbers for each row, none for a column."""
    numbers = budget_bytes // item_bytes
    best = (1, 1)
    for rows in range(1, numbers // (d + d_v) + 1):
        columns = (numbers - rows * (d + d_v)) // (rows + d + d_v + 2)
        best = max(best, (rows, columns), key=lambda tile: tile[0] * tile[1])
    return best


def scores_and_weights(budget_bytes, d, d_v, item_bytes):
    """The exponentials take the place of the scores: rows * columns numbers once."""
    numbers = budget_bytes // item_bytes
    best = (1, 1)
    for rows in range(1, numbers // (d + d_v + 2) + 1):
        columns = (numbers - rows * (d + d_v + 2)) // (2 * rows + d + d_v)
        best = max(best, (rows, columns), key=lambda tile: tile[0] * tile[1])
    return best


def values_as_wide_as_keys(budget_bytes, d, d_v, item_bytes):
    """A value has d_v features, which may differ from d."""
    numbers = budget_bytes // item_bytes
    best = (1, 1)
    for rows in range(1, numbers // (2 * d + 2) + 1):
        columns = (numbers - rows * (2 * d + 2)) // (rows + 2 * d)
        best = max(best, (rows, columns), key=lambda tile: tile[0] * tile[1])
    return best


def numbers_for_bytes(budget_bytes, d, d_v, item_bytes):
    """The budget is in bytes: item_bytes for each number."""
    best = (1, 1)
    for rows in range(1, budget_bytes // (d + d_v + 2) + 1):
        columns = (budget_bytes - rows * (d + d_v + 2)) // (rows + d + d_v)
        best = max(best, (rows, columns), key=lambda tile: tile[0] * tile[1])
    return best


def always_four_bytes(budget_bytes, d, d_v, item_bytes):
    """A number takes item_bytes bytes, not always 4."""
    numbers = budget_bytes // 4
    best = (1, 1)
    for rows in range(1, numbers // (d + d_v + 2) + 1):
        columns = (numbers - rows * (d + d_v + 2)) // (rows + d + d_v)
        best = max(best, (rows, columns), key=lambda tile: tile[0] * tile[1])
    return best


def strictly_below(budget_bytes, d, d_v, item_bytes):
    """A tile that needs exactly the budget fits too: <=, not <."""
    numbers = (budget_bytes - 1) // item_bytes
    best = (1, 1)
    for rows in range(1, numbers // (d + d_v + 2) + 1):
        columns = (numbers - rows * (d + d_v + 2)) // (rows + d + d_v)
        best = max(best, (rows, columns), key=lambda tile: tile[0] * tile[1])
    return best


def rounded_up(budget_bytes, d, d_v, item_bytes):
    """Rounding up does not fit. Round the number of columns down with //."""
    numbers = budget_bytes // item_bytes
    best = (1, 1)
    for rows in range(1, numbers // (d + d_v + 2) + 1):
        columns = -((rows * (d + d_v + 2) - numbers) // (rows + d + d_v))
        best = max(best, (rows, columns), key=lambda tile: tile[0] * tile[1])
    return best


def budget_rounded_up(budget_bytes, d, d_v, item_bytes):
    """A number of which only some bytes fit does not fit: round the budget down."""
    numbers = -(-budget_bytes // item_bytes)
    best = (1, 1)
    for rows in range(1, numbers // (d + d_v + 2) + 1):
        columns = (numbers - rows * (d + d_v + 2)) // (rows + d + d_v)
        best = max(best, (rows, columns), key=lambda tile: tile[0] * tile[1])
    return best


def powers_of_two(budget_bytes, d, d_v, item_bytes):
    """Sizes need not be powers of two: a larger tile fits."""
    numbers = budget_bytes // item_bytes
    best, rows = (1, 1), 1
    while rows * (d + d_v + 3) + d + d_v <= numbers:
        columns = (numbers - rows * (d + d_v + 2)) // (rows + d + d_v)
        tile = (rows, 2 ** (columns.bit_length() - 1))
        best = max(best, tile, key=lambda tile: tile[0] * tile[1])
        rows *= 2
    return best


def columns_first(budget_bytes, d, d_v, item_bytes):
    """The order is rows, the queries, then columns, the keys."""
    numbers = budget_bytes // item_bytes
    best = (0, 0)
    for rows in range(1, numbers // (d + d_v + 2) + 1):
        columns = (numbers - rows * (d + d_v + 2)) // (rows + d + d_v)
        best = max(best, (columns, rows), key=lambda tile: tile[0] * tile[1])
    return best


def number_of_scores(budget_bytes, d, d_v, item_bytes):
    """Return both sizes, rows and columns, not their product."""
    numbers = budget_bytes // item_bytes
    best = 0
    for rows in range(1, numbers // (d + d_v + 2) + 1):
        best = max(best, rows * ((numbers - rows * (d + d_v + 2)) // (rows + d + d_v)))
    return best


def half_the_budget(budget_bytes, d, d_v, item_bytes):
    """The whole budget may be used. Splitting it between queries and keys wastes some."""
    numbers = budget_bytes // item_bytes
    rows = max(1, numbers // (3 * (d + d_v + 2)))
    return rows, max(1, (numbers - rows * (d + d_v + 2)) // (rows + d + d_v))


def not_whole(budget_bytes, d, d_v, item_bytes):
    """Sizes are whole numbers."""
    numbers, wide = budget_bytes / item_bytes, d + d_v
    side = (((2 * wide + 2) ** 2 + 4 * numbers) ** 0.5 - (2 * wide + 2)) / 2
    return side, side


def at_most_32_rows(budget_bytes, d, d_v, item_bytes):
    """Try all numbers of rows that leave room for a column."""
    numbers = budget_bytes // item_bytes
    best = (1, 1)
    for rows in range(1, min(32, numbers // (d + d_v + 2)) + 1):
        columns = (numbers - rows * (d + d_v + 2)) // (rows + d + d_v)
        best = max(best, (rows, columns), key=lambda tile: tile[0] * tile[1])
    return best


def at_most_256_rows(budget_bytes, d, d_v, item_bytes):
    """A large memory may take a tile of more than 256 rows. Try all that fit."""
    numbers, best = budget_bytes // item_bytes, (1, 1)
    for rows in range(1, min(256, numbers // (d + d_v + 2)) + 1):
        columns = (numbers - rows * (d + d_v + 2)) // (rows + d + d_v)
        if rows * columns > best[0] * best[1]:
            best = (rows, columns)
    return best


def sizes_from_a_short_list(budget_bytes, d, d_v, item_bytes):
    """A number may take any number of bytes: divide by item_bytes, whatever it is."""
    numbers, best = budget_bytes // (item_bytes if item_bytes in (1, 2, 4, 8) else 4), (1, 1)
    for rows in range(1, numbers // (d + d_v + 2) + 1):
        columns = (numbers - rows * (d + d_v + 2)) // (rows + d + d_v)
        if rows * columns > best[0] * best[1]:
            best = (rows, columns)
    return best


def close_to_the_square(budget_bytes, d, d_v, item_bytes):
    """The best tile may lie far from the square. Try all numbers of rows, not a few around it."""
    numbers, wide, best = budget_bytes // item_bytes, d + d_v, (1, 1)
    square = max(1, int((wide * wide + numbers) ** 0.5) - wide)
    for rows in range(max(1, square - 3), square + 4):
        columns = max(0, numbers - rows * (wide + 2)) // (rows + wide)
        if rows * columns > best[0] * best[1]:
            best = (rows, columns)
    return best
