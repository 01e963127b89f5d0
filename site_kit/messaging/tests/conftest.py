"""Fixtures of the bridge's own tests."""

from site_kit.messaging.testing import hear, told

__all__ = ["hear", "told"]
