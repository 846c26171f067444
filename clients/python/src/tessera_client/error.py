"""What went wrong, as data."""

from typing import Any, Dict, Optional


class TesseraError(Exception):
    """What the server refused.

    `code` is one of its error codes (BAD_INPUT, NOT_FOUND, ...), or NETWORK where no answer came.
    """

    def __init__(self, code: str, message: str, details: Optional[Dict[str, Any]] = None) -> None:
        super().__init__(f"{code}: {message}")
        self.code = code
        self.message = message
        self.details = details or {}

    @property
    def may_pass(self) -> bool:
        """True where the same request may succeed later."""
        return self.code in ("NETWORK", "UNAVAILABLE", "RATE_LIMITED")
