"""Two API clients as a storefront and an importer would write them: nothing but HTTP and JSON."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import requests

Json = dict[str, Any]


@dataclass
class Client:
    """Calls one site with a token; every write has an idempotency key of its own."""

    url: str
    token: str
    session: requests.Session = field(default_factory=requests.Session)

    def get(self, path: str, **params: str) -> Json:
        """Read; fails unless it is answered with 200."""
        return self._judged(self.session.get(self.url + path, headers=self._headers(), params=params, timeout=20), 200)

    def etag(self, path: str) -> str:
        """The version tag of a resource."""
        return self.session.get(self.url + path, headers=self._headers(), timeout=20).headers["ETag"]

    def write(
        self,
        method: str,
        path: str,
        body: Json | None = None,
        *,
        status: int = 200,
        etag: str | None = None,
        request_id: str | None = None,
    ) -> Json:
        """Change something; fails unless it is answered with `status`."""
        given = {"Idempotency-Key": str(uuid.uuid4()), "If-Match": etag, "X-Request-ID": request_id}
        headers = self._headers() | {name: value for name, value in given.items() if value}
        answer = self.session.request(method, self.url + path, json=body, headers=headers, timeout=20)
        return self._judged(answer, status)

    def _headers(self) -> dict[str, str]:
        return {"Authorization": f"Bearer {self.token}"}

    @staticmethod
    def _judged(answer: requests.Response, status: int) -> Json:
        assert answer.status_code == status, f"{answer.request.method} {answer.url}: {answer.status_code} {answer.text}"
        document: Json = answer.json() if answer.content else {}
        return document


@dataclass(frozen=True)
class Goods:
    """A product with one variant, as it was made through the API."""

    product_id: str
    variant_id: str
    sku: str

    @property
    def path(self) -> str:
        """Where the product is."""
        return f"/api/v1/products/{self.product_id}"


class Catalog(Client):
    """The product catalogue."""

    def new_goods(self) -> Goods:
        """Make an active product with one active variant that has a price."""
        sku = f"J-{uuid.uuid4().hex[:10].upper()}"
        variant = {"sku": sku, "prices": [{"currency": "EUR", "amount": "10.00"}]}
        body = {"name": f"Journey {sku}", "status": "active", "variants": [variant]}
        made = self.write("POST", "/api/v1/products", body, status=201)
        return Goods(product_id=made["id"], variant_id=made["variants"][0]["id"], sku=sku)

    def rename(self, goods: Goods, name: str, *, request_id: str | None = None) -> None:
        """Give the product another name."""
        self.write("PATCH", goods.path, {"name": name}, etag=self.etag(goods.path), request_id=request_id)

    def set_price(self, goods: Goods, amount: str) -> None:
        """Set the price in euros."""
        path = f"/api/v1/variants/{goods.variant_id}/prices/EUR"
        self.write("PUT", path, {"amount": amount}, etag=self.etag(goods.path))

    def stock_shown(self, goods: Goods) -> Mapping[str, Any]:
        """What the catalogue says about the stock of the variant."""
        shown: Mapping[str, Any] = self.get(f"/api/v1/variants/{goods.variant_id}")["stock"]
        return shown


class Inventory(Client):
    """The stock."""

    def knows(self, goods: Goods) -> bool:
        """Whether it has heard of the goods."""
        answer = self.session.get(
            f"{self.url}/api/v1/inventory/{goods.product_id}", headers=self._headers(), timeout=20
        )
        return answer.status_code == 200

    def adjust(self, goods: Goods, delta: int, *, location: str, request_id: str | None = None) -> Json:
        """Book a counted difference."""
        line = {"variant_id": goods.variant_id, "location": location, "delta": delta}
        body = {"reason": "received" if delta > 0 else "damaged", "lines": [line]}
        return self.write("POST", "/api/v1/inventory/adjust", body, request_id=request_id)

    def numbers(self, goods: Goods) -> Mapping[str, Any]:
        """The buckets of the variant, all locations together."""
        variants = self.get(f"/api/v1/inventory/{goods.product_id}")["variants"]
        return next(variant for variant in variants if variant["variant_id"] == goods.variant_id)

    def reserve(self, goods: Goods, units: int) -> Json:
        """Take a lease; answers it with its token."""
        line = {"variant_id": goods.variant_id, "units": units}
        return self.write("POST", "/api/v1/inventory/reserve", {"lines": [line], "ttl_s": 600}, status=201)

    def release(self, token: str) -> None:
        """Give a lease back."""
        self.write("POST", "/api/v1/inventory/release", {"token": token})

    def watch(self, goods: Goods, minimum: int) -> None:
        """Ask for an alert when less is available."""
        self.write("POST", "/api/v1/low-stock-rules", {"variant_id": goods.variant_id, "minimum": minimum}, status=201)

    def open_location(self, code: str) -> None:
        """Open a place with shelves."""
        self.write("POST", "/api/v1/locations", {"code": code, "name": "Journeys"}, status=201)
