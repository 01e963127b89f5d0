"""Who may do what in this back office; `manage.py sync_roles` makes the groups."""

from collections.abc import Mapping, Sequence

STALLED = ("parkedkey", "waitingkey", "unsendableevent", "consumedtopic")

ROLES: Mapping[str, Sequence[str]] = {
    "stock_keeper": (
        "inventory.view_*",
        "inventory.add_stockitem",
        "inventory.change_stockitem",
        "inventory.change_lease",
        "inventory.change_hold",
        "inventory.change_shortfall",
        "inventory.add_location",
        "inventory.change_location",
        "inventory.add_lowstockrule",
        "inventory.change_lowstockrule",
        "inventory.delete_lowstockrule",
        "messaging.view_loggedevent",
    ),
    "platform_operator": ("*.view_*", *(f"messaging.change_{noun}" for noun in STALLED)),
    "auditor": ("*.view_*",),
}
