"""Roles of the sample site."""

ROLES = {
    "shelf_keeper": ["shelf.view_*", "shelf.add_box", "shelf.change_box", "shelf.delete_box"],
    "auditor": ["*.view_*"],
}
