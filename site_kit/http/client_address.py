"""Where a request comes from, as far as that can be believed."""

from ipaddress import IPv6Address, ip_address, ip_network
from typing import Any

from site_kit.http.options import options
from site_kit.http.promises import promise

UNKNOWN = "unknown"
IPV6_PREFIX = 64


@promise("forwarded_for_not_trusted", broken=lambda request: str(request.META.get("HTTP_X_FORWARDED_FOR", UNKNOWN)))
def client_address(request: Any) -> str:
    """The network address a guest is counted by: an IPv4 address, or the /64 of an IPv6 one.

    X-Forwarded-For counts only as far as `num_proxies` of our own proxies have written it (default 0: not at all);
    with n proxies the n-th entry from the right is the client.
    """
    return _network(_claimed(request) or str(request.META.get("REMOTE_ADDR", "")))


def is_loopback(request: Any) -> bool:
    """Whether the request was made on this machine and came through no proxy."""
    if "HTTP_X_FORWARDED_FOR" in request.META or "HTTP_FORWARDED" in request.META:
        return False
    try:
        return ip_address(str(request.META.get("REMOTE_ADDR", ""))).is_loopback
    except ValueError:
        return False


def _claimed(request: Any) -> str | None:
    proxies = options().num_proxies
    entries = [entry.strip() for entry in str(request.META.get("HTTP_X_FORWARDED_FOR", "")).split(",") if entry.strip()]
    return entries[-proxies] if 0 < proxies <= len(entries) else None


def _network(address: str) -> str:
    try:
        known = ip_address(address)
    except ValueError:
        return UNKNOWN
    if isinstance(known, IPv6Address):
        return str(known.ipv4_mapped or ip_network((int(known), IPV6_PREFIX), strict=False))
    return str(known)
