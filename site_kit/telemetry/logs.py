import logging
def formatter(site, process, console): return logging.Formatter("%(levelname)s %(message)s")
