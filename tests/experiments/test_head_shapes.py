import numpy as np
import pytest

from selfattn_course.experiments import head_shapes


@pytest.mark.parametrize("n_heads", [2, 4])
def test_split_projections_read_everything_and_split_embeddings_their_own_part(n_heads):
    reads = head_shapes.head_reads(n_heads=n_heads)
    size = 8 // n_heads
    own = np.kron(np.eye(n_heads), np.ones((1, size))) == 1
    assert (reads["projection"] > 0).all()
    np.testing.assert_array_equal(reads["embedding"] > 0, own)


@pytest.mark.parametrize("d", [2, 4])
def test_scores_have_rank_d_and_weights_full_rank(d):
    spectrum = head_shapes.singular_values(n=48, d=d)
    assert spectrum["rank of scores"] == d
    assert spectrum["rank of weights"] > 5 * d
    assert spectrum["scores"][d - 1] > 1 > 1e-12 > spectrum["scores"][d]
    assert head_shapes.singular_values()["rank of weights"] == 64


def test_two_heads_keep_two_answers_apart():
    errors = head_shapes.two_questions()
    assert errors["two"] < 1e-12
    # half of the variance is lost; fitting 8 x 16 numbers to 400 samples explains about 2 % more
    assert errors["one"] == pytest.approx(np.sqrt(0.5), abs=0.03)
