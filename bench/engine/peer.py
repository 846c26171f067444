"""PyTorch's side: a process that trains one case when asked, in lines of JSON (protocol.ts)."""

import json
import os
import sys
import time

import numpy as np
import torch
import torch.nn.functional as F
from peer_models import AttentionMil, ResNet, load_named_weights
from unet_model import UNet, dice_loss_of, load_weights, loss_of, read_safetensors

LAYOUTS = {"NCHW": torch.contiguous_format, "channels_last": torch.channels_last}


def model_and_loss(options, weights):
    family = options["family"]
    if family == "unet":
        normalized = options["normalization"] == "batch"
        model, loss = UNet(options["depth"], options["baseFilters"], normalized), loss_of if normalized else dice_loss_of
        load_weights(model, weights)
        return model, loss
    if family == "resnet":
        model = ResNet(options["baseFilters"], options["blocks"], options["classes"])
    else:
        model = AttentionMil(*(options[key] for key in ("features", "encoder", "hidden", "classes")))
    load_named_weights(model, weights)
    return model, F.cross_entropy


def read_batches(case, data, layout):
    """As a loader hands them over, and in the layout already: no step converts them."""

    def read(name):
        shape = [data["batches"], *case[name]]
        values = torch.from_numpy(np.fromfile(data[name], np.float32).reshape(shape))
        if len(case[name]) == 1:
            return values.long()
        return values.permute(0, 1, 4, 2, 3) if len(case[name]) == 4 else values

    def arranged(values):
        return values.contiguous(memory_format=layout if values.ndim == 4 else torch.contiguous_format)

    return [(arranged(input), arranged(truth)) for input, truth in zip(read("input"), read("truth"))]


class Session:
    def __init__(self, request):
        torch.set_num_threads(request["threads"])
        torch.set_num_interop_threads(1)
        layout, case = LAYOUTS[request["layout"]], request["case"]
        model, loss_of_logits = model_and_loss(case["model"], read_safetensors(request["weights"]))
        model = model.to(memory_format=layout).train()
        self.parameters = list(model.parameters())
        self.optimizer = torch.optim.Adam(self.parameters, 1e-3, eps=1e-7, fused=request["fusedAdam"] or None)
        self.batches, self.done = read_batches(case, request["data"], layout), 0

        mixed = case["precision"] == "bfloat16"

        def loss(input, truth):
            with torch.autocast("cpu", torch.bfloat16, enabled=mixed):
                logits = model(input)
            return loss_of_logits(logits.float() if mixed else logits, truth)

        self.loss = torch.compile(loss) if request["compiled"] else loss

    def step(self):
        input, truth = self.batches[self.done % len(self.batches)]
        self.done += 1
        self.optimizer.zero_grad()
        loss = self.loss(input, truth)
        loss.backward()
        self.optimizer.step()
        return loss.item()

    def run(self, steps):
        seconds, losses, start = [], [], now()
        for _ in range(steps):
            before = time.perf_counter()
            losses.append(self.step())
            seconds.append(time.perf_counter() - before)
        return {"seconds": seconds, "losses": losses, "start": start, "end": now()}


def now():
    return {"wall": time.perf_counter(), "cpu": time.process_time()}


def main():
    replies = os.fdopen(os.dup(1), "w")
    os.dup2(2, 1)  # whatever a library prints is no reply
    session = None
    for line in sys.stdin:
        request = json.loads(line)
        if request["do"] == "prepare":
            session = Session(request)
            reply = {"parameters": sum(each.numel() for each in session.parameters)}
        else:
            reply = session.run(request["steps"])
        print(json.dumps(reply), file=replies, flush=True)


if __name__ == "__main__":
    main()
