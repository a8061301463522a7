"""Cell outputs from a process that nobody trusts, turned into nbformat's shape or dropped."""

import base64

import numpy as np

from .inside.values import WireError

_KINDS = ("display_data", "execute_result")
_TYPES = ("image/png", "text/html", "text/latex", "text/markdown", "text/plain")
_PNG_MAGIC = b"\x89PNG\r\n\x1a\n"
_MOST_OUTPUTS = 50
_NAME_LENGTH, _MESSAGE_LENGTH = 200, 2000


def read_outputs(value):
    """Outputs as nbformat has them.

    Parameters
    ----------
    value : object
        A decoded value of the wire.

    Returns
    -------
    tuple of dict

    Raises
    ------
    WireError
        If it is not what the runner sends.
    """
    if type(value) is not list or len(value) > _MOST_OUTPUTS:
        raise WireError("outputs are a list of bounded length")
    return tuple(_read(item) for item in value)


def shown_bytes(result):
    """Memory that the text and the outputs of a CellResult take, roughly."""
    errors = [line for output in result.outputs for line in output.get("traceback", ())]
    data = [text for output in result.outputs for text in output.get("data", {}).values()]
    return sum(100 + len(text) for text in (result.text, *errors, *data))


def error_output(name, message):
    """An error as nbformat has it, in the grader's own words."""
    return {"output_type": "error", "ename": name, "evalue": message, "traceback": []}


def _read(item):
    if type(item) is not dict or type(item.get("data")) is not dict:
        raise WireError("an output is a dict with data")
    if item.get("kind") == "error":
        traceback = _text(item["data"].get("traceback"))
        name, message = item.get("name"), item.get("message")
        if type(name) is not str or type(message) is not str:
            raise WireError("an error has a name and a message")
        error = error_output(name[:_NAME_LENGTH], message[:_MESSAGE_LENGTH])
        return error | {"traceback": traceback.split("\n")}
    if item.get("kind") not in _KINDS:
        raise WireError("unknown kind of output")
    data = {key: _content(key, raw) for key, raw in item["data"].items()}
    output = {"output_type": item["kind"], "data": data, "metadata": {}}
    return output | {"execution_count": None} if item["kind"] == "execute_result" else output


def _content(key, raw):
    if key not in _TYPES:
        raise WireError("unknown type of output")
    if key != "image/png":
        return _text(raw)
    image = _bytes(raw)
    if not image.startswith(_PNG_MAGIC):
        raise WireError("not a PNG image")
    return base64.b64encode(image).decode()


def _text(raw):
    return _bytes(raw).decode("utf-8", "replace")


def _bytes(raw):
    if type(raw) is not np.ndarray or raw.dtype != np.uint8 or raw.ndim != 1:
        raise WireError("contents are bytes")
    return raw.tobytes()
