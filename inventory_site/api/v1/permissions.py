"""Who may see stock, promise it, and change it."""

from site_kit.http.tokens import HasScope

READ, RESERVE, ADJUST = "inventory:read", "inventory:reserve", "inventory:adjust"

MayRead = HasScope(READ)
MayReserve = HasScope(RESERVE)
MayAdjust = HasScope(ADJUST)
MayArrange = HasScope(ADJUST, to_read=READ)
"""Locations and rules: seen by readers, changed by those who change stock."""
