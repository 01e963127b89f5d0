"""The nouns of inventory."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal
from typing import TYPE_CHECKING
from uuid import UUID, uuid4

from shared_contracts.events.catalog.v1 import ProductCreated, ProductUpdated, Variant
from shared_contracts.events.event import Event
from shared_contracts.events.inventory.v1 import InventoryReservationRejected
from shared_contracts.events.orders.v1 import OrderCreated, OrderLine
from tests.conformance.plans.inventory_copy import LOCATION, variant_id
from tests.conformance.plans.plan import Held, Pages, Provoked, Sparse, Stream
from tests.conformance.plans.plan import Subject as AnySubject
from tests.conformance.running.caller import Ask, Reply

if TYPE_CHECKING:
    from tests.conformance.running.started_site import StartedSite

ADJUST = "/api/v1/inventory/adjust"
LOCK_VARIANT = "SELECT 1 FROM inventory_variant WHERE variant_id = %s FOR UPDATE"


@dataclass(frozen=True, slots=True)
class Subject:
    """A product that the catalog tells of, with one variant."""

    key: str
    variant_id: UUID


class InventoryPlan:
    """See `Plan`."""

    site = "inventory"
    scopes: Sequence[str] = ("inventory:read", "inventory:reserve", "inventory:adjust")
    bare_paths: Sequence[tuple[Ask, str]] = (
        (Ask("POST", "/inventory/reserve"), "/api/v1/inventory/reserve"),
        (Ask("POST", "/inventory/release"), "/api/v1/inventory/release"),
        (Ask("POST", "/inventory/adjust"), "/api/v1/inventory/adjust"),
        (Ask("GET", "/inventory/low-stock?page_size=2"), "/api/v1/inventory/low-stock?page_size=2"),
        (Ask("GET", f"/inventory/{UUID(int=7)}"), f"/api/v1/inventory/{UUID(int=7)}"),
    )
    list_path = "/api/v1/stock-items"
    public_path = ""
    sparse = Sparse(f"/api/v1/stock-items?location={LOCATION}", "sku", "")
    deprecated = Ask("GET", "/api/v1/movements")
    hears: Sequence[str] = ("catalog.product", "orders.order", "delivery.shipment", "delivery.return")
    key_required = True

    def writing(self, site: "StartedSite") -> Ask:
        """Five units found of a variant that nobody touched yet."""
        return _found(str(variant_id(site.new_number())))

    def spoke_on(self, reply: Reply) -> Stream:
        """The variant's stream."""
        return Stream("inventory.stock", reply.json()["adjustments"][0]["variant_id"])

    def again(self, reply: Reply) -> Ask:
        """Five more."""
        return _found(self.spoke_on(reply).key)

    def refused(self, site: "StartedSite") -> tuple[Ask, str, int]:
        """More than there are."""
        line = {"variant_id": str(variant_id(site.new_number())), "units": 1_000}
        return Ask("POST", "/api/v1/inventory/reserve", {"lines": [line]}), "insufficient_stock", 409

    def thing(self, site: "StartedSite") -> Ask:
        """A location's name."""
        code = f"L-{site.new_name()}".upper()
        site.written(Ask("POST", "/api/v1/locations", {"code": code, "name": "Somewhere"}))
        return Ask("PATCH", f"/api/v1/locations/{code}", {"name": site.new_name()})

    def pages(self, site: "StartedSite") -> Pages:
        """The ledger of one variant."""
        write = self.writing(site)
        for _ in range(5):
            reply = site.written(write)
        return Pages(f"/api/v1/movements?ordering=newest&variant_id={self.spoke_on(reply).key}", 5, write)

    def held(self, site: "StartedSite") -> Held:
        """An adjustment of a variant."""
        write = self.writing(site)
        return Held(write, LOCK_VARIANT, [write.body["lines"][0]["variant_id"]])

    def subject(self, site: "StartedSite") -> Subject:
        """A product nobody has heard of."""
        return Subject(str(uuid4()), uuid4())

    def fact(self, subject: AnySubject, number: int, version: int) -> Event:
        """The product is called so."""
        assert isinstance(subject, Subject)
        kind = ProductCreated if version == 1 else ProductUpdated
        variants = (Variant(variant_id=subject.variant_id, sku=f"HEARD-{subject.variant_id}"),)
        now = datetime.now(UTC)
        return kind(product_id=UUID(subject.key), name=f"{number}", status="active", variants=variants, changed_at=now)

    def shown(self, site: "StartedSite", subject: AnySubject) -> int | None:
        """The name it has here."""
        reply = site.caller().get(f"/api/v1/inventory/{subject.key}")
        return int(reply.json()["name"]) if reply.status == 200 else None

    def provoked(self, site: "StartedSite") -> Provoked:
        """An order for what does not exist is answered by a rejection."""
        line = OrderLine(line_id=uuid4(), product_id=uuid4(), variant_id=uuid4(), units=1, unit_price=Decimal(1))
        order = OrderCreated(
            order_id=uuid4(), currency="EUR", total=Decimal(1), lines=(line,), placed_at=datetime.now(UTC)
        )
        on = Stream("inventory.reservation", order.aggregate_id)
        return Provoked(order, InventoryReservationRejected.TYPE, on)


def _found(variant: str) -> Ask:
    line = {"variant_id": variant, "location": LOCATION, "delta": 5}
    return Ask("POST", ADJUST, {"reason": "found", "lines": [line]})
