"""Scores masks that a model of our own predicted, as Tessera scores its own runs.

    pip install ./clients/python
    TESSERA_URL=http://127.0.0.1:4000 TESSERA_TOKEN=tes_... python examples/score_predictions.py \\
        FOLDER LABEL_VERSION_ID SPLIT_ID [SIZE]

FOLDER holds one PNG per item of the test fold, named as the item: white foreground on black, of any size.
"""

import os
import pathlib
import sys

from tessera_client import Client

tessera = Client(os.environ["TESSERA_URL"], os.environ["TESSERA_TOKEN"])
folder, label_version_id, split_id = sys.argv[1:4]
size = int(sys.argv[4]) if len(sys.argv) > 4 else 128

masks = {path.stem: path.read_bytes() for path in sorted(pathlib.Path(folder).glob("*.png"))}
with tessera.start_run(project="Examples", name="masks of our own, Python", arm="ours", seed=1) as run:
    run.score_predictions(masks, label_version_id=label_version_id, split_id=split_id, size=size)

scored = tessera.query(
    "query ($id: UUID!) { run(id: $id) { evaluation { items meanDice convention } } }", {"id": run.id}
)["run"]["evaluation"]
print(f"run {run.id}: mean Dice {scored['meanDice']:.4f} over {scored['items']} items ({scored['convention']})")
