"""What the demo does to a shop: changes drawn from a seed, each made through the public APIs as a client would."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from random import Random
from typing import Any
from uuid import uuid4

from local_stack.demo.http import Answer, Caller

EXPECTED = {200, 201, 204}
TRIES = 20

WORDS = ("finest", "second edition", "sturdy", "limited", "everyday", "seasonal", "repaired", "hand-picked")


class NotExpected(Exception):  # noqa: N818 - a fact about an answer
    """A site answered something that no change of the demo should meet."""


@dataclass(frozen=True, slots=True)
class Sites:
    """The APIs of the platform."""

    catalog: Caller
    inventory: Caller


@dataclass(frozen=True, slots=True)
class Target:
    """A variant of a product, as the demo found it at the start."""

    product_id: str
    variant_id: str
    sku: str


@dataclass(frozen=True, slots=True)
class Change:
    """One change: its kind, what it is about, a key that makes it safe to repeat, and its own share of chance."""

    kind: str
    target: Target
    key: str
    seed: int


def draw(targets: Sequence[Target], count: int, chance: Random) -> list[Change]:
    """The changes of a run; the same seed draws the same."""
    kinds = list(KINDS)
    weights = [WEIGHTS[kind] for kind in kinds]
    return [
        Change(
            kind=chance.choices(kinds, weights)[0],
            target=chance.choice(targets),
            key=str(uuid4()),  # not drawn from the seed: a second run of it is not a retry of the first
            seed=chance.getrandbits(32),
        )
        for _ in range(count)
    ]


def make(change: Change, sites: Sites) -> None:
    """Make one change, as often as it takes until a site has answered. Raises NotExpected, GaveUp."""
    KINDS[change.kind](sites, change, Random(change.seed))  # noqa: S311 - chance that can be repeated, not a secret


def targets_of(catalog: Caller) -> list[Target]:
    """Every variant of every product that the public sees."""
    found: list[Target] = []
    asked = {"expand": "variants", "fields": "id", "page_size": "100"}
    while True:
        page = _expected(catalog.read("/api/v1/products", **asked)).body
        found += [
            Target(item["id"], variant["id"], variant["sku"]) for item in page["items"] for variant in item["variants"]
        ]
        if page["next_cursor"] is None:
            return found
        asked["cursor"] = page["next_cursor"]


def _describe(sites: Sites, change: Change, chance: Random) -> None:
    """An editor writes another description."""
    text = f"{chance.choice(WORDS).capitalize()}: {chance.choice(WORDS)}, number {chance.randrange(10_000)}."
    _edit(sites.catalog, "PATCH", f"/api/v1/products/{change.target.product_id}", change, {"description": text})


def _price(sites: Sites, change: Change, chance: Random) -> None:
    """An editor sets another price."""
    amount = Decimal(chance.randrange(500, 20_000)) / 100
    currency = chance.choice(("EUR", "USD", "GBP"))
    path = f"/api/v1/variants/{change.target.variant_id}/prices/{currency}"
    _edit(sites.catalog, "PUT", path, change, {"amount": f"{amount:.2f}"})


def _edit(catalog: Caller, method: str, path: str, change: Change, body: Mapping[str, Any]) -> None:
    """Look, then change what was seen; look again when somebody was faster."""
    for _ in range(TRIES):
        seen = _expected(catalog.read(f"/api/v1/products/{change.target.product_id}"))
        answer = catalog.write(method, path, body=body, key=change.key, etag=seen.headers["ETag"])
        if answer.status != 412:
            _expected(answer)
            return
    raise NotExpected(f"{path}: somebody else was faster {TRIES} times")


def _receive(sites: Sites, change: Change, chance: Random) -> None:
    """A delivery arrives."""
    _adjust(sites, change, chance, delta=chance.randrange(1, 40), reason="received")


def _write_off(sites: Sites, change: Change, chance: Random) -> None:
    """Something broke; a shelf that is empty already refuses, which is an answer."""
    _adjust(sites, change, chance, delta=-chance.randrange(1, 4), reason="damaged", allowed=("not_enough_on_hand",))


def _adjust(
    sites: Sites, change: Change, chance: Random, *, delta: int, reason: str, allowed: tuple[str, ...] = ()
) -> None:
    place = chance.choice(("MAIN", "NORTH", "SHOP"))
    line = {"variant_id": change.target.variant_id, "location": place, "delta": delta}
    body = {"reason": reason, "lines": [line]}
    answer = sites.inventory.write("POST", "/api/v1/inventory/adjust", body=body, key=change.key)
    _expected(answer, allowed)


def _lease(sites: Sites, change: Change, chance: Random) -> None:
    """A cart takes some, and most carts are left behind."""
    line = {"variant_id": change.target.variant_id, "units": chance.randrange(1, 4)}
    body = {"lines": [line], "ttl_s": chance.randrange(20, 60)}
    answer = sites.inventory.write("POST", "/api/v1/inventory/reserve", body=body, key=change.key)
    _expected(answer, ("insufficient_stock",))
    if answer.status == 201 and chance.random() < 0.6:
        body = {"token": answer.body["token"]}
        released = sites.inventory.write("POST", "/api/v1/inventory/release", body=body, key=f"{change.key}-release")
        _expected(released, ("lease_gone",))


def _expected(answer: Answer, allowed: tuple[str, ...] = ()) -> Answer:
    if answer.status in EXPECTED or answer.code in allowed:
        return answer
    raise NotExpected(f"{answer.status} {answer.code}: {answer.body}")


KINDS: dict[str, Callable[[Sites, Change, Random], None]] = {
    "describe": _describe,
    "price": _price,
    "receive": _receive,
    "write off": _write_off,
    "lease": _lease,
}
WEIGHTS = {"describe": 20, "price": 25, "receive": 25, "write off": 10, "lease": 20}
