"""Two folders have a site of their own and are run by themselves: `pytest site_kit/http/tests`, `…/messaging/tests`."""

collect_ignore = ["http/tests", "messaging/tests"]
