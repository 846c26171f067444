"""Predicted masks of a foreign run, sent by item name, scored by a worker as the platform scores its own."""

import time
from typing import Any, Callable, Dict, Mapping

from .error import TesseraError
from .retried import retried

_POLL_S = 0.5
_SCORE = "mutation ($input: ScorePredictionsInput!) { scorePredictions(input: $input) { id } }"
_STATE = "query ($id: UUID!) { run(id: $id) { predictionScorings { id state error } } }"
_ITEMS = """query ($splitId: UUID!, $fold: Fold!, $after: String) {
  split(id: $splitId) { dataset { items(first: 500, after: $after, splitId: $splitId, fold: $fold) {
    edges { node { id name } } pageInfo { hasNextPage endCursor }
  } } }
}"""


def score_predictions(
    query: Callable[..., Dict[str, Any]],
    upload: Callable[..., str],
    run_id: str,
    masks: Mapping[str, bytes],
    label_version_id: str,
    split_id: str,
    size: int,
    fold: str,
) -> None:
    """Returns once a worker has scored them."""
    id_of = _item_ids(query, split_id, fold)
    unknown = [name for name in masks if name not in id_of]
    if unknown:
        raise TesseraError("BAD_INPUT", f"Not in the {fold} fold of this split: {', '.join(unknown[:10])}")
    predictions = [{"itemId": id_of[name], "sha256": upload(png, "image/png")} for name, png in masks.items()]
    given = {
        "runId": run_id,
        "labelVersionId": label_version_id,
        "splitId": split_id,
        "fold": fold,
        "size": size,
        "predictions": predictions,
    }
    scoring_id = query(_SCORE, {"input": given})["scorePredictions"]["id"]
    while True:
        scorings = retried(lambda: query(_STATE, {"id": run_id}))["run"]["predictionScorings"]
        scoring = next(each for each in scorings if each["id"] == scoring_id)
        if scoring["state"] == "SUCCEEDED":
            return
        if scoring["state"] == "FAILED":
            raise TesseraError("BAD_FILE", scoring["error"] or "The scoring failed")
        time.sleep(_POLL_S)


def _item_ids(query: Callable[..., Dict[str, Any]], split_id: str, fold: str) -> Dict[str, str]:
    ids: Dict[str, str] = {}
    after = None
    while True:
        split = query(_ITEMS, {"splitId": split_id, "fold": fold, "after": after})["split"]
        if split is None:
            raise TesseraError("NOT_FOUND", f"No split {split_id} in this team")
        items = split["dataset"]["items"]
        ids.update((edge["node"]["name"], edge["node"]["id"]) for edge in items["edges"])
        if not items["pageInfo"]["hasNextPage"]:
            return ids
        after = items["pageInfo"]["endCursor"]
