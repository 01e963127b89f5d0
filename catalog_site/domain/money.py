"""Money: an amount and its currency, exact, rounded in this one place."""

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from catalog_site.domain.errors import InvalidAmount, UnknownCurrency

MAX_AMOUNT = Decimal("99999999999999.9999")  # numeric(18,4), as the contracts carry it

_TWO = """
AED AFN ALL AMD ANG AOA ARS AUD AWG AZN BAM BBD BDT BGN BMD BND BOB BRL BSD BTN BWP BYN BZD CAD CDF CHF CNY COP CRC
CUP CVE CZK DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GTQ GYD HKD HNL HTG HUF IDR ILS INR IRR JMD KES
KGS KHR KPW KYD KZT LAK LBP LKR LRD LSL MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MYR MZN NAD NGN NIO NOK NPR
NZD PAB PEN PGK PHP PKR PLN QAR RON RSD RUB SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT
TOP TRY TTD TWD TZS UAH USD UYU UZS VED VES WST XCD XCG YER ZAR ZMW ZWG
"""
_NONE = "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX VND VUV XAF XOF XPF"
_THREE = "BHD IQD JOD KWD LYD OMR TND"

CURRENCY_DECIMALS: dict[str, int] = {
    **dict.fromkeys(_TWO.split(), 2),
    **dict.fromkeys(_NONE.split(), 0),
    **dict.fromkeys(_THREE.split(), 3),
}
"""Currencies in use (ISO 4217) and how many decimals their coins allow."""


@dataclass(frozen=True, slots=True, order=True)
class Money:
    """An amount somebody can be charged: positive, and no finer than the currency's coins.

    Raises `UnknownCurrency`, `InvalidAmount`.
    """

    currency: str
    amount: Decimal

    def __post_init__(self) -> None:
        step = smallest(self.currency)
        if not self.amount.is_finite() or not 0 < self.amount <= MAX_AMOUNT:
            raise InvalidAmount("A price is more than zero.", currency=self.currency, amount=str(self.amount))
        if self.amount % step:
            raise InvalidAmount(
                f"{self.currency} has {CURRENCY_DECIMALS[self.currency]} decimals.",
                currency=self.currency,
                amount=str(self.amount),
            )

    @property
    def text(self) -> str:
        """The amount with exactly the currency's decimals: `12.90`."""
        return amount_text(self.currency, self.amount)


def smallest(currency: str) -> Decimal:
    """The smallest amount a currency can express. Raises `UnknownCurrency`."""
    decimals = CURRENCY_DECIMALS.get(currency)
    if decimals is None:
        raise UnknownCurrency(f"{currency} is no currency in use (ISO 4217).", currency=currency)
    return Decimal(1).scaleb(-decimals)


def amount_text(currency: str, amount: Decimal) -> str:
    """The amount with the currency's decimals, without judging it (a stored one was judged when it came in)."""
    return f"{amount:.{CURRENCY_DECIMALS.get(currency, 4)}f}"


def changed_by_percent(price: Money, percent: Decimal) -> Money:
    """The price after a rise or cut, rounded half up to the currency's coins, never below the smallest one."""
    step = smallest(price.currency)
    steps = (price.amount * (100 + percent) / 100 / step).to_integral_value(ROUND_HALF_UP)
    return Money(price.currency, max(steps * step, step))
