"""How a call and its failure are put into words."""

import re

import numpy as np

ADVICE = {
    "missing": "Write the body of the function, run its cell, then run the check again.",
    "timeout": "Look for a loop that does not end, or that runs over far too much.",
    "memory": "Look for an array that grows with every step, or with the square of its input.",
    "crash": "Look for a call that ends Python, such as exit() or os._exit().",
}
OVERWRITTEN = (
    "Operators such as `-=` and `out=` write into the caller's array. "
    "Make a new one: `x = x - ...`."
)


def argument_names(signature):
    """Parameter names in a signature such as "softmax(x, axis=-1)"."""
    inside = signature.partition("(")[2].rstrip(")")
    return [part.partition("=")[0].strip() for part in inside.split(",") if part.strip()]


def call_text(exercise, case):
    """The call as a student would write it: "causal_mask(3)", "softmax(x), x of shape (5, 7)"."""
    names = argument_names(exercise.signature)[: len(case.args)]
    given = dict(zip(names, case.args, strict=True)) | case.kwargs
    long = not all(map(_is_short, given.values()))
    texts = {
        name: name if long and _is_array(value) else _literal(value)
        for name, value in given.items()
    }
    shown = [f"{name}={texts[name]}" if name in case.kwargs else texts[name] for name in given]
    shapes = ", ".join(f"{name} {value.shape}" for name, value in given.items() if _is_array(value))
    notes = [case.name, f"shapes {shapes}"] if long else []
    return ", ".join([f"{exercise.name}({', '.join(shown)})", *notes])


def in_short(text, limit=200):
    """`text` on one line, at most `limit` characters, printable ones only."""
    line = "".join(c if c.isprintable() else " " for c in text[: 4 * limit])
    line = " ".join(line.split())
    return line if len(line) <= limit else line[: limit - 3] + "..."


def without_name(error):
    """`error` without the name of the function, as in "TypeError: softmax() takes ..."."""
    return re.sub(r"[\w.<>]+\(\) ", "", error)


def _is_array(arg):
    return isinstance(arg, np.ndarray)


def _is_short(arg):
    return not _is_array(arg) or (arg.ndim <= 1 and arg.size <= 4)


def _literal(arg):
    if not _is_array(arg):
        return f"{arg:g}" if isinstance(arg, float) else str(arg)
    return f"[{', '.join(f'{x:g}' for x in arg)}]" if arg.ndim else f"{arg:g}"
