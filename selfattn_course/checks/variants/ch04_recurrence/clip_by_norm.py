"""Right but unusual versions of clip_by_norm(gradients, limit)."""

import numpy as np


def with_condition(gradients, limit):
    norm = np.linalg.norm(gradients)
    return gradients if norm <= limit else gradients * (limit / norm)


def divided_by_the_larger(gradients, limit):
    return gradients / max(1, np.linalg.norm(gradients.ravel()) / limit)


def zero_to_infinity_and_back(gradients, limit):
    return gradients * np.minimum(1, limit / np.sqrt(np.sum(np.square(gradients.astype(float)))))


def with_einsum(gradients, limit):
    flat = gradients.reshape(-1).astype(float)
    norm = np.sqrt(np.einsum("i,i->", flat, flat))
    return (flat * min(1.0, limit / (norm + 1e-300))).reshape(gradients.shape)


def with_largest_taken_out(gradients, limit):
    largest = np.abs(gradients).max()
    if largest == 0:
        return np.zeros(gradients.shape)
    scaled = gradients / largest
    norm = largest * np.sqrt((scaled**2).sum())
    return np.where(norm > limit, scaled * (limit / np.sqrt((scaled**2).sum())), gradients)


def in_float32(gradients, limit):
    gradients = np.asarray(gradients, np.float32)
    norm = np.sqrt((gradients**2).sum())
    return gradients * np.float32(limit) / np.maximum(norm, np.float32(limit))


def with_tiny_constant(gradients, limit):
    return gradients * min(1.0, limit / (np.linalg.norm(gradients) + 1e-9))


def nested_lists(gradients, limit):
    return (gradients * min(1.0, limit / max(np.linalg.norm(gradients), limit))).tolist()


def with_python_floats(gradients, limit):
    import math

    norm = math.hypot(*(float(value) for value in gradients.ravel()))
    factor = 1.0 if norm <= limit else limit / norm
    return np.array([float(value) * factor for value in gradients.ravel()]).reshape(gradients.shape)


def in_place_on_its_own_copy(gradients, limit):
    gradients = np.array(gradients, dtype=np.longdouble)
    norm = np.sqrt(np.vdot(gradients, gradients))
    if norm > limit:
        gradients *= limit / norm
    return gradients


def with_the_constant_of_libraries(gradients, limit):
    return gradients * min(1.0, limit / (np.linalg.norm(gradients) + 1e-6))
