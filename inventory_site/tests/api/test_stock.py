"""GET: stock of a product, low stock, stock items, movements."""

from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest

from inventory_site.domain.models import Variant
from inventory_site.domain.operations.hold_stock import hold_stock
from inventory_site.domain.operations.set_minimums import add_minimum
from inventory_site.tests.api.answers import code
from inventory_site.tests.factories import line, promise, receive, stocked, variant

pytestmark = pytest.mark.django_db

QueryLog = Callable[[], Any]


def test_the_stock_of_a_product_in_one_query(reader: Any, query_log: QueryLog) -> None:
    mug = stocked({"BER": 2, "MUC": 5}, sku="MUG-A")
    product_id = Variant.objects.get(pk=mug).product_id
    bare = variant("MUG-B", product_id=product_id)
    hold_stock(promises=[promise(line(mug, 3))])

    with query_log() as queries:
        answer = reader.get(f"/api/v1/inventory/{product_id}")

    none = {"on_hand": 0, "reserved": 0, "allocated": 0, "dispatched": 0, "available": 0}
    assert answer.json() == {
        "product_id": str(product_id),
        "name": "Mug",
        "variants": [
            {
                "variant_id": str(mug),
                "sku": "MUG-A",
                "name": "Mug",
                "removed": False,
                **none,
                "on_hand": 7,
                "reserved": 3,
                "available": 4,
                "locations": [
                    {"location": "BER", **none, "on_hand": 2, "reserved": 2},
                    {"location": "MUC", **none, "on_hand": 5, "reserved": 1, "available": 4},
                ],
            },
            {"variant_id": str(bare), "sku": "MUG-B", "name": "Mug", "removed": False, **none, "locations": []},
        ],
    }
    assert len(queries) <= 1


def test_the_bare_path_of_the_specification_leads_here(api: Any) -> None:
    product_id = uuid4()

    answer = api.get(f"/inventory/{product_id}")
    low = api.get("/inventory/low-stock?page_size=5")

    assert (answer.status_code, answer["Location"]) == (308, f"/api/v1/inventory/{product_id}")
    assert (low.status_code, low["Location"]) == (308, "/api/v1/inventory/low-stock?page_size=5")


def test_a_product_nobody_told_of_is_not_found(reader: Any) -> None:
    assert code(reader.get(f"/api/v1/inventory/{uuid4()}")) == (404, "unknown_product")
    assert code(reader.get("/api/v1/inventory/mug")) == (404, "not_found")


@pytest.mark.parametrize(
    "address",
    ["inventory/6f9619ff-8b86-4d01-b42d-00cf4fc964ff", "inventory/low-stock", "stock-items", "movements", "leases"],
)
def test_stock_is_for_those_with_the_scope(api: Any, shop: Any, address: str) -> None:
    assert code(api.get(f"/api/v1/{address}")) == (401, "not_authenticated")
    assert code(shop.get(f"/api/v1/{address}")) == (403, "insufficient_scope")


def test_what_is_below_its_minimum_is_listed_with_the_number_of_now(reader: Any, query_log: QueryLog) -> None:
    mug, jug = stocked({"BER": 2, "MUC": 5}, sku="MUG"), stocked(9, sku="JUG")
    add_minimum(variant_id=mug, minimum=3, location="BER")
    add_minimum(variant_id=mug, minimum=9)
    add_minimum(variant_id=jug, minimum=9)
    receive(mug, 1, at="MUC")

    with query_log() as queries:
        answer = reader.get("/api/v1/inventory/low-stock").json()

    seen = [(item["sku"], item["location"], item["available"], item["minimum"]) for item in answer["items"]]
    assert seen == [("MUG", "BER", 2, 3), ("MUG", None, 8, 9)]
    assert answer["next_cursor"] is None
    assert len(queries) == 2
    assert reader.get("/api/v1/inventory/low-stock?sku=JUG").json()["items"] == []


def test_stock_items_are_filtered_and_their_fields_chosen(reader: Any, query_log: QueryLog) -> None:
    mug = stocked({"BER": 2, "MUC": 5}, sku="MUG")
    stocked(9, sku="JUG")

    with query_log() as queries:
        answer = reader.get("/api/v1/stock-items?sku=MUG&location=MUC&fields=variant_id,available").json()

    assert [(item["variant_id"], item["available"], len(item)) for item in answer["items"]] == [(str(mug), 5, 3)]
    assert len(queries) == 1
    assert code(reader.get("/api/v1/stock-items?colour=red")) == (400, "unknown_parameter")
    assert code(reader.get("/api/v1/stock-items?ordering=price")) == (400, "invalid_parameter")


def test_the_ledger_explains_a_number(reader: Any, query_log: QueryLog) -> None:
    mug = stocked(5)
    order = promise(line(mug, 2))
    hold_stock(promises=[order])

    with query_log() as queries:
        newest, oldest = reader.get(f"/api/v1/movements?variant_id={mug}").json()["items"]

    assert (newest["kind"], newest["reserved"], newest["reserved_after"]) == ("held", 2, 2)
    assert (newest["cause"], newest["cause_id"]) == ("order", str(order.order_id))
    assert (oldest["kind"], oldest["on_hand"], oldest["on_hand_after"]) == ("received", 5, 5)
    assert len(queries) == 1
    [only] = reader.get(f"/api/v1/movements?cause_id={order.order_id}").json()["items"]
    assert only == newest
    assert code(reader.get("/api/v1/movements?kind=stolen")) == (400, "invalid_parameter")
