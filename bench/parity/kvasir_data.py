"""Items from files, and the batches of a seed as the product draws them."""

import math

import numpy as np
import torch
from PIL import Image
from torch.utils.data import DataLoader, Dataset

MASK = 0xFFFFFFFF


# Random numbers: src/models/augmentation/random.ts, so that both sides see the same batches.


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
