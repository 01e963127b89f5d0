"""One operation of each site that is declared to end."""

from datetime import date

from site_kit.http.deprecation import Deprecation

SINCE, SUNSET = date(2026, 1, 15), date(2027, 1, 15)

CATALOG = (Deprecation("attributes_list", SINCE, SUNSET, "/api/v1/products"),)
INVENTORY = (Deprecation("movements_list", SINCE, SUNSET, "/api/v1/stock-items"),)
