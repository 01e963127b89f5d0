"""Settings of a real deployment: the same, hardened; local secrets and DEBUG are refused."""

from inventory_site.settings.base import *  # noqa: F403 - a settings module is its names
from inventory_site.settings.base import ENV
from site_kit.settings.hardened import *  # noqa: F403 - a settings module is its names
from site_kit.settings.hardened import refuse_local

refuse_local(ENV)
