"""The product's default training in PyTorch: one run of one seed. Argument: a file of JSON, written by torch.ts.

Same starting weights (handed over), order of items, augmentation draws, model, loss, optimiser and schedule as the product;
everything else is as PyTorch's users write it. Tells its parent what it has done, one JSON object a line.
"""

import json
import math
import struct
import sys

import numpy as np
import torch
import torch.nn.functional as F
from PIL import Image
from torch import nn
from torch.utils.data import DataLoader, Dataset

MASK = 0xFFFFFFFF


def tell(**event):
    print(json.dumps(event), flush=True)


# -- random numbers: src/models/augmentation/random.ts, so that both see the same batches ---------------------------------


def scramble(value):
    value &= MASK
    bits = ((value ^ (value >> 16)) * 0x21F0AAAD) & MASK
    bits = ((bits ^ (bits >> 15)) * 0x735A2D97) & MASK
    return bits ^ (bits >> 15)


def keyed_random(seed, epoch, index):
    mixed = 0
    for part in (seed, epoch, index):
        mixed = scramble((mixed ^ (part & MASK)) + 0x9E3779B9)
    state = []
    for _ in range(4):
        mixed = (mixed + 0x9E3779B9) & MASK
        state.append(scramble(mixed))

    def rotate(value, by):
        return ((value << by) | (value >> (32 - by))) & MASK

    def draw():
        s = state
        result = (rotate((s[1] * 5) & MASK, 7) * 9) & MASK
        shifted = (s[1] << 9) & MASK
        s[2] ^= s[0]
        s[3] ^= s[1]
        s[1] ^= s[2]
        s[0] ^= s[3]
        s[2] ^= shifted
        s[3] = rotate(s[3], 11)
        return result / 2**32

    return draw


def epoch_order(items, seed, epoch):
    draw = keyed_random(seed, epoch, MASK)
    order = list(range(items))
    for last in range(items - 1, 0, -1):
        other = int(draw() * (last + 1))
        order[last], order[other] = order[other], order[last]
    return order


# -- data -----------------------------------------------------------------------------------------------------------------


class Files(Dataset):
    """Decodes and resizes; read once, by worker processes."""

    def __init__(self, items, size):
        self.items, self.size = items, size

    def __len__(self):
        return len(self.items)

    def __getitem__(self, index):
        item, side = self.items[index], (self.size, self.size)
        with Image.open(item["image"]) as file:
            image = np.array(file.convert("RGB").resize(side, Image.Resampling.LANCZOS))
        with Image.open(item["mask"]) as file:
            mask = file.convert("L").point(lambda value: 255 if value > 127 else 0)
            share = np.array(mask.convert("F").resize(side, Image.Resampling.BOX))
        return torch.from_numpy(image), torch.from_numpy((share >= 127.5).astype(np.uint8))


class Varied(Dataset):
    """Items in memory, augmented as src/models/augmentation does. An index is (epoch, item)."""

    def __init__(self, images, masks, seed, augmentation):
        self.images, self.masks, self.seed, self.augmentation = images, masks, seed, augmentation

    def __getitem__(self, key):
        epoch, index = key
        draw = keyed_random(self.seed, epoch, index)
        flip, turns = draw() < 0.5, int(draw() * 4)
        strength = self.augmentation["brightness"]
        brightness, contrast = (1 + strength * (2 * draw() - 1) for _ in range(2))
        image, mask = self.images[index].permute(2, 0, 1), self.masks[index][None]
        if self.augmentation["flip"] and flip:
            image, mask = image.flip(2), mask.flip(2)
        if self.augmentation["rotate90"]:
            image, mask = torch.rot90(image, -turns, (1, 2)), torch.rot90(mask, -turns, (1, 2))
        image = normalized(image)
        if strength > 0:
            mean = image.mean()
            image = (((image - mean) * contrast + mean + 1) * brightness - 1).clamp(-1, 1)
        return image, mask.float()


class EpochBatches:
    """The batches of one epoch after the other; the last is filled from the start of the same order."""

    def __init__(self, items, batch_size, seed):
        self.items, self.batch_size, self.seed, self.epoch = items, batch_size, seed, 0

    def __len__(self):
        return math.ceil(self.items / self.batch_size)

    def __iter__(self):
        order = epoch_order(self.items, self.seed, self.epoch)
        for start in range(0, len(self) * self.batch_size, self.batch_size):
            yield [(self.epoch, order[(start + i) % self.items]) for i in range(self.batch_size)]


def normalized(images):
    return images.float() / 127.5 - 1


def decode(items, size):
    loader = DataLoader(Files(items, size), batch_size=8, num_workers=2)
    images, masks = zip(*loader)
    return torch.cat(images), torch.cat(masks)


# -- model ----------------------------------------------------------------------------------------------------------------


