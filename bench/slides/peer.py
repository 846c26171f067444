"""Reads the same tiles with openslide-python, each to an RGB array: one JSON line in, one out."""
import json
import sys
import time

import numpy as np
import openslide

slide = None
for line in sys.stdin:
    asked = json.loads(line)
    if "path" in asked:
        slide = openslide.OpenSlide(asked["path"])
        print(json.dumps({"width": slide.dimensions[0]}), flush=True)
        continue
    started = time.perf_counter()
    total = 0
    pixels = []
    for x, y in zip(asked["x"], asked["y"]):
        pixels.append(np.asarray(slide.read_region((x, y), 0, (asked["size"], asked["size"])).convert("RGB")))
    seconds = time.perf_counter() - started
    print(json.dumps({"seconds": seconds, "sum": int(sum(int(each.sum()) for each in pixels))}), flush=True)
