"""Keep the built pages to themselves: nothing on them asks another host."""


def setup(app):
    return {"parallel_read_safe": True, "parallel_write_safe": True}
