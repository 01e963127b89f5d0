"""Which role may do what in this back office."""

from site_kit.backoffice.roles import Roles

ROLES: Roles = {
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
    ),
    "auditor": ("inventory.view_*", "messaging.view_*"),
    "platform_operator": ("inventory.view_*", "messaging.view_*", "messaging.change_*"),
}
