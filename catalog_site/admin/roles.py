"""Who may do what in this back office; `manage.py sync_roles` makes the groups."""

from collections.abc import Mapping, Sequence

EDITED = ("product", "variant", "category", "attribute", "attributeoption")
STALLED = ("parkedkey", "waitingkey", "unsendableevent", "consumedtopic")

ROLES: Mapping[str, Sequence[str]] = {
    "catalog_editor": (
        "catalog.view_*",
        *(f"catalog.{verb}_{noun}" for noun in EDITED for verb in ("add", "change", "delete")),
        "messaging.view_loggedevent",
    ),
    "platform_operator": ("*.view_*", *(f"messaging.change_{noun}" for noun in STALLED)),
    "auditor": ("*.view_*",),
}
