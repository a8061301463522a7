"""Read, compare and write rows of nbgrader's tables, many at a time."""

from sqlalchemy import bindparam, delete, insert, select, update


class Book:
    """nbgrader's tables in one transaction.

    Parameters
    ----------
    connection : sqlalchemy Connection
        In a transaction; the caller commits.
    tables : dict of str to Table
    """

    def __init__(self, connection, tables):
        self.connection, self.tables = connection, tables

    def ensure(self, name, rows, *, key, among=None, change=None):
        """Ids of `rows` in their order; those that are missing are added.

        `key` are the columns that tell rows apart, within those whose column `among` is that of
        `rows`. In rows that are there, the column `change` is brought in line if it is known.
        """
        if not rows:
            return []
        columns = self.tables[name].c
        query = select(*(columns[column] for column in {"id": 0} | rows[0]))
        if among:
            query = query.where(columns[among] == rows[0][among])
        found = self.connection.execute(query).mappings()
        there = {tuple(row[column] for column in key): row for row in found}
        old = [there.get(tuple(row[column] for column in key)) for row in rows]
        pairs = list(zip(rows, old, strict=True))
        self.insert(name, [row for row, old in pairs if old is None])
        changed = [
            {"id": old["id"], change: row[change]}
            for row, old in pairs
            if old and change and row[change] is not None and row[change] != old[change]
        ]
        self.update(name, changed)
        return [row["id"] if old is None else old["id"] for row, old in pairs]

    def of_cells(self, name, cells, *columns):
        """Rows of a table that belong to these cells, by submitted notebook and cell."""
        table = self.tables[name].c
        query = select(table.notebook_id, table.cell_id, table.id, *(table[c] for c in columns))
        found = self.connection.execute(query.where(table.cell_id.in_(list(cells))))
        return {(row.notebook_id, row.cell_id): row for row in found}

    def delete_unused_cells(self, ids):
        """Delete those of these cells that no grade and no comment belongs to."""
        if not ids:
            return
        used = set()
        for name in ("grade", "comment"):
            column = self.tables[name].c.cell_id
            used.update(self.connection.scalars(select(column).where(column.in_(list(ids)))))
        for name in ("grade_cells", "solution_cells", "base_cell"):
            self.delete(name, [id_ for id_ in ids if id_ not in used])

    def delete(self, name, ids):
        """Delete the rows with these ids."""
        if ids:
            table = self.tables[name]
            query = delete(table).where(table.c.id == bindparam("old_id"))
            self.connection.execute(query, [{"old_id": id_} for id_ in ids])

    def insert(self, name, rows):
        """Add rows; all have the same columns."""
        if rows:
            self.connection.execute(insert(self.tables[name]), rows)

    def update(self, name, rows):
        """Change the rows with these ids; all rows have the same columns."""
        if rows:
            table = self.tables[name]
            values = {column: bindparam(f"new_{column}") for column in rows[0] if column != "id"}
            query = update(table).where(table.c.id == bindparam("new_id")).values(values)
            renamed = [{f"new_{column}": row[column] for column in row} for row in rows]
            self.connection.execute(query, renamed)
