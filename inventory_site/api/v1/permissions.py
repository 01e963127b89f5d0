"""Who may see and move stock."""

from site_kit.http.tokens import HasScope

READ, RESERVE, ADJUST = "inventory:read", "inventory:reserve", "inventory:adjust"

CanRead = HasScope(READ)
CanReserve = HasScope(RESERVE)
CanAdjust = HasScope(ADJUST)
CanArrange = HasScope(ADJUST, to_read=READ)
"""Looking takes `inventory:read`, changing `inventory:adjust`."""
