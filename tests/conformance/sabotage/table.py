"""The whole table: promise → what breaks it."""

from tests.conformance.sabotage import bridge, chassis, databases, interface  # noqa: F401 - entered by being imported
from tests.conformance.sabotage.entries import SABOTAGE

__all__ = ["SABOTAGE"]
