"""MONAI's and SciPy's side: masks once, then one metric over all of them when asked, in lines of JSON (bench.ts)."""

import json
import os
import sys
import time

import numpy as np
import torch
from monai.metrics import (
    compute_average_surface_distance,
    compute_dice,
    compute_hausdorff_distance,
    compute_surface_dice,
)
from scipy import ndimage

EIGHT = np.ones((3, 3))


class Masks:
    """Prepared as MONAI and SciPy take them, outside the time."""

    def __init__(self, request):
        shape = (request["masks"], 2, request["side"], request["side"])
        both = np.fromfile(request["file"], np.uint8).reshape(shape) > 0
        self.truth, self.prediction = both[:, 0], both[:, 1]
        self.y, self.y_pred = (torch.from_numpy(each[:, None].astype(np.float32)) for each in (self.truth, self.prediction))


def dice(m):
    return compute_dice(m.y_pred, m.y, include_background=True).sum().item()


def hd(m):
    return compute_hausdorff_distance(m.y_pred, m.y, include_background=True).sum().item()


def hd95(m):
    return compute_hausdorff_distance(m.y_pred, m.y, include_background=True, percentile=95).sum().item()


def assd(m):
    return compute_average_surface_distance(m.y_pred, m.y, include_background=True, symmetric=True).sum().item()


def nsd(m):
    return compute_surface_dice(m.y_pred, m.y, class_thresholds=[1], include_background=True).sum().item()


def pieces_and_holes(truth, prediction):
    (labels, count), (found, predicted) = ndimage.label(truth, EIGHT), ndimage.label(prediction, EIGHT)
    pairs = np.unique((labels * (predicted + 1) + found)[truth & prediction])
    sensitivity = len(np.unique(pairs // (predicted + 1))) / count
    precision = len(np.unique(pairs % (predicted + 1))) / predicted
    f1 = 2 * sensitivity * precision / (sensitivity + precision) if sensitivity + precision > 0 else 0
    holes = ndimage.label(ndimage.binary_fill_holes(prediction) & ~prediction)[1]
    return f1, holes


def lesions(m):
    return sum(sum(pieces_and_holes(*each)) for each in zip(m.truth, m.prediction))


def error_curves(m):
    """Every whole error up to the image's side, as ours: by distances, and by slices for the moves."""
    total = 0.0
    for truth in m.truth:
        side, pixels = len(truth), truth.sum()
        inside = ndimage.distance_transform_edt(truth)
        outside = ndimage.distance_transform_edt(~truth)
        errors = np.arange(side + 1)
        kept = truth.size - np.searchsorted(np.sort(inside.ravel()), errors, side="right")
        reached = np.searchsorted(np.sort(outside.ravel()), errors, side="right")
        eroded, dilated = 2 * kept / (pixels + kept), 2 * pixels / (pixels + reached)
        shifted = np.zeros(side + 1)
        for e in range(side):
            ways = ((truth[:, e:], truth[:, : side - e]), (truth[e:], truth[: side - e]))
            for one, other in ways:
                shared = 2 * (one & other).sum()
                shifted[e] += (shared / (pixels + one.sum()) + shared / (pixels + other.sum())) / 4
        shifted = np.minimum.accumulate(shifted)
        total += eroded[2] + dilated[2] + shifted[2]
    return total


def measure_prediction(m):
    holes = sum(pieces_and_holes(*each)[1] for each in zip(m.truth, m.prediction))
    return hd(m) + hd95(m) + assd(m) + nsd(m) + holes


METRICS = {
    "dice": dice,
    "hd95": hd95,
    "assd": assd,
    "nsd": nsd,
    "lesions": lesions,
    "errorCurves": error_curves,
    "measurePrediction": measure_prediction,
}


def main():
    replies = os.fdopen(os.dup(1), "w")
    os.dup2(2, 1)  # whatever a library prints is no reply
    torch.set_num_threads(1)
    masks = None
    for line in sys.stdin:
        request = json.loads(line)
        if "file" in request:
            masks, reply = Masks(request), {}
        else:
            start = time.perf_counter()
            total = METRICS[request["metric"]](masks)
            reply = {"seconds": time.perf_counter() - start, "sum": float(total)}
        print(json.dumps(reply), file=replies, flush=True)


if __name__ == "__main__":
    main()
