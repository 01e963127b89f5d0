"""Every list with a hundred thousand rows: at most fifteen queries, and nothing counts a whole table."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.db.models import Model
from django.urls import reverse

from inventory_site.domain.models import (
    Hold,
    Lease,
    Location,
    LowStockAlert,
    LowStockRule,
    Movement,
    Shortfall,
    StockItem,
    Variant,
)

pytestmark = pytest.mark.django_db

FILL = """
SET CONSTRAINTS ALL IMMEDIATE;
ALTER TABLE inventory_stockitem DISABLE TRIGGER USER;
ALTER TABLE inventory_movement DISABLE TRIGGER USER;
CREATE TEMPORARY TABLE many AS
    SELECT n, ('00000000-0000-4000-8000-' || lpad(to_hex(n), 12, '0'))::uuid AS id FROM generate_series(1, 100000) AS n;
INSERT INTO inventory_location (id, code, name, rank, active, revision)
    OVERRIDING SYSTEM VALUE VALUES (1, 'BER', 'Berlin', 1, true, 1);
INSERT INTO inventory_variant (variant_id, sku, name, barcode, active, removed)
    SELECT id, 'SKU-' || n, 'Mug ' || n, '', true, false FROM many;
INSERT INTO inventory_stockitem (id, variant_id, location_id, on_hand, reserved, allocated, dispatched)
    OVERRIDING SYSTEM VALUE SELECT n, id, 1, n % 7, n % 3, 0, 0 FROM many;
INSERT INTO inventory_movement (stock_item_id, kind, on_hand, reserved, allocated, dispatched, deducted, on_hand_after,
        reserved_after, allocated_after, dispatched_after, cause, cause_id, reason, note, reference, actor, recorded_at)
    SELECT n, 'received', 1, 0, 0, 0, 0, 1, 0, 0, 0, 'adjustment', id, 'received', '', '', 'staff:1', now() FROM many;
INSERT INTO inventory_hold (order_id, state, reason, created_at) SELECT id, 'held', '', now() FROM many;
INSERT INTO inventory_lease (lease_id, token, client, state, expires_at, created_at)
    SELECT id, n::text, 'client:shop', 'live', now() + interval '1 hour', now() FROM many;
INSERT INTO inventory_lowstockrule (id, variant_id, minimum, revision) SELECT id, id, 5, 1 FROM many;
INSERT INTO inventory_lowstockalert (alert_id, rule_id, variant_id, minimum, available, opened_at)
    SELECT id, id, id, 5, 1, now() FROM many;
INSERT INTO inventory_shortfall (stock_item_id, units, opened_at) SELECT n, 1, now() FROM many;
ALTER TABLE inventory_movement ENABLE TRIGGER USER;
ALTER TABLE inventory_stockitem ENABLE TRIGGER USER;
ANALYZE;
"""
WINDOWS: list[tuple[type[Model], list[str]]] = [
    (StockItem, ["", "?q=SKU-77", "?left=short", "?left=none"]),
    (Movement, ["", "?q=SKU-77777", "?kind__exact=received"]),
    (Hold, ["", "?situation=unpaid", "?state__exact=held"]),
    (Lease, ["", "?situation=soon", "?q=client:shop"]),
    (Shortfall, ["", "?is_open=yes"]),
    (LowStockAlert, ["", "?is_open=yes", "?q=SKU-77"]),
    (LowStockRule, ["", "?q=SKU-77"]),
    (Variant, ["", "?q=SKU-77"]),
    (Location, [""]),
]


@pytest.fixture
def full(db: None) -> None:
    """A hundred thousand of everything."""
    with connection.cursor() as cursor:
        cursor.execute(FILL)


def test_no_list_and_no_start_page_grows_with_its_table(
    full: None, staff: Callable[..., Any], query_log: Callable[[], Any]
) -> None:
    keeper = staff("stock_keeper")
    pages = [
        reverse(f"admin:inventory_{model._meta.model_name}_changelist") + query
        for model, queries in WINDOWS
        for query in queries
    ]

    for page in [reverse("admin:index"), *pages]:
        with query_log() as queries:
            answer = keeper.get(page)
        assert answer.status_code == 200, page
        assert len(queries) <= 15, (page, list(queries))
        assert queries.unfiltered_counts == [], page
