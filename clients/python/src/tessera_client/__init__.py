"""A small client of Tessera's API. Standard library only."""

from .client import Client
from .error import TesseraError
from .run import ForeignRun

__all__ = ["Client", "ForeignRun", "TesseraError"]
