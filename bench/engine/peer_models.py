"""The product's other models (src/models/classification/resnet.ts, src/models/mil/attention.ts) as PyTorch's users write them.

Modules have the names of the product's layers, so that its starting weights find their place.
"""

from collections import OrderedDict

import torch
import torch.nn.functional as F
from torch import nn


class Convolution(nn.Conv2d):
    """Followed by its batch normalisation."""

    def __init__(self, inputs, outputs, side, stride=1):
        super().__init__(inputs, outputs, side, stride, side // 2, bias=False)
        self.norm = nn.BatchNorm2d(outputs)

    def forward(self, x):
        return self.norm(super().forward(x))


class BasicBlock(nn.Module):
    def __init__(self, inputs, outputs, stride):
        super().__init__()
        self.conv1 = Convolution(inputs, outputs, 3, stride)
        self.conv2 = Convolution(outputs, outputs, 3)
        same = inputs == outputs and stride == 1
        self.shortcut = nn.Identity() if same else Convolution(inputs, outputs, 1, stride)

    def forward(self, x):
        inner = F.relu(self.conv1(x), inplace=True)
        return F.relu(self.conv2(inner) + self.shortcut(x), inplace=True)


class ResNet(nn.Sequential):
    def __init__(self, filters, blocks, classes):
        stem = OrderedDict(conv=Convolution(3, filters, 7, 2), relu=nn.ReLU(inplace=True), pool=nn.MaxPool2d(3, 2, 1))
        layers, inputs = OrderedDict(stem=nn.Sequential(stem)), filters
        for stage, count in enumerate(blocks):
            outputs, stage_blocks = filters * 2**stage, OrderedDict()
            for index in range(count):
                stride = 2 if stage > 0 and index == 0 else 1
                stage_blocks[f"block{index}"] = BasicBlock(inputs, outputs, stride)
                inputs = outputs
            layers[f"stage{stage + 1}"] = nn.Sequential(stage_blocks)
        layers.update(average=nn.AdaptiveAvgPool2d(1), flat=nn.Flatten(), head=nn.Linear(inputs, classes))
        super().__init__(layers)


class GatedAttention(nn.Module):
    def __init__(self, features, hidden):
        super().__init__()
        self.v, self.u = nn.Linear(features, hidden), nn.Linear(features, hidden)
        self.w = nn.Linear(hidden, 1, bias=False)

    def forward(self, tiles):
        return torch.softmax(self.w(torch.tanh(self.v(tiles)) * torch.sigmoid(self.u(tiles))), 1)


class AttentionMil(nn.Module):
    """[b, tiles, features] to [b, classes]. No bag is padded, so there is no mask."""

    def __init__(self, features, encoder, hidden, classes):
        super().__init__()
        (width,) = encoder  # one layer
        self.encoder = nn.Linear(features, width)
        self.attention = GatedAttention(width, hidden)
        self.head = nn.Linear(width, classes)

    def forward(self, tiles):
        encoded = F.relu(self.encoder(tiles))
        return self.head((self.attention(encoded).transpose(1, 2) @ encoded).squeeze(1))


KEYS = {
    "kernel": "weight",
    "bias": "bias",
    "gamma": "weight",
    "beta": "bias",
    "movingMean": "running_mean",
    "movingVariance": "running_var",
}


@torch.no_grad()
def load_named_weights(model, weights):
    """The product's kernels are [height, width, in, out] or [in, out]."""
    for name, value in weights.items():
        *path, key = name.split("/")
        if key == "kernel":
            value = value.permute(3, 2, 0, 1) if value.ndim == 4 else value.t()
        getattr(model.get_submodule(".".join(path)), KEYS[key]).copy_(value)
