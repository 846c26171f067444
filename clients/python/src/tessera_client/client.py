"""Queries, uploads and results over HTTP."""

import hashlib
import json
import os
import urllib.error
import urllib.request
from typing import Any, Dict, List, Optional, Union

from .error import TesseraError
from .retried import retried
from .run import ForeignRun

_RUNS = "query ($id: UUID!) { experiment(id: $id) { name runs { id arm seed } } }"
_SCORES = """query ($id: UUID!, $fold: Fold!, $after: String) {
  run(id: $id) {
    evaluation(fold: $fold) {
      labelVersion { number }
      itemScores(first: 500, after: $after) {
        edges { node {
          item { name subject } classIndex dice regionShare truePositives falsePositives falseNegatives trueNegatives
        } }
        pageInfo { hasNextPage endCursor }
      }
    }
  }
}"""


class Client:
    """One server and one API token (made on the team's page)."""

    def __init__(self, url: str, token: str, timeout: float = 60.0) -> None:
        self._url = url.rstrip("/")
        self._token = token
        self._timeout = timeout

    def query(self, document: str, variables: Optional[Dict[str, Any]] = None) -> Dict[str, Any]:
        """Sends one GraphQL operation and returns its data. Raises TesseraError with the server's code."""
        body = json.dumps({"query": document, "variables": variables or {}}).encode()
        return self._send("POST", "/graphql", body, "application/json")["data"]

    def upload(self, file: Union[bytes, str, "os.PathLike[str]"], media_type: str = "application/octet-stream") -> str:
        """Stores a file (bytes, or a path) and returns its sha256. Safe to repeat."""
        if isinstance(file, bytes):
            content = file
        else:
            with open(file, "rb") as opened:
                content = opened.read()
        sha256 = hashlib.sha256(content).hexdigest()
        retried(lambda: self._send("PUT", f"/files/{sha256}", content, media_type))
        return sha256

    def start_run(
        self,
        project: str,
        name: str,
        arm: Optional[str] = None,
        seed: Optional[int] = None,
        configuration: Optional[Dict[str, Any]] = None,
    ) -> ForeignRun:
        """Starts a run that the calling script trains itself; log to it, then finish it."""
        given = {"projectName": project, "name": name, "arm": arm, "seed": seed, "configuration": configuration or {}}
        answer = self.query(
            "mutation ($input: CreateForeignRunInput!) { createForeignRun(input: $input) { id attempt } }",
            {"input": given},
        )["createForeignRun"]
        return ForeignRun(self.query, self.upload, answer["id"], answer["attempt"])

    def results(self, experiment_id: str, fold: str = "TEST") -> List[Dict[str, Any]]:
        """One dict per run, item and class of an experiment's evaluations; `dice` is None where it is undefined."""
        experiment = self.query(_RUNS, {"id": experiment_id})["experiment"]
        if experiment is None:
            raise TesseraError("NOT_FOUND", f"No experiment {experiment_id} in this team")
        rows: List[Dict[str, Any]] = []
        for run in experiment["runs"]:
            after = None
            while True:
                evaluation = self.query(_SCORES, {"id": run["id"], "fold": fold, "after": after})["run"]["evaluation"]
                if evaluation is None:  # not scored yet
                    break
                for edge in evaluation["itemScores"]["edges"]:
                    node = dict(edge["node"])
                    item = node.pop("item")
                    rows.append(
                        {
                            "experiment": experiment["name"],
                            "runId": run["id"],
                            "arm": run["arm"],
                            "seed": run["seed"],
                            "fold": fold,
                            "labelVersion": evaluation["labelVersion"]["number"],
                            "item": item["name"],
                            "subject": item["subject"],
                            **node,
                        }
                    )
                page = evaluation["itemScores"]["pageInfo"]
                if not page["hasNextPage"]:
                    break
                after = page["endCursor"]
        return rows

    def _send(self, method: str, path: str, body: bytes, media_type: str) -> Dict[str, Any]:
        headers = {
            "Authorization": f"Bearer {self._token}",
            "Content-Type": media_type,
            "Accept": "application/json",
        }
        request = urllib.request.Request(self._url + path, data=body, headers=headers, method=method)
        try:
            with urllib.request.urlopen(request, timeout=self._timeout) as response:
                status, text = response.status, response.read()
        except urllib.error.HTTPError as error:
            status, text = error.code, error.read()
        except OSError as error:
            raise TesseraError("NETWORK", f"{self._url} did not answer; is Tessera running there? ({error})") from error
        try:
            answer = json.loads(text)
        except ValueError:
            answer = None
        errors = answer.get("errors") if isinstance(answer, dict) else None
        if errors:
            details = dict(errors[0].get("extensions") or {})
            raise TesseraError(details.pop("code", "UNKNOWN"), errors[0]["message"], details)
        if status >= 400 or not isinstance(answer, dict):
            code = "UNAVAILABLE" if status >= 500 else "UNKNOWN"
            raise TesseraError(code, f"{method} {path}: status {status}, not an answer of Tessera")
        return answer
