"""Logs a training loop of our own to Tessera, then reads results back.

    pip install ./clients/python
    TESSERA_URL=http://127.0.0.1:4000 TESSERA_TOKEN=tes_... python examples/foreign_run.py [EXPERIMENT_ID]
"""

import math
import os
import random
import sys

from tessera_client import Client

tessera = Client(os.environ["TESSERA_URL"], os.environ["TESSERA_TOKEN"])

# A small loop of our own: a line fitted by gradient descent to noisy points.
seed = 1
rng = random.Random(seed)
points = [(x / 50, 2 * x / 50 + 1 + rng.gauss(0, 0.1)) for x in range(50)]
slope = intercept = 0.0
learning_rate = 0.5

with tessera.start_run(
    project="Examples",
    name="line fit, Python",
    arm="gradient descent",
    seed=seed,
    configuration={"learningRate": learning_rate, "steps": 200},
) as run:
    for step in range(1, 201):
        errors = [(slope * x + intercept - y, x) for x, y in points]
        loss = sum(error**2 for error, _ in errors) / len(errors)
        slope -= learning_rate * 2 * sum(error * x for error, x in errors) / len(errors)
        intercept -= learning_rate * 2 * sum(error for error, _ in errors) / len(errors)
        run.log(step, {"train/loss": loss, "train/rmse": math.sqrt(loss)})

logged = tessera.query("query ($id: UUID!) { run(id: $id) { state series { name lastStep lastValue } } }", {"id": run.id})
print("run", run.id, logged["run"]["state"])
for series in logged["run"]["series"]:
    print(f"  {series['name']}: {series['lastValue']:.4f} at step {series['lastStep']:.0f}")

# Results of an experiment, one dict per run and item: pandas.DataFrame(rows) takes them as they are.
if len(sys.argv) > 1:
    rows = tessera.results(sys.argv[1])
    for arm in dict.fromkeys(row["arm"] for row in rows):
        scores = [row["dice"] for row in rows if row["arm"] == arm and row["dice"] is not None]
        print(f"{arm}: mean Dice {sum(scores) / len(scores):.4f} over {len(scores)} scores")
