"""Every way to change inventory, one file each."""
