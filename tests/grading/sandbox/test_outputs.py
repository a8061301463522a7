import numpy as np
import pytest

from selfattn_course.grading.sandbox.inside.values import WireError
from selfattn_course.grading.sandbox.outputs import read_outputs


def raw(text):
    return np.frombuffer(text if isinstance(text, bytes) else text.encode(), np.uint8)


PNG = b"\x89PNG\r\n\x1a\n" + b"rest"


def test_outputs_take_the_shape_of_nbformat():
    shown = {"kind": "display_data", "data": {"image/png": raw(PNG), "text/plain": raw("é")}}
    result = {"kind": "execute_result", "data": {"text/html": raw("<b>")}}
    failed = {"kind": "error", "name": "E", "message": "m", "data": {"traceback": raw("a\nb")}}
    assert read_outputs([shown, result, failed]) == (
        {
            "output_type": "display_data",
            "data": {"image/png": "iVBORw0KGgpyZXN0", "text/plain": "é"},
            "metadata": {},
        },
        {
            "output_type": "execute_result",
            "data": {"text/html": "<b>"},
            "metadata": {},
            "execution_count": None,
        },
        {"output_type": "error", "ename": "E", "evalue": "m", "traceback": ["a", "b"]},
    )


def one(**changes):
    return [{"kind": "display_data", "data": {}} | changes]


@pytest.mark.parametrize(
    "value",
    [
        None,
        {},
        [None],
        [{}],
        one(kind="stream"),
        one(kind=["error"]),
        one(data={"application/javascript": raw("alert()")}),
        one(data={"text/plain": "text"}),
        one(data={"text/plain": np.zeros(3)}),
        one(data={"text/plain": np.zeros((2, 2), np.uint8)}),
        one(data={"image/png": raw("<svg>")}),
        one(kind="error", name="E", message="m"),
        one(kind="error", name=1, message="m", data={"traceback": raw("a")}),
        one() * 51,
    ],
)
def test_anything_else_is_refused(value):
    with pytest.raises(WireError, match="."):
        read_outputs(value)


def test_text_that_is_not_utf8_is_mended():
    (output,) = read_outputs(one(data={"text/plain": raw(b"a\xff")}))
    assert output["data"]["text/plain"] == "a\ufffd"
