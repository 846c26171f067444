"""The product's default training in PyTorch: one run of one seed. Argument: a file of JSON, written by torch.ts.

Same starting weights (handed over), order of items, augmentation draws, model, loss, optimiser and schedule as the product;
everything else is as PyTorch's users write it. Tells its parent what it has done, one JSON object a line.
"""

import json
import math
import sys

import torch
from kvasir_data import EpochBatches, Varied, decode, normalized
from torch.utils.data import DataLoader
from unet_model import UNet, load_weights, loss_of, read_safetensors


KNOWN = {
    "optimizer": {
        "name": "adam",
        "schedule": "cosine",
        "warmupEpochs": 0,
        "clipNorm": 0,
        "accumulationSteps": 1,
        "emaDecay": 0,
    },
    "loss": {"name": "softDiceCrossEntropy", "countAbsent": False},
    "normalization": "batch",
    "skips": True,
}


def tell(**event):
    print(json.dumps(event), flush=True)


def refuse_unknown(configuration):
    """This file would train something else, and its figures would compare two things."""
    optimizer, model = configuration["optimizer"], configuration["model"]
    got = {
        "optimizer": {key: value for key, value in optimizer.items() if key != "learningRate"},
        "loss": configuration["loss"],
        "normalization": model["normalization"],
        "skips": all(model["skips"]),
    }
    if got != KNOWN:
        raise ValueError(f"unet_torch.py trains {KNOWN}, asked for {got}; bring it up to the product's default")


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
    refuse_unknown(job["configuration"])
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
