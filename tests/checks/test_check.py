import gc
import logging
import sys
import time
import warnings

import numpy as np
import pytest

from selfattn_course.checks.ch03_softmax import EXERCISES, check


def softmax(x, axis=-1):
    e = np.exp(x - x.max(axis=axis, keepdims=True))
    return e / e.sum(axis=axis, keepdims=True)


def test_a_right_function_passes():
    result = check(softmax)
    assert result
    assert repr(result) == "Passed: softmax: all 34 calls are right."


def test_a_wrong_function_is_told_what_and_why():
    def softmax(x, axis=-1):
        return np.exp(x) / np.exp(x).sum(axis=axis, keepdims=True)

    result = check(softmax)
    assert not result
    assert repr(result) == (
        "Not yet: softmax([1000, 1001]): entry (0,) is nan; expected 0.2689.\n"
        "Hint: exp overflows above 709. Subtract the maximum along `axis` first: the weights stay."
    )


def test_a_function_may_write_all_its_answers_into_one_array():
    arrays = {}

    def shared(x, axis=-1):
        weights = arrays.setdefault(x.shape, np.empty(x.shape))
        weights[...] = softmax(x, axis)
        return weights

    assert check(shared, "softmax")
    assert check(lambda x, axis=-1: list(shared(x, axis)), "softmax")


def test_another_name_can_be_given():
    assert check(lambda x, axis=-1: softmax(x, axis), "softmax")


@pytest.mark.parametrize(
    ("args", "sentence"),
    [
        ((3,), "check was given a value of type int; expected a function. Write its name"),
        ((None,), "check was given a value of type NoneType; expected a function."),
        ((lambda x: x,), "No exercise is called '<lambda>'; expected one of softmax, temperature"),
        ((softmax, "sofmax"), "No exercise is called 'sofmax'; expected one of softmax,"),
        ((softmax, ["softmax"]), "No exercise is called ['softmax']; expected one of"),
    ],
)
def test_a_bad_call_gets_a_sentence(args, sentence):
    result = check(*args)
    assert not result
    assert repr(result).startswith(f"Not yet: {sentence}")


def raising(problem):
    def softmax(x, axis=-1):
        raise problem

    return softmax


class Silent(Exception):
    def __str__(self):
        raise RuntimeError


@pytest.mark.parametrize(
    ("problem", "sentence"),
    [
        (ValueError("no"), "raised ValueError: no"),
        (SystemExit(1), "raised SystemExit: 1"),
        (GeneratorExit(), "raised GeneratorExit"),
        (RecursionError("deep"), "raised RecursionError: deep"),
        (MemoryError(), "ran out of memory."),
        (Silent(), "raised Silent"),
        (NotImplementedError(), "softmax is not written yet."),
    ],
)
def test_an_exception_becomes_a_sentence(problem, sentence):
    assert sentence in repr(check(raising(problem)))


def test_a_student_can_interrupt():
    with pytest.raises(KeyboardInterrupt):
        check(raising(KeyboardInterrupt()))


def test_nothing_that_the_function_says_gets_out(capfd, recwarn):
    def noisy(x, axis=-1):
        print("out")
        print("err", file=sys.stderr)
        warnings.warn("warned", stacklevel=1)
        logging.warning("logged")
        np.log(np.zeros(1))
        return softmax(x, axis)

    assert check(noisy, "softmax")
    assert capfd.readouterr() == ("", "")
    assert not recwarn.list


def test_the_function_gets_copies():
    def spoils(x, axis=-1):
        weights = softmax(x, axis)
        x[...] = 0
        return weights

    assert "changed its input x" in repr(check(spoils, "softmax"))
    assert check(softmax)


def test_the_box_is_readable_escaped_and_announced():
    def softmax(x, axis=-1):
        raise ValueError("<script>alert(1)</script>")

    box = check(softmax)._repr_html_()
    assert 'role="status"' in box
    assert "Not yet</strong>" in box
    assert "<script>" not in box
    assert "&lt;script&gt;" in box


def test_code_in_a_hint_is_set_as_code():
    def softmax(x, axis=-1):
        return np.exp(x) / np.exp(x).sum(axis=axis, keepdims=True)

    assert "along <code>axis</code> first" in check(softmax)._repr_html_()


@pytest.mark.parametrize("colour", ["#00694a", "#a33b00"])
def test_white_on_the_badge_has_enough_contrast(colour):
    channels = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    luminance = np.dot([0.2126, 0.7152, 0.0722], linear)
    assert 1.05 / (luminance + 0.05) > 4.5
    boxes = [check(softmax)._repr_html_(), check(raising(ValueError()))._repr_html_()]
    assert any(colour in box for box in boxes)


@pytest.mark.parametrize("exercise", EXERCISES, ids=lambda e: e.name)
def test_an_answer_takes_less_than_a_tenth_of_a_second(exercise, request):
    gc.disable()  # as timeit does: a collection of all that pytest holds is not our time
    request.addfinalizer(gc.enable)
    for function in (exercise.reference, *(m.function for m in exercise.mutants[::7])):
        start = time.process_time()
        check(function, exercise.name)
        assert time.process_time() - start < 0.1


def test_floating_point_errors_of_a_student_s_choice_do_not_stop_the_check():
    from selfattn_course.checks.ch03_softmax import check

    namespace = {}
    exec(
        "import numpy as np\ndef softmax(x, axis=-1):\n"
        "    e = np.exp(x - x.max(axis=axis, keepdims=True))\n"
        "    return e / e.sum(axis=axis, keepdims=True)",
        namespace,
    )
    with np.errstate(all="raise"):
        assert check(namespace["softmax"])
