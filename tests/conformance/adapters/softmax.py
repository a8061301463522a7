"""Softmax and log-softmax."""

from selfattn_course.kernels import log_softmax, softmax

OPERATORS = {
    "Softmax": lambda case: (softmax(*case.inputs, **case.attributes),),
    "LogSoftmax": lambda case: (log_softmax(*case.inputs, **case.attributes),),
}
