"""Random transformer blocks, small enough for a gradient check of every single weight."""

from selfattn_course.kernels.decoder import DecoderBlockWeights
from selfattn_course.kernels.encoder import EncoderBlockWeights
from selfattn_course.kernels.feed_forward import FeedForwardWeights
from selfattn_course.kernels.multihead import MultiHeadWeights
from selfattn_course.kernels.residual import LayerNormWeights


def random_attention(rng, d, d_memory=None):
    d_memory = d_memory or d
    shapes = ((d, d), (d_memory, d), (d_memory, d), (d, d), d, d, d, d)
    return MultiHeadWeights(*(rng.normal(size=s) / 2 for s in shapes))


def random_feed_forward(rng, d, d_hidden):
    shapes = ((d, d_hidden), d_hidden, (d_hidden, d), d)
    return FeedForwardWeights(*(rng.normal(size=s) / 2 for s in shapes))


def random_norm(rng, d):
    return LayerNormWeights(1 + rng.normal(size=d) / 4, rng.normal(size=d) / 4)


def random_encoder(rng, d=4, d_hidden=7):
    return EncoderBlockWeights(
        random_attention(rng, d),
        random_norm(rng, d),
        random_feed_forward(rng, d, d_hidden),
        random_norm(rng, d),
    )


def random_decoder(rng, d=4, d_hidden=7, d_memory=3):
    return DecoderBlockWeights(
        random_attention(rng, d),
        random_norm(rng, d),
        random_attention(rng, d, d_memory),
        random_norm(rng, d),
        random_feed_forward(rng, d, d_hidden),
        random_norm(rng, d),
    )