class Convolution(nn.Sequential):
    def __init__(self, inputs, outputs):
        super().__init__(
            nn.Conv2d(inputs, outputs, 3, padding=1, bias=False),
            nn.BatchNorm2d(outputs, eps=1e-5, momentum=0.1),
            nn.ReLU(inplace=True),
        )


class Block(nn.Sequential):
    def __init__(self, inputs, outputs):
        super().__init__(Convolution(inputs, outputs), Convolution(outputs, outputs))


class UNet(nn.Module):
    def __init__(self, depth, filters):
        super().__init__()
        at = [filters * 2**level for level in range(depth + 1)]
        self.encoder = nn.ModuleList(Block(3 if level == 0 else at[level - 1], at[level]) for level in range(depth + 1))
        self.upsample = nn.ModuleList(nn.ConvTranspose2d(at[level + 1], at[level], 2, 2) for level in range(depth))
        self.decoder = nn.ModuleList(Block(2 * at[level], at[level]) for level in range(depth))
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
        for number, (convolution, norm, _) in enumerate(layers, 1):
            kernel(convolution, f"{name}/conv{number}")
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


def loss_of(logits, truth):
    """Soft Dice over the items that have a region, plus cross entropy."""
    probability = torch.sigmoid(logits)
    overlap, inside = (probability * truth).sum((2, 3)), truth.sum((2, 3))
    dice = 1 - (2 * overlap + 1e-5) / (probability.sum((2, 3)) + inside + 1e-5)
    present = (inside > 0).float()
    return (dice * present).sum() / present.sum().clamp(min=1) + F.binary_cross_entropy_with_logits(logits, truth)


# -- one run --------------------------------------------------------------------------------------------------------------


@torch.inference_mode()
def score(model, images, masks, batch_size, threshold, layout):
    """[TP, FP, FN, TN] of each item."""
    model.eval()
    counts = []
    for start in range(0, len(images), batch_size):
        x = normalized(images[start : start + batch_size].permute(0, 3, 1, 2)).contiguous(memory_format=layout)
        predicted, truth = torch.sigmoid(model(x))[:, 0] >= threshold, masks[start : start + batch_size] > 0
        cells = [predicted & truth, predicted & ~truth, ~predicted & truth, ~predicted & ~truth]
        counts += torch.stack([cell.sum((1, 2)) for cell in cells], 1).tolist()
    return counts


def mean_dice(counts):
    dice = [2 * tp / (2 * tp + fp + fn) for tp, fp, fn, _ in counts if 2 * tp + fp + fn > 0]
    return sum(dice) / len(dice) if dice else None


def main():
    with open(sys.argv[1]) as file:
        job = json.load(file)
    configuration, seed, layout = job["configuration"], job["seed"], getattr(torch, job["layout"])
    size, batch_size, epochs = configuration["model"]["size"], configuration["batchSize"], configuration["epochs"]
    torch.set_num_threads(configuration["threads"])
    torch.manual_seed(seed)
    tell(event="ready", version=torch.__version__)

    folds = {fold: decode(items, size) for fold, items in job["items"].items()}
    batches = EpochBatches(len(folds["train"][0]), batch_size, seed)
    data = Varied(*folds["train"], seed, configuration["augmentation"])
    workers = job["loaderWorkers"]
    loader = DataLoader(data, batch_sampler=batches, num_workers=workers, persistent_workers=workers > 0)
    model = UNet(configuration["model"]["depth"], configuration["model"]["baseFilters"])
    load_weights(model, read_safetensors(job["weights"]))
    model = model.to(memory_format=layout)
    rate = configuration["optimizer"]["learningRate"]
    optimizer = torch.optim.Adam(model.parameters(), lr=rate, eps=1e-7)
    total = epochs * len(batches)
    schedule = torch.optim.lr_scheduler.LambdaLR(optimizer, lambda step: 0.5 * (1 + math.cos(math.pi * step / total)))
    scoring = {"batch_size": batch_size, "threshold": configuration["threshold"], "layout": layout}
    tell(event="training")

    best = None
    for epoch in range(epochs):
        batches.epoch = epoch
        model.train()
        losses = []
        for images, masks in loader:
            optimizer.zero_grad(set_to_none=True)
            loss = loss_of(model(images.contiguous(memory_format=layout)), masks)
            loss.backward()
            optimizer.step()
            schedule.step()
            losses.append(loss.item())
        dice = mean_dice(score(model, *folds["validation"], **scoring))
        torch.save({"model": model.state_dict(), "optimizer": optimizer.state_dict()}, job["latest"])
        if best is None or (-1 if dice is None else dice) > best:
            best = -1 if dice is None else dice
            torch.save(model.state_dict(), job["best"])
        tell(event="epoch", losses=losses, validationDice=dice)
    model.load_state_dict(torch.load(job["best"], weights_only=True))
    names = [item["name"] for item in job["items"]["test"]]
    tell(event="tested", counts=dict(zip(names, score(model, *folds["test"], **scoring))))


if __name__ == "__main__":
    main()
