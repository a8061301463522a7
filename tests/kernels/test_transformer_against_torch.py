import numpy as np
import pytest

from selfattn_course.kernels.decoder import DecoderBlockWeights, decoder_block, decoder_block_vjp
from selfattn_course.kernels.encoder import EncoderBlockWeights, encoder_block, encoder_block_vjp
from selfattn_course.kernels.feed_forward import FeedForwardWeights
from selfattn_course.kernels.masks import causal_mask
from selfattn_course.kernels.multihead import MultiHeadWeights
from selfattn_course.kernels.residual import LayerNormWeights
from tests.kernels.gradient_checks import assert_close, assert_records_close

torch = pytest.importorskip("torch", reason="PyTorch is not installed: no second opinion here")
orders = pytest.mark.parametrize("norm_first", [True, False], ids=["pre-norm", "post-norm"])
precisions = pytest.mark.parametrize(
    ("dtype", "error"), [(torch.float32, 1e-5), (torch.float64, 1e-13)]
)
SIZES = {"d_model": 12, "nhead": 3, "dim_feedforward": 29, "dropout": 0.0, "batch_first": True}


def of_attention(module, read):
    w_q, w_k, w_v = (w.T for w in np.split(read(module.in_proj_weight), 3))
    b_q, b_k, b_v = np.split(read(module.in_proj_bias), 3)
    w_o, b_o = read(module.out_proj.weight).T, read(module.out_proj.bias)
    return MultiHeadWeights(w_q, w_k, w_v, w_o, b_q, b_k, b_v, b_o)


def of_norm(module, read):
    return LayerNormWeights(read(module.weight), read(module.bias))


def of_feed_forward(layer, read):
    first, second = layer.linear1, layer.linear2
    return FeedForwardWeights(
        read(first.weight).T, read(first.bias), read(second.weight).T, read(second.bias)
    )


def of_encoder(layer, read):
    return EncoderBlockWeights(
        of_attention(layer.self_attn, read),
        of_norm(layer.norm1, read),
        of_feed_forward(layer, read),
        of_norm(layer.norm2, read),
    )


def of_decoder(layer, read):
    return DecoderBlockWeights(
        of_attention(layer.self_attn, read),
        of_norm(layer.norm1, read),
        of_attention(layer.multihead_attn, read),
        of_norm(layer.norm2, read),
        of_feed_forward(layer, read),
        of_norm(layer.norm3, read),
    )


def values(tensor):
    return tensor.detach().numpy().copy()


def gradients(tensor):
    return tensor.grad.numpy()


def randomized(layer):
    """Norms and biases start as ones and zeros, which would hide a mix-up."""
    for parameter in layer.parameters():
        torch.nn.init.normal_(parameter, std=0.3)
    return layer


@orders
@precisions
@pytest.mark.parametrize("activation", ["relu", "gelu"])
def test_encoder_block_agrees(norm_first, dtype, error, activation):
    torch.manual_seed(0)
    layer = randomized(
        torch.nn.TransformerEncoderLayer(
            **SIZES, norm_first=norm_first, activation=activation, dtype=dtype
        )
    )
    x = torch.randn(2, 5, 12, dtype=dtype, requires_grad=True)
    d_out = torch.randn(2, 5, 12, dtype=dtype)
    mask = causal_mask(5)
    out = layer(x, src_mask=torch.tensor(~mask))  # True means hidden there
    out.backward(d_out)

    weights = of_encoder(layer, values)
    options = {"norm_first": norm_first, "activation": activation}
    assert_close(encoder_block(values(x), weights, 3, mask, **options), values(out), error)
    d_x, d_weights = encoder_block_vjp(values(x), weights, values(d_out), 3, mask, **options)
    assert_close(d_x, gradients(x), error)
    assert_records_close(d_weights, of_encoder(layer, gradients), error)


@orders
@precisions
def test_decoder_block_agrees(norm_first, dtype, error):
    torch.manual_seed(1)
    layer = randomized(
        torch.nn.TransformerDecoderLayer(**SIZES, norm_first=norm_first, dtype=dtype)
    )
    x = torch.randn(2, 5, 12, dtype=dtype, requires_grad=True)
    memory = torch.randn(2, 7, 12, dtype=dtype, requires_grad=True)
    d_out = torch.randn(2, 5, 12, dtype=dtype)
    mask = causal_mask(5)
    real = np.arange(7) < np.array([[7], [4]])  # the second memory is padded
    out = layer(
        x, memory, tgt_mask=torch.tensor(~mask), memory_key_padding_mask=torch.tensor(~real)
    )
    out.backward(d_out)

    weights = of_decoder(layer, values)
    masks = mask, real[:, None, None, :]
    inputs = values(x), values(memory), weights
    got = decoder_block(*inputs, 3, *masks, norm_first=norm_first)
    assert_close(got, values(out), error)
    d_x, d_memory, d_weights = decoder_block_vjp(
        *inputs, values(d_out), 3, *masks, norm_first=norm_first
    )
    assert_close(d_x, gradients(x), error)
    assert_close(d_memory, gradients(memory), error)
    assert_records_close(d_weights, of_decoder(layer, gradients), error)
