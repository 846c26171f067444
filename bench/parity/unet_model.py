"""The product's U-Net (src/models/segmentation/unet.ts), its starting weights and its loss."""

import json
import math
import struct

import numpy as np
import torch
import torch.nn.functional as F
from torch import nn


class Convolution(nn.Sequential):
    def __init__(self, inputs, outputs, normalized):
        norm = [nn.BatchNorm2d(outputs, eps=1e-5, momentum=0.1)] if normalized else []
        super().__init__(nn.Conv2d(inputs, outputs, 3, padding=1, bias=not normalized), *norm, nn.ReLU(inplace=True))


class Block(nn.Sequential):
    def __init__(self, inputs, outputs, normalized):
        super().__init__(Convolution(inputs, outputs, normalized), Convolution(outputs, outputs, normalized))


class UNet(nn.Module):
    def __init__(self, depth, filters, normalized=True):
        super().__init__()
        at = [filters * 2**level for level in range(depth + 1)]
        inputs = [3, *at]
        self.encoder = nn.ModuleList(Block(inputs[level], at[level], normalized) for level in range(depth + 1))
        self.upsample = nn.ModuleList(nn.ConvTranspose2d(at[level + 1], at[level], 2, 2) for level in range(depth))
        self.decoder = nn.ModuleList(Block(2 * at[level], at[level], normalized) for level in range(depth))
        self.head = nn.Conv2d(filters, 1, 1)

    def forward(self, x):
        features = []
        for block in self.encoder[:-1]:
            features.append(block(x))
            x = F.max_pool2d(features[-1], 2)
        x = self.encoder[-1](x)
        for level in reversed(range(len(self.decoder))):
            x = self.decoder[level](torch.cat([features[level], self.upsample[level](x)], 1))
        return self.head(x)


def read_safetensors(path):
    with open(path, "rb") as file:
        data = file.read()
    (length,) = struct.unpack("<Q", data[:8])
    header = json.loads(data[8 : 8 + length])
    return {
        name: torch.from_numpy(np.frombuffer(data, np.float32, math.prod(entry["shape"]), 8 + length + entry["data_offsets"][0]).copy())
        .reshape(entry["shape"])
        for name, entry in header.items()
        if name != "__metadata__"
    }


@torch.no_grad()
def load_weights(model, weights):
    """The product's names. Its kernels are [height, width, in, out], those that upsample [height, width, out, in]."""

    def kernel(layer, name):
        layer.weight.copy_(weights.pop(f"{name}/kernel").permute(3, 2, 0, 1))
        if layer.bias is not None:
            layer.bias.copy_(weights.pop(f"{name}/bias"))

    def block(layers, name):
        for number, (convolution, *norms, _) in enumerate(layers, 1):
            kernel(convolution, f"{name}/conv{number}")
            for norm in norms:
                names = {"gamma": norm.weight, "beta": norm.bias, "movingMean": norm.running_mean, "movingVariance": norm.running_var}
                for key, value in names.items():
                    value.copy_(weights.pop(f"{name}/conv{number}/norm/{key}"))

    for level, layers in enumerate(model.encoder):
        block(layers, f"encoder/level{level}")
    for level, layers in enumerate(model.decoder):
        kernel(model.upsample[level], f"decoder/level{level}/upsample")
        block(layers, f"decoder/level{level}")
    kernel(model.head, "head")
    if weights:
        raise ValueError(f"starting weights that this model does not have: {', '.join(weights)}")


def dice_loss_of(logits, truth):
    """Soft Dice over the items that have a region."""
    probability = torch.sigmoid(logits)
    overlap, inside = (probability * truth).sum((2, 3)), truth.sum((2, 3))
    dice = 1 - (2 * overlap + 1e-5) / (probability.sum((2, 3)) + inside + 1e-5)
    present = (inside > 0).float()
    return (dice * present).sum() / present.sum().clamp(min=1)


def loss_of(logits, truth):
    return dice_loss_of(logits, truth) + F.binary_cross_entropy_with_logits(logits, truth)
