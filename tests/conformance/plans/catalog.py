"""The nouns of the catalog."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING
from uuid import UUID

from shared_contracts.events.catalog.v1 import ProductBackInStock
from shared_contracts.events.event import Event
from shared_contracts.events.inventory.v1 import InventoryUpdated
from tests.conformance.plans.plan import Held, Pages, Provoked, Sparse, Stream
from tests.conformance.plans.plan import Subject as AnySubject
from tests.conformance.running.caller import Ask, Reply

if TYPE_CHECKING:
    from tests.conformance.running.started_site import StartedSite

PRODUCTS = "/api/v1/products"
LOCK_PRODUCT = "SELECT 1 FROM catalog_product WHERE id = %s FOR UPDATE"


@dataclass(frozen=True, slots=True)
class Subject:
    """A variant, whose stock inventory tells."""

    key: str
    product_id: str


class CatalogPlan:
    """See `Plan`."""

    site = "catalog"
    scopes: Sequence[str] = ("catalog:read", "catalog:write")
    bare_paths: Sequence[tuple[Ask, str]] = (
        (Ask("GET", "/products?page_size=2"), "/api/v1/products?page_size=2"),
        (Ask("GET", "/products/search?q=a%20b"), "/api/v1/products/search?q=a%20b"),
        (Ask("POST", "/products"), "/api/v1/products"),
        (Ask("DELETE", "/products/7"), "/api/v1/products/7"),
    )
    list_path = "/api/v1/categories"
    public_path = "/api/v1/products"
    sparse = Sparse("/api/v1/products?status=any", "name", "variants")
    deprecated = Ask("GET", "/api/v1/attributes")
    hears: Sequence[str] = ("inventory.stock",)
    key_required = False

    def writing(self, site: "StartedSite") -> Ask:
        """A product to be made."""
        name = site.new_name()
        return Ask("POST", PRODUCTS, {"name": f"Product {name}", "variants": [{"sku": f"SKU-{name}"}]})

    def spoke_on(self, reply: Reply) -> Stream:
        """The product's stream."""
        return Stream("catalog.product", reply.json()["id"])

    def again(self, reply: Reply) -> Ask:
        """Another description."""
        product = reply.json()
        change = {"description": f"Described {product['revision'] + 1} times."}
        return Ask("PATCH", f"{PRODUCTS}/{product['id']}", change, {"If-Match": reply["ETag"]})

    def refused(self, site: "StartedSite") -> tuple[Ask, str, int]:
        """A slug that is an address of the API."""
        return self.writing(site).having(slug="search"), "invalid_slug", 422

    def thing(self, site: "StartedSite") -> Ask:
        """A product's description."""
        reply = site.written(self.writing(site))
        return Ask("PATCH", f"{PRODUCTS}/{reply.json()['id']}", {"description": site.new_name()})

    def pages(self, site: "StartedSite") -> Pages:
        """The products of one brand."""
        brand = f"Brand {site.new_name()}"
        for _ in range(5):
            site.written(self.writing(site).having(brand=brand))
        path = f"{PRODUCTS}?status=any&ordering=-created&brand={brand.replace(' ', '%20')}"
        return Pages(path, 5, self.writing(site).having(brand=brand))

    def held(self, site: "StartedSite") -> Held:
        """An edit of a product."""
        reply = site.written(self.writing(site))
        return Held(self.again(reply), LOCK_PRODUCT, [reply.json()["id"]])

    def subject(self, site: "StartedSite") -> Subject:
        """A variant of a new product."""
        product = site.written(self.writing(site)).json()
        return Subject(product["variants"][0]["id"], product["id"])

    def fact(self, subject: AnySubject, number: int, version: int) -> Event:
        """So many are available."""
        now = datetime.now(UTC)
        return InventoryUpdated(variant_id=UUID(subject.key), on_hand=number, available=number, changed_at=now)

    def shown(self, site: "StartedSite", subject: AnySubject) -> int | None:
        """What the product says of its variant's stock."""
        assert isinstance(subject, Subject)
        stock = site.caller().get(f"{PRODUCTS}/{subject.product_id}").json()["variants"][0]["stock"]
        return int(stock["available"]) if stock["as_of"] else None

    def provoked(self, site: "StartedSite") -> Provoked:
        """The first units of a product are answered by ProductBackInStock."""
        subject = self.subject(site)
        on = Stream("catalog.product", subject.product_id)
        return Provoked(self.fact(subject, 3, 1), ProductBackInStock.TYPE, on)
