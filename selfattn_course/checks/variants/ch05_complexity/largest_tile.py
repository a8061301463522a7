"""Right but unusual versions of largest_tile(budget_bytes, d, d_v, item_bytes)."""

import numpy as np


def row_after_row(budget_bytes, d, d_v, item_bytes):
    numbers, best = budget_bytes // item_bytes, (0, 0)
    for rows in range(1, numbers + 1):
        columns = (numbers - rows * (d + d_v + 2)) // (rows + d + d_v)
        if columns < 1:
            break
        if rows * columns > best[0] * best[1]:
            best = (rows, columns)
    return best


def last_of_the_largest(budget_bytes, d, d_v, item_bytes):
    numbers, best = budget_bytes // item_bytes, (0, 0)
    for rows in range(1, numbers // (d + d_v + 2) + 1):
        columns = (numbers - rows * (d + d_v + 2)) // (rows + d + d_v)
        if rows * columns >= best[0] * best[1]:
            best = (rows, columns)
    return list(best)


def column_after_column(budget_bytes, d, d_v, item_bytes):
    numbers, best = budget_bytes // item_bytes, (0, 0, 0)
    for columns in range(1, numbers // (d + d_v) + 1):
        rows = (numbers - columns * (d + d_v)) // (columns + d + d_v + 2)
        best = max(best, (rows * columns, rows, columns))
    return best[1:]


def from_a_grid(budget_bytes, d, d_v, item_bytes):
    most = max(1, budget_bytes // item_bytes // (d + d_v))
    rows, columns = np.ogrid[1 : most + 1, 1 : most + 1]
    numbers = rows * (d + d_v + 2) + columns * (d + d_v) + rows * columns
    scores = np.where(numbers * item_bytes <= budget_bytes, rows * columns, 0)
    return np.array(np.unravel_index(scores.argmax(), scores.shape)) + 1


def by_walking_along_the_edge(budget_bytes, d, d_v, item_bytes):
    def fits(rows, columns):
        numbers = rows * d + columns * (d + d_v) + rows * columns + rows * (d_v + 2)
        return numbers * item_bytes <= budget_bytes

    rows, columns, best = 1, 1, (1, 1)
    while fits(1, columns + 1):
        columns += 1
    while columns:
        if fits(rows, columns):
            best = max(best, (rows, columns), key=lambda tile: tile[0] * tile[1])
            rows += 1
        else:
            columns -= 1
    return best


def as_floats(budget_bytes, d, d_v, item_bytes):
    numbers = budget_bytes // item_bytes
    rows = np.arange(1.0, numbers // (d + d_v + 2) + 1)
    columns = np.floor((numbers - rows * (d + d_v + 2)) / (rows + d + d_v))
    place = np.argmax(rows * columns)
    return float(rows[place]), float(columns[place])


def bytes_compared(budget_bytes, d, d_v, item_bytes):
    best = np.array([1, 1])
    row_bytes, column_bytes = item_bytes * (d + d_v + 2), item_bytes * (d + d_v)
    for rows in range(1, budget_bytes // row_bytes + 1):
        columns = (budget_bytes - rows * row_bytes) // (column_bytes + rows * item_bytes)
        if rows * columns > best.prod():
            best = np.array([rows, columns])
    return best


def with_max_over_all(budget_bytes, d, d_v, item_bytes):
    numbers, wide = budget_bytes // item_bytes, d + d_v
    rows = range(1, numbers // (wide + 2) + 1)
    tiles = [(r, (numbers - r * (wide + 2)) // (r + wide)) for r in rows]
    return max(reversed(tiles), key=lambda tile: tile[0] * tile[1])


def never_more_rows_than_columns(budget_bytes, d, d_v, item_bytes):
    numbers, best = budget_bytes // item_bytes, (1, 1)
    for rows in range(1, numbers // (d + d_v + 2) + 1):
        columns = (numbers - rows * (d + d_v + 2)) // (rows + d + d_v)
        if columns < rows:  # a column takes less room than a row: turned round, a tile fits too
            break
        if rows * columns > best[0] * best[1]:
            best = (rows, columns)
    return best
