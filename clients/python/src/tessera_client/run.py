"""A run that a script trains itself.

Values are buffered and sent in numbered batches. A batch keeps its number when it is sent again, and the server applies
each number once, so that a lost answer doubles nothing.
"""

import math
import time
from types import TracebackType
from typing import Any, Callable, Dict, List, Mapping, Optional, Type

from .error import TesseraError
from .predictions import score_predictions
from .retried import retried

_POINTS_PER_BATCH = 2000
_FLUSH_S = 5.0


class ForeignRun:
    """Made by Client.start_run. Leaving its `with` block finishes it: SUCCEEDED, or FAILED after an exception."""

    def __init__(
        self, query: Callable[..., Dict[str, Any]], upload: Callable[..., str], run_id: str, attempt: int
    ) -> None:
        self.id = run_id
        self._query = query
        self._upload = upload
        self._attempt = attempt
        self._sequence = 0
        self._buffer: Dict[str, Dict[str, List[Any]]] = {}
        self._buffered = 0
        self._last_step: Dict[str, int] = {}
        self._last_flush = time.monotonic()
        self._unsent: List[Dict[str, Any]] = []
        self._finished = False

    def log(self, step: int, values: Mapping[str, float]) -> None:
        """Notes values of some series at a step; NaN and infinities become gaps. Keeps them while the server is away."""
        for series, value in values.items():
            last = self._last_step.get(series, -1)
            if int(step) != step or step <= last:
                raise ValueError(f"{series}: expected a whole step above {last}, got {step}")
            self._last_step[series] = int(step)
            points = self._buffer.setdefault(series, {"steps": [], "values": []})
            points["steps"].append(int(step))
            points["values"].append(float(value) if math.isfinite(value) else None)
            self._buffered += 1
        if self._buffered >= _POINTS_PER_BATCH or time.monotonic() - self._last_flush > _FLUSH_S:
            self._flush_if_possible()

    def _flush_if_possible(self) -> None:
        """A server that is away for a while must not end the training: what was not sent is kept for the next flush."""
        try:
            self._send_all(lambda send: send())
        except TesseraError as error:
            if not error.may_pass:
                raise
            self._last_flush = time.monotonic()

    def flush(self) -> None:
        """Sends what is buffered, and what an earlier flush could not send. Raises TesseraError when it cannot."""
        self._send_all(retried)

    def _send_all(self, through: Callable[[Callable[[], Any]], Any]) -> None:
        if self._buffered:
            self._sequence += 1
            points = [{"series": series, **lists} for series, lists in self._buffer.items()]
            self._unsent.append({"sequence": self._sequence, "points": points})
            self._buffer, self._buffered = {}, 0
        while self._unsent:  # in order; a batch leaves the list only when the server has it
            batch = {"runId": self.id, "attempt": self._attempt, **self._unsent[0]}
            through(
                lambda: self._query(
                    "mutation ($input: LogPointsInput!) { logPoints(input: $input) { applied } }", {"input": batch}
                )
            )
            self._unsent.pop(0)
        self._last_flush = time.monotonic()

    def score_predictions(
        self, masks: Mapping[str, bytes], *, label_version_id: str, split_id: str, size: int, fold: str = "TEST"
    ) -> None:
        """Has the run's predicted masks scored as the platform scores its own; returns once a worker has.

        `masks`: for every item of the fold, by its name, a PNG of any size, white foreground on black. `size`: side of
        the square to count at, pixels, as the runs it is to be compared with. A fold that is scored again is recorded
        as such. Raises TesseraError with what was refused, or which masks cannot be scored.
        """
        score_predictions(self._query, self._upload, self.id, masks, label_version_id, split_id, size, fold)

    def finish(self, state: str = "SUCCEEDED") -> None:
        """Sends the rest and ends the run: SUCCEEDED, FAILED or CANCELLED."""
        if self._finished:
            return
        self.flush()
        retried(
            lambda: self._query(
                "mutation ($id: UUID!, $state: RunState!) { finishForeignRun(id: $id, state: $state) { id } }",
                {"id": self.id, "state": state},
            )
        )
        self._finished = True

    def __enter__(self) -> "ForeignRun":
        return self

    def __exit__(
        self,
        kind: Optional[Type[BaseException]],
        error: Optional[BaseException],
        trace: Optional[TracebackType],
    ) -> None:
        self.finish("SUCCEEDED" if kind is None else "FAILED")
