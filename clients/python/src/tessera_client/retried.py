"""Sending again what is safe to repeat."""

import time
from typing import Callable, TypeVar

from .error import TesseraError

T = TypeVar("T")
_WAITS_S = (0.2, 0.5, 1.0, 2.0, 5.0)


def retried(send: Callable[[], T]) -> T:
    """Tries again after a pause while the server cannot be reached. Only for what is safe to repeat."""
    for wait in _WAITS_S:
        try:
            return send()
        except TesseraError as error:
            if not error.may_pass:
                raise
            time.sleep(wait)
    return send()
